"""The praktijkvoorbeelden, in a list and on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from kennisdossier.facets import ONBEKEND, VoorbeeldFilter
from kennisdossier.landkaart import BREEDTE, HOOGTE, VORMEN
from kennisdossier.models import Provincie
from wijkwijzer.facets.lists import lijstcontext
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.facets.filters import Optie


def voorbeelden(request: HttpRequest) -> HttpResponse:
    filterset = VoorbeeldFilter(request.GET, current_stand())
    context = lijstcontext(request, filterset)
    per_provincie = next(
        groep for groep in context["facetten"] if groep.sleutel == "provincie"
    )
    context["kaart"] = _kaart(filterset, per_provincie.opties)
    return render(request, "kennisdossier/voorbeeld_list.html", context)


def _kaart(filterset: VoorbeeldFilter, opties: list[Optie]) -> dict[str, Any]:
    """The map: per province its outline, and the address that chooses it."""
    return {
        "breedte": BREEDTE,
        "hoogte": HOOGTE,
        "provincies": [
            (
                optie,
                VORMEN[Provincie(optie.waarde)],
                filterset.query(
                    provincie=[] if optie.gekozen else [optie.waarde]
                ).urlencode(),
            )
            for optie in opties
            if optie.waarde != ONBEKEND.slug
        ],
        "onbekend": opties[-1],
        "onbekend_query": filterset.query(provincie=[ONBEKEND.slug]).urlencode(),
    }
