"""Which records have which facet value, kept in memory as one bitmap per value.

A selection over several facets and the counts beside every value then cost a few ANDs
on Python integers, however many records there are. Bit *i* stands for the *i*-th record
in the order of :attr:`Facettenindex.pks`. It knows no model: an app builds one from its
published records (see ``aanpakken.catalogus``).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from wijkwijzer.core.ingepakt import Ingepakt, Ingepakte, Posities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Selectie = dict[str, list[str]]
K = TypeVar("K", str, int)


@dataclass(frozen=True)
class Waarde:
    """One value of a facet: the slug in the address and the words on the screen."""

    slug: str
    label: str


class Bitmaps(Ingepakt, Generic[K]):
    """Per key the records that have it, small: sparse as array, dense as bitmap.

    ``voeg_toe`` fills it and ``sluit`` packs everything in one buffer, the bitmaps
    first. Only then it can be asked.
    """

    # A bitmap takes one bit for every record, an array four bytes for every member.
    DICHT = 32
    # Bitmaps that stay integers: at 100 000 it takes 25 µs to make one from bytes.
    ONTHOUDEN = 64

    def __init__(self) -> None:
        self._lijsten: dict[K, array[int]] = defaultdict(leeg)
        self._lengte = 0
        # Every key has a number, and a part of the buffer that goes with it.
        self._nummers: Mapping[K, int] = {}
        self._aantal_dicht = 0
        self._grenzen = memoryview(array("I", [0]))
        self._buffer = memoryview(b"").cast("I")
        self._onthouden: dict[int, int] = {}

    def __contains__(self, sleutel: K) -> bool:
        return sleutel in self._nummers

    def __iter__(self) -> Iterator[K]:
        return iter(self._nummers)

    def voeg_toe(self, sleutels: Iterable[K], positie: int) -> None:
        """Note that the record at ``positie`` has these keys."""
        lijsten = self._lijsten
        for sleutel in sleutels:
            lijsten[sleutel].append(positie)

    def voeg_posities_toe(self, sleutel: K, posities: array[int]) -> None:
        """Note that the records at ``posities`` have the key."""
        self._lijsten[sleutel].extend(posities)

    def sluit(self, lengte: int) -> Self:
        """Pack the lists, long ones as bitmaps of ``lengte``. Then nothing is added."""
        lijsten = self._lijsten
        dicht = {s for s, lijst in lijsten.items() if len(lijst) * self.DICHT > lengte}
        # The sort is stable: of what is alike, what came first stays first.
        sleutels = sorted(lijsten, key=lambda sleutel: sleutel not in dicht)
        buffer, grenzen = array("I"), array("I", [0])
        for sleutel in sleutels:
            # Packed and gone, so that nothing is there twice.
            lijst = lijsten.pop(sleutel)
            if sleutel in dicht:
                buffer.frombytes(_als_bytes(lijst, lengte))
            else:
                buffer += lijst
            grenzen.append(len(buffer))
        self._lengte = lengte
        self._buffer, self._grenzen = memoryview(buffer), memoryview(grenzen)
        self._aantal_dicht = len(dicht)
        self._nummers = _genummerd(sleutels)
        return self

    def bits(self, sleutel: K) -> int:
        nummer = self._nummers.get(sleutel)
        if nummer is None:
            return 0
        if nummer < self._aantal_dicht:
            return self._dicht(nummer)
        return bitmap(self._deel(nummer).tolist(), self._lengte)

    def heeft(self, sleutel: K, positie: int) -> bool:
        """Whether the record at ``positie`` has the key, without making a bitmap."""
        nummer = self._nummers.get(sleutel)
        if nummer is None:
            return False
        deel = self._deel(nummer)
        if nummer < self._aantal_dicht:
            return bool(deel.cast("B")[positie >> 3] >> (positie & 7) & 1)
        return positie in deel.tolist()

    def een_van(self, sleutels: Iterable[K]) -> int:
        """Records that have at least one of these keys."""
        dicht = 0
        ijl: list[int] = []
        for sleutel in sleutels:
            nummer = self._nummers.get(sleutel)
            if nummer is None:
                continue
            if nummer < self._aantal_dicht:
                dicht |= self._dicht(nummer)
            else:
                ijl += self._deel(nummer).tolist()
        # One bitmap for all short lists together, not one for each.
        return dicht | bitmap(ijl, self._lengte) if ijl else dicht

    def aantal(self, sleutel: K) -> int:
        """How many have the key."""
        nummer = self._nummers.get(sleutel)
        if nummer is None:
            return 0
        if nummer < self._aantal_dicht:
            return self._dicht(nummer).bit_count()
        return len(set(self._deel(nummer)))

    def _deel(self, nummer: int) -> memoryview:
        return self._buffer[self._grenzen[nummer] : self._grenzen[nummer + 1]]

    def _dicht(self, nummer: int) -> int:
        if (bits := self._onthouden.get(nummer)) is None:
            bits = int.from_bytes(self._deel(nummer), "little")
            if len(self._onthouden) >= self.ONTHOUDEN:
                self._onthouden = {}
            self._onthouden[nummer] = bits
        return bits

    def __getstate__(self) -> Ingepakte:
        gewoon, buffers = super().__getstate__()
        return gewoon | {"_onthouden": {}}, buffers


def leeg() -> array[int]:
    """No positions yet."""
    return array("I")


def _genummerd(sleutels: list[K]) -> Mapping[K, int]:
    """The number of each key. Whole numbers can do without an object for each."""
    if sleutels and isinstance(sleutels[0], int):
        return Posities(sleutels)
    return {sleutel: nummer for nummer, sleutel in enumerate(sleutels)}


@dataclass
class Facetindex:
    """The values of one facet, and which records have them."""

    waarden: list[Waarde]
    records: Bitmaps[str]
    # A facet without counts is only looked up, like free tags.
    telt: bool = True

    @cached_property
    def labels(self) -> dict[str, str]:
        """The words on the screen per slug; a value that is not in it is unknown."""
        return {waarde.slug: waarde.label for waarde in self.waarden}

    def bits(self, slug: str) -> int:
        return self.records.bits(slug)

    def een_van(self, slugs: Iterable[str]) -> int:
        """Records that have at least one of these values."""
        return self.records.een_van(slugs)


class Facettenindex(Ingepakt):
    """The published records of one kind, and their facets."""

    def __init__(self, pks: Sequence[int]) -> None:
        self.pks = memoryview(array("Q", pks))
        self.alle = (1 << len(self.pks)) - 1
        self.facetten: dict[str, Facetindex] = {}
        self.positie = Posities(self.pks)
        # Records that pages loaded, per function that loads them (core.lijsten).
        self.geladen: dict[Any, dict[int, Any]] = {}

    def voeg_toe(
        self,
        sleutel: str,
        waarden: Iterable[Waarde],
        paren: Iterable[tuple[int, str]],
        *,
        telt: bool = True,
    ) -> None:
        """Add a facet from (pk, slug) pairs; pairs of unknown records are left out."""
        records: Bitmaps[str] = Bitmaps()
        for pk, slug in paren:
            if (positie := self.positie.get(pk)) is not None:
                records.voeg_toe((slug,), positie)
        records.sluit(len(self.pks))
        self.facetten[sleutel] = Facetindex(list(waarden), records, telt)

    def selecteer(self, selectie: Mapping[str, Iterable[str]], basis: int) -> int:
        """The records of ``basis`` that fit: OR within a facet, AND across facets."""
        for sleutel, slugs in selectie.items():
            if slugs and sleutel in self.facetten:
                basis &= self.facetten[sleutel].een_van(slugs)
        return basis

    def tellingen(
        self, selectie: Mapping[str, Sequence[str]], basis: int
    ) -> dict[str, dict[str, int]]:
        """Per facet and value: how many records you would see by choosing that value.

        Each facet ignores its own selection, because its values are alternatives.
        """
        resultaat = {}
        for sleutel, facet in self.facetten.items():
            if not facet.telt:
                continue
            elders = {s: slugs for s, slugs in selectie.items() if s != sleutel}
            over = self.selecteer(elders, basis)
            resultaat[sleutel] = {
                waarde.slug: (facet.bits(waarde.slug) & over).bit_count()
                for waarde in facet.waarden
            }
        return resultaat

    def pks_van(self, bits: int) -> list[int]:
        """The keys of the records in a bitmap, in the order of the index."""
        return list(Treffers(self, bits))

    def __getstate__(self) -> Ingepakte:
        gewoon, buffers = super().__getstate__()
        # Records that a process loaded are its own.
        return gewoon | {"geladen": {}}, buffers


class Treffers(Sequence[int]):
    """The keys of the records in a bitmap, in some order, of which a page is read.

    ``volgorde`` lists positions; without it the order of the index is used. Only as
    many positions as the page needs are looked at, and nothing is sorted.
    """

    def __init__(
        self, index: Facettenindex, bits: int, volgorde: Iterable[int] | None = None
    ) -> None:
        self._index, self.bits, self._volgorde = index, bits, volgorde

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[int]:
        return (self._index.pks[positie] for positie in self._posities(0))

    @overload
    def __getitem__(self, plek: int) -> int: ...
    @overload
    def __getitem__(self, plek: slice) -> list[int]: ...
    def __getitem__(self, plek: int | slice) -> int | list[int]:
        if isinstance(plek, slice):
            start, stop, stap = plek.indices(len(self))
            if stap < 0:
                return list(self)[plek]
            gevonden = islice(self._posities(start), max(stop - start, 0))
            return [self._index.pks[positie] for positie in gevonden][::stap]
        if not -len(self) <= plek < len(self):
            raise IndexError(plek)
        return self[plek % len(self) : plek % len(self) + 1][0]

    def _posities(self, overslaan: int) -> Iterator[int]:
        if self._volgorde is None:
            return posities(self.bits, overslaan)
        buffer = self.bits.to_bytes(len(self._index.pks) // 8 + 1, "little")
        leden = (p for p in self._volgorde if buffer[p >> 3] >> (p & 7) & 1)
        return islice(leden, overslaan, None)


def bitmap(posities: Iterable[int], lengte: int) -> int:
    """An integer with these bits set. Linear, where shifting in a loop is not."""
    return int.from_bytes(_als_bytes(posities, lengte), "little")


def _als_bytes(posities: Iterable[int], lengte: int) -> bytearray:
    """The same bitmap as bytes, a whole number of four."""
    buffer = bytearray((lengte + 31) // 32 * 4)
    for positie in posities:
        buffer[positie >> 3] |= 1 << (positie & 7)
    return buffer


def posities(bits: int, overslaan: int = 0) -> Iterator[int]:
    """The positions of the set bits, lowest first, without the first ``overslaan``."""
    for nummer, byte in enumerate(
        bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    ):
        if overslaan >= (aantal := byte.bit_count()):
            overslaan -= aantal
            continue
        while byte:
            laagste = byte & -byte
            if overslaan:
                overslaan -= 1
            else:
                yield (nummer << 3) + laagste.bit_length() - 1
            byte ^= laagste
