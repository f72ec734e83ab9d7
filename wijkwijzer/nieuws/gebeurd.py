"""What readers saw happen since a day: one thing per record, the newest first.

Who comes back knows how it was on that day. So a record that changed five times since
is told once, with the difference between then and now. Nothing is looked for in a list
of all versions: what is published now stands in the stand, by time, and so does on
which day a recognition ends. Only what was withdrawn is asked of the database, once
per stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, overload

from django.utils.timezone import get_default_timezone

from interventies.facets import EINDDAG, EINDDAGEN
from interventies.whole import InterventieDocument
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.withdrawn import Withdrawn

if TYPE_CHECKING:
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand


class Wat(StrEnum):
    """What happened, as the page calls it."""

    NIEUW = "Nieuw"
    GEWIJZIGD = "Gewijzigd"
    VERLOPEN = "Erkenning verlopen"
    WEG = "Weggehaald"


@dataclass(frozen=True)
class Gebeurtenis:
    """One thing that happened: to a record at a position, or to one that is gone."""

    wat: Wat
    at: float
    declared: type[Whole]
    positie: int = -1
    weg: Withdrawn | None = None
    # The day on which readers saw it first, if that was since.
    eerst: date | None = None

    @property
    def dag(self) -> date:
        return hier(self.at).date()


def hier(at: float) -> datetime:
    """A POSIX time by our clocks: its date is the day that it was here."""
    return datetime.fromtimestamp(at, get_default_timezone())


def begin_van(dag: date) -> float:
    """When a day begins here, as a POSIX time."""
    return datetime.combine(dag, time.min, get_default_timezone()).timestamp()


def einddagen(stand: Stand, van: date, tot: date) -> list[tuple[date, int]]:
    """The days from ``van`` to ``tot`` on which a recognition had ended, newest first.

    With each the register entries it is about, as a bitmap.
    """
    index: FacetIndex = stand.index(InterventieDocument, EINDDAGEN)
    dagen = map(date.fromisoformat, index.waarden(EINDDAG))
    return [
        (dag, bits)
        for dag in sorted(dagen, reverse=True)
        if van <= dag <= tot
        and (bits := index.bits(EINDDAG, dag.isoformat()) & index.all)
    ]


class Gebeurd(Sequence[Gebeurtenis]):
    """All that happened since the beginning of a day, of which a page is read."""

    def __init__(self, stand: Stand, sinds: date) -> None:
        self.stand, self.sinds = stand, sinds
        self._begin = begin_van(sinds)
        self._weg = [weg for weg in stand.withdrawn if weg.at >= self._begin]
        self._dagen = einddagen(stand, sinds, stand.day)
        self._aantallen = {
            declared: self._sinds_begin(declared) for declared in wholes().values()
        }

    def _sinds_begin(self, declared: type[Whole]) -> int:
        """How many records of a kind have a version since: the first in their order."""
        records = self.stand.records(declared)
        return bisect_right(records.by_time, -self._begin, key=lambda p: -records[p].at)

    def __len__(self) -> int:
        verlopen = sum(bits.bit_count() for _, bits in self._dagen)
        return sum(self._aantallen.values()) + verlopen + len(self._weg)

    def __iter__(self) -> Iterator[Gebeurtenis]:
        bronnen = [self._gepubliceerd(declared) for declared in self._aantallen]
        bronnen += [self._verlopen(), self._weggehaald()]
        return merge(*bronnen, key=lambda gebeurtenis: -gebeurtenis.at)

    @overload
    def __getitem__(self, place: int) -> Gebeurtenis: ...
    @overload
    def __getitem__(self, place: slice) -> list[Gebeurtenis]: ...
    def __getitem__(self, place: int | slice) -> Gebeurtenis | list[Gebeurtenis]:
        if isinstance(place, slice):
            return list(islice(self, place.start, place.stop, place.step))
        return next(islice(self, place, None))

    def _gepubliceerd(self, declared: type[Whole]) -> Iterator[Gebeurtenis]:
        records = self.stand.records(declared)
        for positie in islice(records.by_time, self._aantallen[declared]):
            record = records[positie]
            # What changed on a later day is not new on that day.
            eerst = hier(record.first).date() if record.first >= self._begin else None
            nieuw = eerst == hier(record.at).date()
            wat = Wat.NIEUW if nieuw else Wat.GEWIJZIGD
            yield Gebeurtenis(wat, record.at, declared, positie, eerst=eerst)

    def _verlopen(self) -> Iterator[Gebeurtenis]:
        records = self.stand.records(InterventieDocument)
        for dag, bits in self._dagen:
            for positie in records.in_order(bits):
                yield Gebeurtenis(
                    Wat.VERLOPEN, begin_van(dag), InterventieDocument, positie
                )

    def _weggehaald(self) -> Iterator[Gebeurtenis]:
        for weg in self._weg:
            yield Gebeurtenis(Wat.WEG, weg.at, weg.declared, weg=weg)
