"""Lists and dictionaries of a hundred thousand things in few bytes.

A Python object for each name or key takes ten times the room of what it says. These
keep everything in a few buffers, which a file can hold and processes can share (see
``core.opslag``).
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
Ingepakte = tuple[dict[str, Any], dict[str, tuple[str, Any]]]


class Ingepakt:
    """What has its bulk in memoryviews: a pickle keeps these outside its stream.

    So reading one from a mapped file copies nothing.
    """

    def __getstate__(self) -> Ingepakte:
        gewoon = dict(vars(self))
        buffers = {
            naam: (deel.format, PickleBuffer(gewoon.pop(naam)))
            for naam, deel in vars(self).items()
            if isinstance(deel, memoryview)
        }
        return gewoon, buffers

    def __setstate__(self, state: Ingepakte) -> None:
        gewoon, buffers = state
        vars(self).update(gewoon)
        for naam, (formaat, buffer) in buffers.items():
            bytes_ = memoryview(buffer).cast("B")
            vars(self)[naam] = bytes_.cast(formaat)  # type: ignore[call-overload]


class Posities(Ingepakt, Mapping[int, int]):
    """Whole numbers and the place of each in a list; looked up by halving."""

    def __init__(self, getallen: Sequence[int]) -> None:
        plekken = sorted(range(len(getallen)), key=getallen.__getitem__)
        self._plekken = memoryview(array("I", plekken))
        self._getallen = memoryview(array("Q", (getallen[plek] for plek in plekken)))

    def __getitem__(self, getal: int) -> int:
        plek = bisect_left(self._getallen, getal)
        if plek == len(self._getallen) or self._getallen[plek] != getal:
            raise KeyError(getal)
        return self._plekken[plek]

    def __iter__(self) -> Iterator[int]:
        return iter(self._getallen)

    def __len__(self) -> int:
        return len(self._getallen)


class Teksten(Ingepakt, Sequence[str]):
    """Strings in one buffer; each is made anew when it is asked for."""

    def __init__(self, teksten: Iterable[str]) -> None:
        stukken = [tekst.encode() for tekst in teksten]
        grenzen = accumulate(map(len, stukken), initial=0)
        self._grenzen = memoryview(array("I", grenzen))
        self._bytes = memoryview(b"".join(stukken))

    def __len__(self) -> int:
        return len(self._grenzen) - 1

    @overload
    def __getitem__(self, plek: int) -> str: ...
    @overload
    def __getitem__(self, plek: slice) -> list[str]: ...
    def __getitem__(self, plek: int | slice) -> str | list[str]:
        if isinstance(plek, slice):
            return [self[p] for p in range(*plek.indices(len(self)))]
        if plek < 0:
            plek += len(self)
        if not 0 <= plek < len(self):
            raise IndexError(plek)
        return str(self._bytes[self._grenzen[plek] : self._grenzen[plek + 1]], "utf-8")
