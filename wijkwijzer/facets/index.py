"""Which records have which value of which facet, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.facets.declaration import Waarde
from wijkwijzer.memory.bitmaps import Bitmaps, Bits, layered

if TYPE_CHECKING:
    from wijkwijzer.facets.declaration import Facet
    from wijkwijzer.wholes.records import Records
    from wijkwijzer.wholes.stand import Stand

Selectie = Mapping[str, Sequence[str]]


class Packed(NamedTuple):
    """Of one facet: the records of each value, and the words of values in documents."""

    bits: Bitmaps[str]
    labels: dict[str, str]


class FacetIndexer:
    """Makes the index of the facets of one kind (``wholes.stand.Indexer``)."""

    def __init__(self, facets: Sequence[Facet]) -> None:
        self.facets = facets

    def start(self, stand: Stand) -> FacetWriter:
        return FacetWriter(self.facets, stand)

    def layer(
        self,
        stand: Stand,
        base: dict[str, Packed],
        top: dict[str, Packed] | None,
        records: Records,
    ) -> FacetIndex:
        bits, labels = {}, {}
        for key, packed in base.items():
            above = top[key] if top else None
            bits[key] = layered(packed.bits, above and above.bits, records.gone)
            labels[key] = packed.labels | (above.labels if above else {})
        return FacetIndex(self.facets, bits, labels, stand, records)

    def stamp(self, stand: Stand) -> object:
        return [facet.key for facet in self.facets]


class FacetWriter:
    def __init__(self, facets: Sequence[Facet], stand: Stand) -> None:
        self._facets, self._stand = facets, stand
        self._packed = {f.key: Packed(Bitmaps(), {}) for f in facets}

    def add(self, position: int, document: Any) -> None:
        for facet in self._facets:
            bits, labels = self._packed[facet.key]
            if facet.in_documents:
                labels.update(facet.found(document, self._stand))
            # Once each: two parts of a record can have the same value.
            bits.add({*facet.values_of(document, self._stand)}, position)

    def close(self, length: int) -> dict[str, Packed]:
        return {
            key: Packed(bits.close(length), labels)
            for key, (bits, labels) in self._packed.items()
        }


class FacetIndex:
    """The facets of one kind, as one stand has them."""

    def __init__(
        self,
        facets: Sequence[Facet],
        bits: dict[str, Bits[str]],
        labels: dict[str, dict[str, str]],
        stand: Stand,
        records: Records,
    ) -> None:
        self.facets = {facet.key: facet for facet in facets}
        self.records = records
        self.all = records.all
        self._bits, self._labels, self._stand = bits, labels, stand
        self._waarden: dict[str, dict[str, Waarde]] = {}

    def waarden(self, key: str) -> dict[str, Waarde]:
        """The values that can be chosen, by their slug."""
        if (found := self._waarden.get(key)) is None:
            facet = self.facets[key]
            if facet.in_documents:
                named = (Waarde(*item) for item in self._labels[key].items())
                used = (waarde for waarde in named if self.bits(key, waarde.slug))
                values = sorted(used, key=lambda w: (sorteersleutel(w.label), w.slug))
            else:
                values = facet.waarden(self._stand)
            found = self._waarden[key] = {waarde.slug: waarde for waarde in values}
        return found

    def ordered(self, key: str, slugs: Iterable[str]) -> list[Waarde]:
        """These values, each once, in the order that they have in the form."""
        if self.facets[key].in_documents:
            named = {Waarde(slug, self.label(key, slug)) for slug in slugs}
            return sorted(named, key=lambda w: (sorteersleutel(w.label), w.slug))
        wanted = set(slugs)
        return [w for slug, w in self.waarden(key).items() if slug in wanted]

    def known(self, key: str, slug: str) -> bool:
        """Whether there is such a value, without looking at all of them."""
        if self.facets[key].in_documents:
            return slug in self._labels[key] and bool(self.bits(key, slug))
        return slug in self.waarden(key)

    def label(self, key: str, slug: str) -> str:
        """The words of a value; the slug itself when there is no such value."""
        if self.facets[key].in_documents:
            return self._labels[key].get(slug, slug)
        waarde = self.waarden(key).get(slug)
        return waarde.label if waarde else slug

    def bits(self, key: str, slug: str) -> int:
        return self._bits[key].bits(slug)

    def any_of(self, key: str, slugs: Iterable[str]) -> int:
        """Records that have at least one of these values."""
        return self._bits[key].any_of(slugs)

    def values_at(self, key: str, position: int) -> Iterator[str]:
        """The values of one record."""
        bits = self._bits[key]
        return (slug for slug in self.waarden(key) if bits.has(slug, position))

    def select(self, selection: Selectie, base: int) -> int:
        """The records of ``base`` that fit: OR within a facet, AND across facets."""
        for key, slugs in selection.items():
            if slugs and key in self._bits:
                base &= self.any_of(key, slugs)
        return base

    def counts(self, selection: Selectie, base: int) -> dict[str, dict[str, int]]:
        """Per facet and value: how many records you would see by choosing that value.

        Each facet ignores its own selection, because its values are alternatives.
        """
        counted = {}
        for key, facet in self.facets.items():
            if facet.counts:
                elsewhere = {k: slugs for k, slugs in selection.items() if k != key}
                over = self.select(elsewhere, base)
                counted[key] = {
                    slug: (self.bits(key, slug) & over).bit_count()
                    for slug in self.waarden(key)
                }
        return counted
