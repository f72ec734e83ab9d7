"""The page of a theme, with the aanpakken and the number of examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from aanpakken.terms import ThemaTerm
from aanpakken.themas import aanpakken_van_thema
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def thema(request: HttpRequest, slug: str) -> HttpResponse:
    stand = current_stand()
    if not (thema := stand.vocabulary.get(ThemaTerm, slug)):
        raise Http404(f"no thema {slug!r}")
    voorbeelden = stand.index(PraktijkvoorbeeldDocument, FACETTEN)
    context = {
        "thema": thema,
        "groepen": aanpakken_van_thema(stand, thema),
        "aantal_voorbeelden": voorbeelden.bits("thema", slug).bit_count(),
    }
    return render(request, "themas/thema_detail.html", context)
