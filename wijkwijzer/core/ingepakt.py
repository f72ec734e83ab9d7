"""Lists and dictionaries of a hundred thousand things in few bytes.

A Python object for each name or key takes ten times the room of what it says. These
keep everything in a few arrays. What is large goes into a pickle as it is, outside the
stream, so that a file of it can be mapped and shared (see ``core.opslag``).
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


class Posities(Mapping[int, int]):
    """Whole numbers and the place of each in a list; looked up by halving."""

    def __init__(self, getallen: Sequence[int]) -> None:
        volgorde = sorted(range(len(getallen)), key=getallen.__getitem__)
        self._plekken = array("I", volgorde)
        self._getallen = array("Q", (getallen[plek] for plek in self._plekken))

    def __getitem__(self, getal: int) -> int:
        plek = bisect_left(self._getallen, getal)
        if plek == len(self._getallen) or self._getallen[plek] != getal:
            raise KeyError(getal)
        return self._plekken[plek]

    def __iter__(self) -> Iterator[int]:
        return iter(self._getallen)

    def __len__(self) -> int:
        return len(self._getallen)


class Teksten(Sequence[str]):
    """Strings in one buffer; each is made anew when it is asked for."""

    def __init__(self, teksten: Iterable[str]) -> None:
        stukken = [tekst.encode() for tekst in teksten]
        self._grenzen = array("I", accumulate(map(len, stukken), initial=0))
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

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_bytes": PickleBuffer(self._bytes)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _bytes=memoryview(state["_bytes"]))
