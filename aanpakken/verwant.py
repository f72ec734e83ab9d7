"""Which aanpakken are related, and why: what they share, weighed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from aanpakken.whole import AanpakDocument
from wijkwijzer.core.paden import pad
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory.scores import Slices, as_slices, descending, has_score, plus
from wijkwijzer.wholes.permalinks import helps_instead

if TYPE_CHECKING:
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.stand import Stand

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

    def get_absolute_url(self) -> str:
        return pad("aanpakken:detail", self.slug)


def verwante_aanpakken(stand: Stand, aanpak: AanpakDocument) -> list[Verwant]:
    """The most related aanpakken that readers see, with the reasons; no queries.

    Of what readers do not see there are none.
    """
    positie = stand.records(AanpakDocument).of_uuid(aanpak.uuid)
    return [] if positie is None else lijkt_op(stand, aanpak, 1 << positie)


def lijkt_op(stand: Stand, aanpak: AanpakDocument, zelf: int = 0) -> list[Verwant]:
    """What shares most with an aanpak, but for the bitmap ``zelf``; no queries.

    Also of one that was withdrawn: what may help instead.
    """
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    records = stand.records(AanpakDocument)
    score: Slices = []
    eigen: dict[str, list[tuple[str, int]]] = {}
    for sleutel, gewicht, _ in GEDEELD:
        slugs = index.facets[sleutel].values_of(aanpak, stand)
        # In the order of the list, whatever the document's.
        waarden = index.ordered(sleutel, slugs)
        eigen[sleutel] = [(w.label, index.bits(sleutel, w.slug)) for w in waarden]
        for _label, bits in eigen[sleutel]:
            score = plus(score, as_slices(bits, gewicht))
    anderen = has_score(score) & ~zelf
    beste = islice(descending(score, anderen, records.in_order), MAXIMUM)
    return [
        Verwant(
            naam=records[ander].name,
            slug=records[ander].slug,
            redenen=[
                f"{woord}: {', '.join(gedeeld)}"
                for sleutel, _, woord in GEDEELD
                if (gedeeld := [x for x, bits in eigen[sleutel] if bits >> ander & 1])
            ],
        )
        for ander in beste
    ]


def register() -> None:
    helps_instead(AanpakDocument, lijkt_op)
