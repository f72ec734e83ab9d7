"""The matrix, or a comparison, alone: to print, or as a picture for a memo."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from aanpakken.vergelijken import vergelijk
from wijkwijzer.publicatie.blad import moment_van_aanpak
from wijkwijzer.publicatie.bronnen import dag
from wijkwijzer.publicatie.inhoud import laatste_moment
from wijkwijzer.publicatie.inleiding import LICENTIE_KORT
from wijkwijzer.publicatie.register import Matrixdeel, matrixdeel
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from datetime import datetime

    from aanpakken.facets import AanpakFilter
    from aanpakken.keuze import Keuze
    from aanpakken.matrix import Matrix
    from aanpakken.whole import AanpakDocument
    from wijkwijzer.wholes.stand import Stand

MATRIX, VERGELIJKING = "matrix", "vergelijking"


class Rij(msgspec.Struct, frozen=True):
    titel: str
    cellen: list[list[str]]


class Vergelijking(msgspec.Struct, frozen=True):
    """Some aanpakken side by side: no more than a page is wide."""

    namen: list[str]
    rijen: list[Rij]


class Plaat(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around it: ``adres`` is that of the page that shows the same."""

    titel: str
    moment: datetime
    datum: str
    adres: str
    # Which filters there are, and what of the address was not understood.
    opmerkingen: list[str]
    licentie: str = LICENTIE_KORT


class Matrixplaat(Plaat, frozen=True, kw_only=True):
    matrix: Matrixdeel


class Vergelijkplaat(Plaat, frozen=True, kw_only=True):
    tabel: Vergelijking


def matrixplaat(
    stand: Stand, filterset: AanpakFilter, matrix: Matrix, adres: str
) -> Matrixplaat:
    moment = laatste_moment(stand)
    filters = [f"{chip.groep}: {chip.label}" for chip in filterset.chips()]
    opmerkingen = [
        *([f"Gefilterd op {'; '.join(filters)}."] if filters else []),
        *filterset.meldingen(),
        *matrix.meldingen,
    ]
    return Matrixplaat(
        titel=f"Aanpakken per {matrix.rijtitel.lower()} en {matrix.kolomtitel.lower()}",
        moment=moment,
        datum=dag(moment.astimezone().date()),
        adres=zetbaar(adres),
        opmerkingen=[zetbaar(opmerking) for opmerking in opmerkingen],
        matrix=matrixdeel(matrix),
    )


def vergelijkplaat(stand: Stand, keuze: Keuze, adres: str) -> Vergelijkplaat:
    moment = max(moment_van_aanpak(stand, aanpak) for aanpak in keuze.aanpakken)
    redenen = [
        f"{aanpak.naam}: {keuze.redenen[aanpak.slug]}"
        for aanpak in keuze.aanpakken
        if keuze.redenen.get(aanpak.slug)
    ]
    return Vergelijkplaat(
        titel="Aanpakken vergeleken",
        moment=moment.astimezone(UTC).replace(microsecond=0),
        datum=dag(moment.date()),
        adres=zetbaar(adres),
        opmerkingen=[zetbaar(regel) for regel in (*keuze.meldingen, *redenen)],
        tabel=naast_elkaar(keuze.aanpakken),
    )


def naast_elkaar(aanpakken: list[AanpakDocument]) -> Vergelijking:
    rijen = [
        Rij(rij.titel, [[zetbaar(regel) for regel in cel] for cel in rij.cellen])
        for rij in vergelijk(aanpakken)
        if not rij.onbekend
    ]
    return Vergelijking([zetbaar(aanpak.naam) for aanpak in aanpakken], rijen)
