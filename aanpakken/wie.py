"""What an actor does: in which aanpakken, in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanpakken.whole import AanpakDocument, UitvoeringPart
from wijkwijzer.wholes.vocabulary import term_mark

if TYPE_CHECKING:
    from aanpakken.terms import ActorTerm
    from wijkwijzer.wholes.stand import Stand


def uitvoeringen_van(
    stand: Stand, actor: ActorTerm
) -> list[tuple[AanpakDocument, UitvoeringPart]]:
    """Every role of an actor, also those that an editor adds, by name of the aanpak."""
    bits = stand.mentioning(AanpakDocument, [term_mark(actor)])
    posities = stand.records(AanpakDocument).in_order(bits)
    return [
        (aanpak, uitvoering)
        for aanpak in stand.documents(AanpakDocument, posities)
        for uitvoering in aanpak.uitvoeringen
        if uitvoering.actor is actor
    ]
