"""What happens in a gemeente: its examples, and the aanpakken that these name."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from aanpakken.models import Basis
from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.vocabulary import term_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aanpakken.whole import AanpakDocument
    from kennisdossier.whole import KoppelingPart
    from wijkwijzer.wholes.stand import Stand

# So many examples are shown; the list of them all is a filter away.
GETOOND = 24


@dataclass
class Gebruik:
    """An aanpak, and the examples here that name it, each with why."""

    aanpak: AanpakDocument
    bij: list[tuple[PraktijkvoorbeeldDocument, KoppelingPart]] = field(
        default_factory=list
    )


def in_gemeente(stand: Stand, gemeente: GemeenteTerm) -> dict[str, Any]:
    """What its page shows, and its embed."""
    records = stand.records(PraktijkvoorbeeldDocument)
    index = stand.index(PraktijkvoorbeeldDocument, FACETTEN)
    hier = index.bits("gemeente", gemeente.slug)
    wijken = [wijk for wijk in stand.terms(WijkTerm) if wijk.gemeente is gemeente]
    # What began elsewhere names a wijk of it.
    genoemd = stand.mentioning(PraktijkvoorbeeldDocument, map(term_mark, wijken))
    voorbeelden = _documenten(stand, records.in_order(hier))
    uitbreidingen = [
        voorbeeld
        for voorbeeld in _documenten(stand, records.in_order(genoemd & ~hier))
        if any(wijk in wijken for wijk in voorbeeld.uitgebreid_naar)
    ]
    gebruik = _gebruik([*voorbeelden, *uitbreidingen])
    return {
        "gemeente": gemeente,
        "aantal": hier.bit_count(),
        "meer": hier.bit_count() - len(voorbeelden),
        "voorbeelden": voorbeelden,
        "uitbreidingen": uitbreidingen,
        "gebruikt": _volgens(gebruik, Basis.EXPLICIET),
        "lijkt_op": _volgens(gebruik, Basis.REDACTIONEEL),
        "wijken": wijken,
    }


def per_provincie(stand: Stand) -> list[tuple[str, list[tuple[GemeenteTerm, int]]]]:
    """The gemeenten of which an example is known, with how many, by province."""
    index = stand.index(PraktijkvoorbeeldDocument, FACETTEN)
    gevonden = [
        (gemeente, aantal)
        for gemeente in stand.terms(GemeenteTerm)
        if (aantal := index.bits("gemeente", gemeente.slug).bit_count())
    ]
    gevonden.sort(key=lambda paar: (str(paar[0].provincie.label), paar[0].naam))
    groepen = groupby(gevonden, lambda paar: str(paar[0].provincie.label))
    return [(provincie, [*groep]) for provincie, groep in groepen]


def _documenten(
    stand: Stand, posities: Iterator[int]
) -> list[PraktijkvoorbeeldDocument]:
    return stand.documents(PraktijkvoorbeeldDocument, [*islice(posities, GETOOND)])


def _gebruik(
    voorbeelden: Iterable[PraktijkvoorbeeldDocument],
) -> dict[tuple[str, Basis], Gebruik]:
    """Per aanpak and what it rests on: what a source says is never mixed with ours."""
    gevonden: dict[tuple[str, Basis], Gebruik] = {}
    for voorbeeld in voorbeelden:
        for aanpak, koppeling in voorbeeld.aanpakken():
            sleutel = (aanpak.uuid.hex, koppeling.basis)
            bekend = gevonden.setdefault(sleutel, Gebruik(aanpak))
            bekend.bij.append((voorbeeld, koppeling))
    return gevonden


def _volgens(gebruik: dict[tuple[str, Basis], Gebruik], basis: Basis) -> list[Gebruik]:
    gevonden = [g for (_, van), g in gebruik.items() if van == basis]
    return sorted(gevonden, key=lambda g: g.aanpak.naam)
