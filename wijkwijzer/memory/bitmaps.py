"""Which records have which key, as one bitmap per key.

A selection over several keys, and the count of it, then cost a few ANDs on Python
integers, however many records there are. Bit *i* stands for the record at position *i*.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

from wijkwijzer.memory.large import Packed, PackedState, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

K = TypeVar("K", str, int)


class Bits(Protocol[K]):
    """What can be asked of a set of bitmaps, packed (:class:`Bitmaps`) or in layers."""

    def __contains__(self, key: K) -> bool: ...
    def __iter__(self) -> Iterator[K]: ...

    def bits(self, key: K) -> int:
        """The records that have the key, as a bitmap."""
        ...

    def any_of(self, keys: Iterable[K]) -> int:
        """The records that have at least one of the keys."""
        ...

    def has(self, key: K, position: int) -> bool:
        """Whether one record has the key, without making a bitmap."""
        ...

    def count(self, key: K) -> int: ...


class Bitmaps(Packed, Generic[K]):
    """Per key the records that have it, small: sparse as array, dense as bitmap.

    ``add`` fills it and ``close`` packs everything in one buffer, the bitmaps first.
    Only then it can be asked.
    """

    # A bitmap takes one bit for every record, an array four bytes for every member.
    DENSE = 32
    # Bitmaps that stay integers: at 100 000 it takes 25 µs to make one from bytes.
    KEEP = 64

    def __init__(self) -> None:
        self._lists: dict[K, array[int]] = defaultdict(empty)
        self._length = 0
        # Every key has a number, and a part of the buffer that goes with it.
        self._numbers: Mapping[K, int] = {}
        self._dense_count = 0
        self._bounds = memoryview(array("I", [0]))
        self._buffer = memoryview(b"").cast("I")
        self._kept: dict[int, int] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[K]:
        return iter(self._numbers)

    def add(self, keys: Iterable[K], position: int) -> None:
        """Note that the record at ``position`` has these keys."""
        lists = self._lists
        for key in keys:
            lists[key].append(position)

    def add_positions(self, key: K, positions: array[int]) -> None:
        """Note that the records at ``positions`` have the key."""
        self._lists[key].extend(positions)

    def close(self, length: int) -> Self:
        """Pack the lists, long ones as bitmaps of ``length``. Then nothing is added."""
        lists = self._lists
        dense = {k for k, found in lists.items() if len(found) * self.DENSE > length}
        # The sort is stable: of what is alike, what came first stays first.
        keys = sorted(lists, key=lambda key: key not in dense)
        buffer, bounds = array("I"), array("I", [0])
        for key in keys:
            # Packed and gone, so that nothing is there twice.
            found = lists.pop(key)
            if key in dense:
                buffer.frombytes(_as_bytes(found, length))
            else:
                buffer += found
            bounds.append(len(buffer))
        self._length = length
        self._buffer, self._bounds = memoryview(buffer), memoryview(bounds)
        self._dense_count = len(dense)
        self._numbers = _numbered(keys)
        return self

    def bits(self, key: K) -> int:
        number = self._numbers.get(key)
        if number is None:
            return 0
        if number < self._dense_count:
            return self._dense(number)
        return bitmap(self._part(number).tolist(), self._length)

    def has(self, key: K, position: int) -> bool:
        number = self._numbers.get(key)
        if number is None:
            return False
        part = self._part(number)
        if number < self._dense_count:
            return bool(part.cast("B")[position >> 3] >> (position & 7) & 1)
        return position in part.tolist()

    def any_of(self, keys: Iterable[K]) -> int:
        dense = 0
        sparse: list[int] = []
        for key in keys:
            number = self._numbers.get(key)
            if number is None:
                continue
            if number < self._dense_count:
                dense |= self._dense(number)
            else:
                sparse += self._part(number).tolist()
        # One bitmap for all short lists together, not one for each.
        return dense | bitmap(sparse, self._length) if sparse else dense

    def count(self, key: K) -> int:
        number = self._numbers.get(key)
        if number is None:
            return 0
        if number < self._dense_count:
            return self._dense(number).bit_count()
        return len(set(self._part(number)))

    def _part(self, number: int) -> memoryview:
        return self._buffer[self._bounds[number] : self._bounds[number + 1]]

    def _dense(self, number: int) -> int:
        if (bits := self._kept.get(number)) is None:
            bits = int.from_bytes(self._part(number), "little")
            if len(self._kept) >= self.KEEP:
                self._kept = {}
            self._kept[number] = bits
        return bits

    def __getstate__(self) -> PackedState:
        plain, buffers = super().__getstate__()
        return plain | {"_kept": {}}, buffers


class Layered(Generic[K]):
    """Bitmaps of which some records were replaced: those of ``gone`` are in ``top``."""

    def __init__(self, base: Bitmaps[K], top: Bitmaps[K], gone: int) -> None:
        self._base: Bitmaps[K] = base
        self._top: Bitmaps[K] = top
        self._stays = ~gone

    def __contains__(self, key: K) -> bool:
        return key in self._base or key in self._top

    def __iter__(self) -> Iterator[K]:
        yield from self._base
        yield from (key for key in self._top if key not in self._base)

    def bits(self, key: K) -> int:
        return self._base.bits(key) & self._stays | self._top.bits(key)

    def any_of(self, keys: Iterable[K]) -> int:
        keys = list(keys)
        return self._base.any_of(keys) & self._stays | self._top.any_of(keys)

    def has(self, key: K, position: int) -> bool:
        if self._stays >> position & 1:
            return position < self._base._length and self._base.has(key, position)
        return self._top.has(key, position)

    def count(self, key: K) -> int:
        return self.bits(key).bit_count()


def layered(base: Bitmaps[K], top: Bitmaps[K] | None, gone: int) -> Bits[K]:
    """``base`` with the records of ``gone`` replaced; itself when nothing is."""
    return Layered(base, top, gone) if top is not None else base


def empty() -> array[int]:
    """No positions yet."""
    return array("I")


def _numbered(keys: list[K]) -> Mapping[K, int]:
    """The number of each key. Whole numbers can do without an object for each."""
    if keys and isinstance(keys[0], int):
        return Positions(keys)
    return {key: number for number, key in enumerate(keys)}


def bitmap(positions: Iterable[int], length: int) -> int:
    """An integer with these bits set. Linear, where shifting in a loop is not."""
    return int.from_bytes(_as_bytes(positions, length), "little")


def _as_bytes(positions: Iterable[int], length: int) -> bytearray:
    """The same bitmap as bytes, a whole number of four."""
    buffer = bytearray((length + 31) // 32 * 4)
    for position in positions:
        buffer[position >> 3] |= 1 << (position & 7)
    return buffer


def positions(bits: int, skip: int = 0) -> Iterator[int]:
    """The positions of the set bits, lowest first, without the first ``skip``."""
    for number, byte in enumerate(
        bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    ):
        if skip >= (count := byte.bit_count()):
            skip -= count
            continue
        while byte:
            lowest = byte & -byte
            if skip:
                skip -= 1
            else:
                yield (number << 3) + lowest.bit_length() - 1
            byte ^= lowest
