"""What an actor does: in which aanpakken, in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanpakken.whole import AanpakDocument, UitvoeringPart
from wijkwijzer.facets.declaration import FACETTEN

if TYPE_CHECKING:
    from aanpakken.terms import ActorTerm
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.stand import Stand


def uitvoeringen_van(
    stand: Stand, actor: ActorTerm
) -> list[tuple[AanpakDocument, UitvoeringPart]]:
    """Every role of an actor, by the name of the aanpak."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    posities = index.records.in_order(index.bits("actor", actor.slug))
    return [
        (aanpak, uitvoering)
        for aanpak in stand.documents(AanpakDocument, posities)
        for uitvoering in aanpak.uitvoeringen
        if uitvoering.actor is actor
    ]
