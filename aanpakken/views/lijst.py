"""The catalogue with its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.facets import AanpakFilter
from aanpakken.kaarten import gegroepeerd
from aanpakken.leeftijdvraag import gerichter
from wijkwijzer.facets.lists import lijstcontext
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def lijst(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, current_stand())
    context = lijstcontext(request, filterset)
    context |= {
        "groepen": gegroepeerd(filterset, context["page_obj"]),
        "leeftijd": filterset.form.cleaned_data.get("leeftijd"),
        "filterset": filterset,
        "gerichter": gerichter(filterset),
    }
    return render(request, "aanpakken/aanpak_list.html", context)
