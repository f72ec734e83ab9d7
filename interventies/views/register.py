"""The register with its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from interventies.facets import InterventieFilter
from wijkwijzer.facets.lists import lijstcontext
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def register(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    filterset = InterventieFilter(request.GET, stand)
    context = lijstcontext(request, filterset)
    context["rijen"] = [
        (interventie, interventie.geldigheid(stand.day))
        for interventie in context["page_obj"]
    ]
    index = filterset.index
    nu = index.any_of("databank", index.waarden("databank")) & index.all
    context["aantal_nu"] = nu.bit_count()
    return render(request, "interventies/interventie_list.html", context)
