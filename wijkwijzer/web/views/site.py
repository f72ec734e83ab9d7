"""The pages about the site itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

from aanpakken.detail import aanpakken_met_correcties
from aanpakken.terms import CriteriumTerm
from aanpakken.whole import AanpakDocument
from interventies.facets import hoofdniveaus
from interventies.terms import DatabankTerm, NiveauTerm
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.terms import BronTerm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def over(request: HttpRequest) -> HttpResponse:
    aantal = len(current_stand().records(AanpakDocument))
    return render(request, "web/over.html", {"aantal_aanpakken": aantal})


def verantwoording(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    context = {
        "criteria": stand.terms(CriteriumTerm),
        "niveaus": [
            (niveau, [t for t in stand.terms(NiveauTerm) if t.hoofdniveau is niveau])
            for niveau in reversed(hoofdniveaus(stand))
        ],
        "databanken": stand.terms(DatabankTerm),
        "bronnen": stand.terms(BronTerm),
    }
    return render(request, "web/verantwoording.html", context)


def correcties(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    context = {
        "bronnen": [bron for bron in stand.terms(BronTerm) if bron.correcties],
        "aanpakken": aanpakken_met_correcties(stand),
    }
    return render(request, "web/correcties.html", context)


def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    return render(request, "web/toegankelijkheid.html", {"beheerder": _beheerder()})


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html", {"beheerder": _beheerder()})


def _beheerder() -> dict[str, str]:
    """Who runs this site; an empty value has not been filled in."""
    return {
        "naam": settings.BEHEERDER_NAAM,
        "email": settings.BEHEERDER_EMAIL,
        "url": settings.BEHEERDER_URL,
    }
