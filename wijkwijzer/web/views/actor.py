"""The page of an actor: what they do, and what to pay attention to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from aanpakken.models import Basis
from aanpakken.terms import ActorTerm
from aanpakken.wie import uitvoeringen_van
from kennisdossier.kennis import kennis
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# The actor that the points of attention are written for.
GEMEENTE = "gemeente"


def actor(request: HttpRequest, slug: str) -> HttpResponse:
    stand = current_stand()
    if not (actor := stand.vocabulary.get(ActorTerm, slug)):
        raise Http404(f"no actor {slug!r}")
    uitvoeringen = uitvoeringen_van(stand, actor)
    context = {
        "actor": actor,
        "volgens_bron": [u for u in uitvoeringen if u[1].basis == Basis.EXPLICIET],
        "volgens_redactie": [u for u in uitvoeringen if u[1].basis != Basis.EXPLICIET],
        "dwars": [
            ander
            for ander in stand.terms(ActorTerm)
            if ander.laag is actor.laag and ander is not actor
        ],
        "punten": kennis(stand).aandachtspunten() if slug == GEMEENTE else [],
    }
    return render(request, "wie/actor_detail.html", context)
