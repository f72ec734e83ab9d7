"""The page of an actor: what they can do, and what to pay attention to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.ringen import ringen
from aanpakken.terms import ActorTerm
from aanpakken.wie import rollen_van
from kennisdossier.kennis import Verwijzing, kennis
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.wholes.permalinks import show_term_or_refer
from wijkwijzer.wholes.vocabulary import term_mark

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand

# The actor that the points of attention are written for.
GEMEENTE = "gemeente"


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, actor: ActorTerm) -> HttpResponse:
        voorbeelden = _voorbeelden(stand, actor)
        (ring,) = (ring for ring in ringen(stand) if ring.laag is actor.laag)
        context = {
            "actor": actor,
            "rollen": rollen_van(stand, actor),
            "voorbeelden": voorbeelden,
            "dossiers": _dossiers(stand, voorbeelden),
            "ring": ring,
            "dwars": [a for a in ring.actoren if a.doet_mee and a.actor is not actor],
            "punten": kennis(stand).aandachtspunten() if slug == GEMEENTE else [],
        }
        return render(request, "wie/actor_detail.html", context)

    return show_term_or_refer(
        request, ActorTerm, slug, toon, ActorTerm.get_absolute_url
    )


def _voorbeelden(stand: Stand, actor: ActorTerm) -> list[PraktijkvoorbeeldDocument]:
    """The examples whose source names an actor, by name."""
    bits = stand.mentioning(PraktijkvoorbeeldDocument, [term_mark(actor)])
    posities = stand.records(PraktijkvoorbeeldDocument).in_order(bits)
    return stand.documents(PraktijkvoorbeeldDocument, posities)


def _dossiers(
    stand: Stand, voorbeelden: list[PraktijkvoorbeeldDocument]
) -> list[Verwijzing]:
    """Where the knowledge tells of these examples: each dossier once."""
    erover = kennis(stand)
    gevonden = [d for v in voorbeelden for d in erover.erbij(v).dossiers]
    return [*{verwijzing.titel: verwijzing for verwijzing in gevonden}.values()]
