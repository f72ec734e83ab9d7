"""Lists and dictionaries of a hundred thousand things in few bytes.

A Python object for each name or key takes ten times the room of what it says. These
keep everything in a few buffers, which a file can hold and processes can share (see
:mod:`shared`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pickle import PickleBuffer
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What is small, and of each buffer the format of its numbers with its bytes.
PackedState = tuple[dict[str, Any], dict[str, tuple[str, Any]]]


class Packed:
    """What has its bulk in memoryviews: a pickle keeps these outside its stream.

    So reading one from a mapped file copies nothing.
    """

    def __getstate__(self) -> PackedState:
        plain = dict(vars(self))
        buffers = {
            name: (part.format, PickleBuffer(plain.pop(name)))
            for name, part in vars(self).items()
            if isinstance(part, memoryview)
        }
        return plain, buffers

    def __setstate__(self, state: PackedState) -> None:
        plain, buffers = state
        vars(self).update(plain)
        for name, (format_, buffer) in buffers.items():
            data = memoryview(buffer).cast("B")
            vars(self)[name] = data.cast(format_)  # type: ignore[call-overload]


class Positions(Packed, Mapping[int, int]):
    """Whole numbers and the place of each in a list; looked up by halving."""

    def __init__(self, numbers: Sequence[int]) -> None:
        places = sorted(range(len(numbers)), key=numbers.__getitem__)
        self._places = memoryview(array("I", places))
        self._numbers = memoryview(array("Q", (numbers[place] for place in places)))

    def __getitem__(self, number: int) -> int:
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        return self._places[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Texts(Packed, Sequence[str]):
    """Strings in one buffer; each is made anew when it is asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [text.encode() for text in texts]
        self._bounds = memoryview(array("I", accumulate(map(len, pieces), initial=0)))
        self._bytes = memoryview(b"".join(pieces))

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[p] for p in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        return str(self._bytes[self._bounds[place] : self._bounds[place + 1]], "utf-8")


class Places(Packed, Mapping[str, int]):
    """Strings and the place of each in a list; looked up by halving."""

    def __init__(self, texts: Sequence[str]) -> None:
        places = sorted(range(len(texts)), key=texts.__getitem__)
        self._places = memoryview(array("I", places))
        self._texts = Texts(texts[place] for place in places)

    def __getitem__(self, text: str) -> int:
        place = bisect_left(self._texts, text)
        if place == len(self._texts) or self._texts[place] != text:
            raise KeyError(text)
        return self._places[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
