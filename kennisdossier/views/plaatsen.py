"""What happens in a gemeente or a wijk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.wholes.permalinks import show_term_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, plaats: GemeenteTerm) -> HttpResponse:
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

    return show_term_or_refer(
        request, GemeenteTerm, slug, toon, GemeenteTerm.get_absolute_url
    )


def wijk(request: HttpRequest, gemeente: str, slug: str) -> HttpResponse:
    def toon(stand: Stand, plaats: WijkTerm) -> HttpResponse:
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

    return show_term_or_refer(
        request, WijkTerm, f"{gemeente}/{slug}", toon, WijkTerm.get_absolute_url
    )
