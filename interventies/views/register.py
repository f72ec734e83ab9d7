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
    context = lijstcontext(request, InterventieFilter(request.GET, stand))
    context["rijen"] = [
        (interventie, interventie.erkenningsstatus(stand.day))
        for interventie in context["page_obj"]
    ]
    return render(request, "interventies/interventie_list.html", context)
