"""A wijkplan as a document: what was asked, and what somebody answered."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec
from django.utils import timezone

from aanpakken.keuze import WAAROM
from wijkwijzer.publicatie.aanpak import aanpakblad
from wijkwijzer.publicatie.boom import Blok, alinea, stuk
from wijkwijzer.publicatie.bronnen import dag
from wijkwijzer.publicatie.inleiding import LICENTIE_KORT
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.publicatie.werkblad import BOUWSTENEN, TAAKVELDEN, TAKEN, TITEL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanpakken.keuze import Keuze

SJABLOON = "wijkplan"


class Antwoord(msgspec.Struct, frozen=True):
    """A question, with what helps to answer it; without blocks it is still open."""

    kop: str
    hulp: str
    ring: int
    blokken: list[Blok]


class Bouwsteendeel(msgspec.Struct, frozen=True):
    nummer: int
    naam: str
    antwoorden: list[Antwoord]


class Gekozen(msgspec.Struct, frozen=True):
    """An aanpak that is part of the plan, and why."""

    naam: str
    samenvatting: str
    adres: str
    ringen: list[int]
    blokken: list[Blok]


class Wijkplan(msgspec.Struct, frozen=True):
    titel: str
    makers: str
    moment: datetime
    datum: str
    adres: str
    bouwstenen: list[Bouwsteendeel]
    aanpakken: list[Gekozen]
    taakkoppen: list[str]
    taken: list[list[str]]
    licentie: str = LICENTIE_KORT


def maak_wijkplan(
    keuze: Keuze, woorden: Mapping[str, str], moment: datetime, basis: str, adres: str
) -> Wijkplan:
    """``basis`` is the address of the site, ``adres`` that of the worksheet."""

    def regels(naam: str) -> list[Blok]:
        return [
            alinea(stuk(regel))
            for regel in woorden.get(naam, "").splitlines()
            if regel.strip()
        ]

    return Wijkplan(
        titel=zetbaar(woorden.get("titel", "")) or TITEL,
        makers=zetbaar(woorden.get("makers", "")),
        moment=moment.astimezone(UTC).replace(microsecond=0),
        datum=dag(timezone.localdate(moment)),
        adres=adres,
        bouwstenen=[
            Bouwsteendeel(
                bouwsteen.nummer,
                bouwsteen.naam,
                [
                    Antwoord(vak.kop, vak.hulp, vak.ring, regels(vak.naam))
                    for vak in bouwsteen.vakken
                ],
            )
            for bouwsteen in BOUWSTENEN
        ],
        aanpakken=[
            Gekozen(
                blad.naam,
                blad.samenvatting,
                blad.adres,
                blad.ringen or [],
                regels(f"{WAAROM}{blad.slug}"),
            )
            for blad in (aanpakblad(aanpak, basis) for aanpak in keuze.aanpakken)
        ],
        taakkoppen=[*TAAKVELDEN.values()],
        taken=[
            [zetbaar(woorden.get(f"{naam}-{rij}", "")) for naam in TAAKVELDEN]
            for rij in range(1, TAKEN + 1)
        ],
    )
