"""What happens in a gemeente or a wijk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.plaatsen import in_gemeente, per_provincie
from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import refer, show_term_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def gemeenten(request: HttpRequest) -> HttpResponse:
    groepen = per_provincie(current_stand())
    context = {
        "provincies": groepen,
        "aantal": sum(len(groep) for _, groep in groepen),
        "woorden": [gemeente for _, groep in groepen for gemeente, _ in groep],
    }
    return render(request, "kennisdossier/gemeente_list.html", context)


def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, plaats: GemeenteTerm) -> HttpResponse:
        context = in_gemeente(stand, plaats)
        return render(request, "kennisdossier/gemeente.html", context)

    return show_term_or_refer(
        request, GemeenteTerm, slug, toon, GemeenteTerm.get_absolute_url
    )


def vroegere_gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the page of a gemeente was at first: 301, for ever."""

    def verwijs(stand: Stand, plaats: GemeenteTerm) -> HttpResponse:
        return refer(request, plaats.get_absolute_url())

    return show_term_or_refer(
        request, GemeenteTerm, slug, verwijs, GemeenteTerm.get_absolute_url
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
