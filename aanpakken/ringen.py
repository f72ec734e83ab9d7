"""The three rings with who is in them, and the large diagram of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aanpakken.terms import ActorTerm, LaagTerm
from aanpakken.whole import AanpakDocument
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.vocabulary import term_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand


@dataclass(frozen=True)
class Ringactor:
    """Someone in a ring, and in how much they take part.

    ``aantal`` counts the aanpakken where a source names them, ``redactie`` those where
    only an editor does, ``elders`` the records of other kinds that name them.
    """

    actor: ActorTerm
    aantal: int
    redactie: int = 0
    elders: int = 0

    @property
    def doet_mee(self) -> bool:
        """Whether their page has more to tell than their name."""
        return bool(self.aantal or self.redactie or self.elders)


@dataclass(frozen=True)
class Ring:
    """A ring, how many aanpakken it acts in, and who is in it."""

    laag: LaagTerm
    aantal: int
    actoren: list[Ringactor]

    @property
    def afwezig(self) -> list[ActorTerm]:
        """Who is in the ring, but named in nothing that readers see."""
        return [actor.actor for actor in self.actoren if not actor.doet_mee]


def ringen(stand: Stand) -> list[Ring]:
    """The rings, core first; each number is that of the list its link opens."""
    return stand.derived(_ringen)


def _ringen(stand: Stand) -> list[Ring]:
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    aantallen = index.counts({}, index.all)
    return [
        Ring(
            laag,
            aantallen["laag"][laag.slug],
            [
                _ringactor(stand, actor, aantallen["actor"][actor.slug])
                for actor in stand.terms(ActorTerm)
                if actor.laag is laag
            ],
        )
        for laag in stand.terms(LaagTerm)
    ]


def _ringactor(stand: Stand, actor: ActorTerm, aantal: int) -> Ringactor:
    def noemen(geheel: type[Whole]) -> int:
        return stand.mentioning(geheel, [term_mark(actor)]).bit_count()

    return Ringactor(
        actor,
        aantal,
        redactie=noemen(AanpakDocument) - aantal,
        elders=sum(noemen(g) for g in wholes().values() if g is not AanpakDocument),
    )


# The diagram. All measures are in its own units.

MIDDEN = 500
SPAAK_VAN = 206
BUITENLABEL = 449
REGEL = 17
RUIMTE = 260


@dataclass(frozen=True)
class Spaak:
    """One actor in the diagram: its lines of text and how they are turned."""

    actor: Ringactor
    regels: list[tuple[str, int]]
    draai: str
    x: int
    anker: str


@dataclass(frozen=True)
class Randnaam:
    """One actor on the outer ring: the arc that its name follows."""

    actor: Ringactor
    pad: str
    id: str


def teken_ringen(ringen: Sequence[Ring]) -> dict[str, Any] | None:
    """What the template of the diagram draws; None when there are not three rings.

    So it is on a site whose lists are still empty, or that has a ring of its own.
    """
    if len(ringen) != 3:
        return None
    kern, midden, buiten = sorted(ringen, key=lambda ring: ring.laag.volgorde)
    return {
        "kern": kern,
        "midden": midden,
        "buiten": buiten,
        "kernactoren": [
            (actor, 505 + 32 * nummer) for nummer, actor in enumerate(kern.actoren)
        ],
        "spaken": _spaken(midden.actoren),
        "randnamen": _randnamen(buiten.actoren),
    }


def _twee_regels(naam: str, breedte: int = 25) -> list[str]:
    """Break a name at the space nearest to its middle when it is long."""
    if len(naam) <= breedte:
        return [naam]
    plekken = [i for i, teken in enumerate(naam) if teken == " "]
    if not plekken:
        return [naam]
    plek = min(plekken, key=lambda i: abs(i - len(naam) / 2))
    return [naam[:plek], naam[plek + 1 :]]


def _spaken(actoren: Sequence[Ringactor]) -> list[Spaak]:
    """Actors as spokes around the core, all readable from left to right."""
    spaken = []
    stap = 360 / max(len(actoren), 1)
    for nummer, actor in enumerate(actoren):
        hoek = -90 + stap * (nummer + 0.5)
        links = 90 < hoek % 360 < 270
        draai = hoek - 180 if links else hoek
        regels = _twee_regels(actor.actor.naam)
        begin = -(len(regels) - 1) * REGEL / 2 + 5
        spaken.append(
            Spaak(
                actor=actor,
                regels=[
                    (regel, round(begin + i * REGEL)) for i, regel in enumerate(regels)
                ],
                draai=f"{draai:.1f}",
                x=-SPAAK_VAN if links else SPAAK_VAN,
                anker="end" if links else "start",
            )
        )
    return spaken


def _randnamen(actoren: Sequence[Ringactor]) -> list[Randnaam]:
    """Actors along the outer ring, away from its title at the top."""
    namen = []
    stap = RUIMTE / max(len(actoren), 1)
    for nummer, actor in enumerate(actoren):
        hoek = -90 + (360 - RUIMTE) / 2 + stap * (nummer + 0.5)
        onder = 0 < hoek % 360 < 180
        straal = BUITENLABEL + 12 if onder else BUITENLABEL
        half = stap / 2
        van, tot = (hoek + half, hoek - half) if onder else (hoek - half, hoek + half)
        (x1, y1), (x2, y2) = (
            (
                MIDDEN + straal * math.cos(math.radians(h)),
                MIDDEN + straal * math.sin(math.radians(h)),
            )
            for h in (van, tot)
        )
        namen.append(
            Randnaam(
                actor=actor,
                pad=f"M{x1:.0f} {y1:.0f}A{straal} {straal} 0 0 {0 if onder else 1} "
                f"{x2:.0f} {y2:.0f}",
                id=f"boog-{actor.actor.slug}",
            )
        )
    return namen
