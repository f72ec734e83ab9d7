"""A selection as a brochure, with the words of who made it."""

from __future__ import annotations

from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from aanpakken.vergelijken import MAXIMUM
from wijkwijzer.core.tekens import een_regel, maak_schoon
from wijkwijzer.publicatie.aanpak import Blad, aanpakblad
from wijkwijzer.publicatie.blad import moment_van_aanpak
from wijkwijzer.publicatie.boom import Blok, alineas
from wijkwijzer.publicatie.bronnen import dag
from wijkwijzer.publicatie.inleiding import LICENTIE_KORT, TITEL
from wijkwijzer.publicatie.plaat import Vergelijking, naast_elkaar
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanpakken.keuze import Keuze
    from aanpakken.whole import AanpakDocument
    from wijkwijzer.wholes.stand import Stand

SJABLOON = "brochure"
MAX_TITEL, MAX_ORGANISATIE, MAX_TEKST = 80, 80, 1000


class Eigen(msgspec.Struct, frozen=True):
    """What who made the selection says of it, as long as it may be."""

    titel: str
    organisatie: str
    tekst: str

    @classmethod
    def lees(cls, titel: str, organisatie: str, tekst: str) -> Eigen:
        schoon, _ = maak_schoon(tekst[: 2 * MAX_TEKST], regels=True)
        return cls(
            een_regel(titel, MAX_TITEL),
            een_regel(organisatie, MAX_ORGANISATIE),
            schoon[:MAX_TEKST],
        )


class Brochure(msgspec.Struct, frozen=True):
    titel: str
    organisatie: str
    tekst: list[Blok]
    moment: datetime
    datum: str
    adres: str
    bladen: list[Blad]
    vergelijkingen: list[Vergelijking]
    licentie: str = LICENTIE_KORT


def maak_brochure(
    stand: Stand, keuze: Keuze, eigen: Eigen, basis: str, adres: str
) -> Brochure:
    """``basis`` is the address of the site, ``adres`` that of the selection."""
    moment = max(moment_van_aanpak(stand, aanpak) for aanpak in keuze.aanpakken)
    return Brochure(
        titel=zetbaar(eigen.titel) or TITEL,
        organisatie=zetbaar(eigen.organisatie),
        tekst=alineas(eigen.tekst),
        moment=moment.astimezone(UTC).replace(microsecond=0),
        datum=dag(moment.date()),
        adres=adres,
        bladen=[
            aanpakblad(aanpak, basis, keuze.redenen.get(aanpak.slug, ""))
            for aanpak in keuze.aanpakken
        ],
        vergelijkingen=[*_vergelijkingen(keuze.aanpakken)],
    )


def _vergelijkingen(aanpakken: list[AanpakDocument]) -> Iterator[Vergelijking]:
    """Nobody compares one with itself."""
    if len(aanpakken) < 2:
        return
    over = iter(aanpakken)
    while samen := [*islice(over, MAXIMUM)]:
        yield naast_elkaar(samen)
