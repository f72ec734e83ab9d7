"""Which records of one kind readers see: where each is, and in which order they stand.

A record has a position, which bitmaps know it by. Positions say nothing about order:
they are given as records come, and kept when a record changes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, TypeVar, overload
from uuid import UUID

from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.memory.large import Packed, Places, Positions, Texts

K = TypeVar("K", bound="str | int")

# From so many hits on, walking along the order is faster than sorting them.
FEW = 2000


class Record(NamedTuple):
    """One record as lists know it, without its document."""

    row: int  # of Publicatie
    version: int  # of Versie
    uuid: str  # in hex
    slug: str
    name: str
    # What it is sorted by.
    sort: str
    # When the version that readers see was published, and the first one.
    at: float
    first: float


class Table(Packed):
    """The records when the base was built, packed."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.rows = memoryview(array("Q", (r.row for r in records)))
        self.versions = memoryview(array("Q", (r.version for r in records)))
        self.at = memoryview(array("d", (r.at for r in records)))
        self.first = memoryview(array("d", (r.first for r in records)))
        self.uuids = Texts(r.uuid for r in records)
        self.slugs = Texts(r.slug for r in records)
        self.names = Texts(r.name for r in records)
        self.sorts = Texts(r.sort for r in records)
        self.by_row = Positions(self.rows)
        self.by_uuid = Places([r.uuid for r in records])
        self.by_slug = Places([r.slug for r in records])
        by_name = sorted(range(len(records)), key=lambda p: _name_key(records[p]))
        self.by_name = memoryview(array("I", by_name))
        by_time = sorted(range(len(records)), key=lambda p: _time_key(records[p]))
        self.by_time = memoryview(array("I", by_time))

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, position: int) -> Record:
        return Record(
            self.rows[position],
            self.versions[position],
            self.uuids[position],
            self.slugs[position],
            self.names[position],
            self.sorts[position],
            self.at[position],
            self.first[position],
        )


def _name_key(record: Record) -> tuple[str, str]:
    return record.sort, record.uuid


def _time_key(record: Record) -> tuple[float, str, str]:
    """The newest first; of the same moment, by name."""
    return -record.at, record.sort, record.uuid


class Records:
    """The records of now: those of the base, with some replaced, added or removed.

    ``top``: what is at a position now; None where the record went away.
    """

    def __init__(self, table: Table, top: dict[int, Record | None]) -> None:
        self._table, self._top = table, top
        self._by_slug = {r.slug: p for p, r in top.items() if r}
        self._by_uuid = {r.uuid: p for p, r in top.items() if r}
        # How many positions there are, with those of records that went away.
        self.length = max([len(table), *(p + 1 for p in top)])
        # Where the base does not say any more what is there.
        self.gone = sum(1 << p for p in top)
        self.all = (1 << self.length) - 1
        for position, record in top.items():
            if record is None:
                self.all &= ~(1 << position)

    def __len__(self) -> int:
        return self.all.bit_count()

    def __getitem__(self, position: int) -> Record:
        return self._top.get(position) or self._table[position]

    def at_slug(self, slug: str) -> int | None:
        return self._find(self._by_slug, self._table.by_slug, slug)

    def of_uuid(self, uuid: UUID | str) -> int | None:
        key = uuid.hex if isinstance(uuid, UUID) else UUID(uuid).hex
        return self._find(self._by_uuid, self._table.by_uuid, key)

    def _find(self, top: dict[K, int], base: Mapping[K, int], key: K) -> int | None:
        if (position := top.get(key)) is not None:
            return position
        position = base.get(key)
        return None if position is None or position in self._top else position

    # Order

    @cached_property
    def by_name(self) -> Sequence[int]:
        """All positions in the order of the names."""
        return self._merged(self._table.by_name, _name_key)

    @cached_property
    def by_time(self) -> Sequence[int]:
        """All positions, what changed last first."""
        return self._merged(self._table.by_time, _time_key)

    @cached_property
    def _rank(self) -> array[int]:
        rank = array("I", bytes(4 * self.length))
        for place, position in enumerate(self.by_name):
            rank[position] = place
        return rank

    def in_order(self, bits: int) -> Iterator[int]:
        """The positions of a bitmap in the order of the names."""
        if bits.bit_count() < FEW:
            return iter(sorted(positions(bits), key=self._rank.__getitem__))
        return along(self.by_name, bits, self.length)

    def _merged(self, base: memoryview, key: Callable[[Record], Any]) -> Sequence[int]:
        if not self._top:
            return base
        order = [p for p in base if p not in self._top]
        fresh = sorted((p for p, r in self._top.items() if r), key=self._key(key))
        keys: dict[int, Any] = {}

        def key_of(position: int) -> Any:
            if position not in keys:
                keys[position] = key(self[position])
            return keys[position]

        # From the end, so that places before it stay what they are.
        for position in reversed(fresh):
            place = bisect_left(order, key_of(position), key=key_of)
            order.insert(place, position)
        return array("I", order)

    def _key(self, key: Callable[[Record], Any]) -> Callable[[int], Any]:
        return lambda position: key(self[position])


def along(order: Iterable[int], bits: int, length: int) -> Iterator[int]:
    """The positions of a bitmap in the given order."""
    buffer = bits.to_bytes(length // 8 + 1, "little")
    return (p for p in order if buffer[p >> 3] >> (p & 7) & 1)


class Hits(Sequence[int]):
    """The positions of what was found, in some order, of which a page is read.

    Only as many positions as the page needs are looked at.
    """

    def __init__(self, bits: int, in_order: Callable[[int], Iterator[int]]) -> None:
        self.bits, self._in_order = bits, in_order

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[int]:
        return self._in_order(self.bits)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step < 0:
                return list(self)[place]
            return list(islice(self, start, max(stop, start), step))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return next(islice(self, place % len(self), None))
