"""What happens in a gemeente or a wijk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    stand = current_stand()
    if not (plaats := stand.vocabulary.get(GemeenteTerm, slug)):
        raise Http404(f"no gemeente {slug!r}")
    voorbeelden = stand.all(PraktijkvoorbeeldDocument)
    context = {
        "gemeente": plaats,
        "voorbeelden": [v for v in voorbeelden if v.gemeente is plaats],
        "wijken": [w for w in stand.terms(WijkTerm) if w.gemeente is plaats],
        # From elsewhere: what began here is in the list above.
        "uitbreidingen": [
            voorbeeld
            for voorbeeld in voorbeelden
            if voorbeeld.gemeente is not plaats
            and any(wijk.gemeente is plaats for wijk in voorbeeld.uitgebreid_naar)
        ],
    }
    return render(request, "kennisdossier/gemeente.html", context)


def wijk(request: HttpRequest, gemeente: str, slug: str) -> HttpResponse:
    stand = current_stand()
    if not (plaats := stand.vocabulary.get(WijkTerm, f"{gemeente}/{slug}")):
        raise Http404(f"no wijk {slug!r} in {gemeente!r}")
    voorbeelden = stand.all(PraktijkvoorbeeldDocument)
    context = {
        "wijk": plaats,
        "voorbeelden": [v for v in voorbeelden if v.wijk is plaats],
        "uitbreidingen": [v for v in voorbeelden if plaats in v.uitgebreid_naar],
        "andere": [
            ander
            for ander in stand.terms(WijkTerm)
            if ander.gemeente is plaats.gemeente and ander is not plaats
        ],
    }
    return render(request, "kennisdossier/wijk.html", context)
