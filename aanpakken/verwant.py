"""Which aanpakken are related, and why: what they share, weighed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from wijkwijzer.core.scores import Slices, aflopend, als_slices, heeft_score, plus

if TYPE_CHECKING:
    from aanpakken.catalogus import Catalogus

# What is shared, how much it counts and how a reader is told. A target group or a
# working element says more than a theme, which almost every aanpak shares.
GEDEELD = (
    ("element", 5, "werkzaam element"),
    ("tag", 4, "trefwoord"),
    ("doelgroep", 4, "doelgroep"),
    ("thema", 2, "thema"),
    ("vorm", 1, "vorm"),
)
MAXIMUM = 3


@dataclass(frozen=True)
class Verwant:
    naam: str
    slug: str
    redenen: list[str]


def verwante_aanpakken(catalogus: Catalogus, pk: int) -> list[Verwant]:
    """The most related published aanpakken with the reasons; no queries.

    Empty for an aanpak that the catalogue does not hold (yet).
    """
    if (positie := catalogus.positie.get(pk)) is None:
        return []
    score: Slices = []
    eigen: dict[str, list[tuple[str, int]]] = {}
    for sleutel, gewicht, _ in GEDEELD:
        facet = catalogus.facetten[sleutel]
        eigen[sleutel] = [
            (waarde.label, facet.bits(waarde.slug))
            for waarde in facet.waarden
            if facet.records.heeft(waarde.slug, positie)
        ]
        for _label, bits in eigen[sleutel]:
            score = plus(score, als_slices(bits, gewicht))
    anderen = heeft_score(score) & ~(1 << positie)
    return [
        Verwant(
            naam=catalogus.namen[ander],
            slug=catalogus.slugs[ander],
            redenen=[
                f"{woord}: {', '.join(gedeeld)}"
                for sleutel, _, woord in GEDEELD
                if (gedeeld := [x for x, bits in eigen[sleutel] if bits >> ander & 1])
            ],
        )
        for ander in islice(aflopend(score, anderen), MAXIMUM)
    ]
