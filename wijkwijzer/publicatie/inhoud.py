"""What is in the overview, and in which volume: every record that readers see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aanpakken.models import Rubriek
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    # A record: its kind, and where it is among those.
    Plaats = tuple[type[Whole], int]

# About how many eighths of what an aanpak takes: two pages of print.
RUIMTE: dict[type[Whole], int] = {
    AanpakDocument: 8,
    InterventieDocument: 4,
    PraktijkvoorbeeldDocument: 4,
    DossierDocument: 24,
    BegripDocument: 1,
}
# What sets a book takes 5 MB and a fortieth of a second for each aanpak. So many are
# one book; more of them are volumes of less: two at a time stay below 500 MB.
HEEL, PER_DEEL = 60 * RUIMTE[AanpakDocument], 50 * RUIMTE[AanpakDocument]


def delen(stand: Stand) -> list[list[Plaats]]:
    """The records of each volume, in the order of the book.

    There is always one volume, though it may be empty.
    """
    return stand.derived(_delen)


def _delen(stand: Stand) -> list[list[Plaats]]:
    alle = [*_in_volgorde(stand)]
    if sum(RUIMTE[soort] for soort, _ in alle) <= HEEL:
        return [alle]
    volumes: list[list[Plaats]] = [[]]
    vol = 0
    for plaats in alle:
        vol += RUIMTE[plaats[0]]
        if vol > PER_DEEL and volumes[-1]:
            volumes.append([])
            vol = RUIMTE[plaats[0]]
        volumes[-1].append(plaats)
    return volumes


def _in_volgorde(stand: Stand) -> Iterator[Plaats]:
    """The aanpakken by rubric, what only the register knows, then the knowledge."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    aanpakken = stand.records(AanpakDocument)
    for rubriek in Rubriek.values:
        for plaats in aanpakken.in_order(index.bits("soort", rubriek)):
            yield AanpakDocument, plaats
    for plaats in zonder_aanpak(stand):
        yield InterventieDocument, plaats
    for soort in (PraktijkvoorbeeldDocument, DossierDocument, BegripDocument):
        records = stand.records(soort)
        for plaats in records.in_order(records.all):
            yield soort, plaats


def zonder_aanpak(stand: Stand) -> list[int]:
    """Where the register entries are that no aanpak tells of."""
    return stand.derived(_zonder_aanpak)


def _zonder_aanpak(stand: Stand) -> list[int]:
    records = stand.records(InterventieDocument)
    return [
        plaats
        for plaats in records.in_order(records.all)
        if not stand.mentioning(AanpakDocument, [mark(records[plaats].uuid)])
    ]


def laatste_moment(stand: Stand) -> datetime:
    """When the newest version of what is in it was published."""
    alle = [stand.records(soort) for soort in RUIMTE]
    op = max(
        (records[records.by_time[0]].at for records in alle if len(records)), default=0
    )
    return datetime.fromtimestamp(int(op), UTC)
