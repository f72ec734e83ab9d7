"""Rate something; the browser remembers that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import StemForm
from wijkwijzer.deelname.formulierpagina import (
    bij_onderwerp,
    doe,
    formulierpagina,
    is_bedankt,
    lees,
    naar_bedankt,
    rij_van,
)
from wijkwijzer.deelname.models import Stem
from wijkwijzer.deelname.spam import afzender_van, hash_van

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KIEZER = f"{'__Secure-' if settings.HTTPS else ''}kiezer"
EEN_JAAR = 365 * 24 * 3600


@formulierpagina(StemForm)
def waarderen(request: HttpRequest, soort: str, slug: str) -> HttpResponse:
    def toon(onderwerp: Any) -> HttpResponse:
        context: dict[str, Any] = {"onderwerp": onderwerp, "soort": soort}
        if is_bedankt(request):
            return render(request, "deelname/bedankt_stem.html", context)
        form = lees(request, StemForm)
        geheim = request.COOKIES.get(KIEZER, "")
        if form.is_bound and form.is_valid():
            # Of the form: two clicks of a browser without the cookie are one voter.
            geheim = geheim or hash_van("geheim", form.sleutel_uuid)
        if doe(
            form,
            lambda: actions.geef_stem(
                onderwerp=rij_van(onderwerp),
                waarde=form.cleaned_data["waarde"],
                kiezer=actions.kiezer_van(rij_van(onderwerp), geheim),
                sleutel=form.sleutel_uuid,
                afzender=afzender_van(request),
            ),
        ):
            return _met_kiezer(naar_bedankt(request), geheim)
        context |= {
            "form": form,
            "waardering": Stem.objects.over(onderwerp).waardering(),
        }
        return render(request, "deelname/waarderen.html", context, status=form.status)

    return bij_onderwerp(request, "waarderen", soort, slug, toon)


def _met_kiezer(antwoord: HttpResponse, geheim: str) -> HttpResponse:
    """Let the browser remember who it is, for these pages only."""
    antwoord.set_cookie(
        KIEZER,
        geheim,
        max_age=EEN_JAAR,
        path=reverse("waarderen", args=["x", "x"]).removesuffix("x/x/"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return antwoord
