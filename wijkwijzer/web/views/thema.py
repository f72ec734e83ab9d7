"""The page of a theme, with the aanpakken and the number of examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.terms import ThemaTerm
from aanpakken.themas import aanpakken_van_thema
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.permalinks import show_term_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def thema(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, thema: ThemaTerm) -> HttpResponse:
        voorbeelden = stand.index(PraktijkvoorbeeldDocument, FACETTEN)
        context = {
            "thema": thema,
            "groepen": aanpakken_van_thema(stand, thema),
            "aantal_voorbeelden": voorbeelden.bits("thema", slug).bit_count(),
        }
        return render(request, "themas/thema_detail.html", context)

    return show_term_or_refer(
        request, ThemaTerm, slug, toon, ThemaTerm.get_absolute_url
    )
