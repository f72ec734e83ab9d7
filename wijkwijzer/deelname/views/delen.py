"""Share a praktijkvoorbeeld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.forms import VoorbeeldForm
from wijkwijzer.deelname.formulierpagina import (
    doe,
    formulierpagina,
    is_bedankt,
    lees,
    naar_bedankt,
)
from wijkwijzer.deelname.spam import afzender_van

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@formulierpagina(VoorbeeldForm)
def praktijkvoorbeeld_delen(request: HttpRequest) -> HttpResponse:
    if is_bedankt(request):
        return render(request, "deelname/bedankt_voorbeeld.html")
    form = lees(request, VoorbeeldForm)
    if doe(
        form,
        lambda: actions.deel_voorbeeld(
            naam_voorbeeld=form.cleaned_data["naam_voorbeeld"],
            plaats=form.cleaned_data["plaats"],
            omschrijving=form.cleaned_data["omschrijving"],
            link=form.cleaned_data["link"],
            aanpak=form.cleaned_data.get("aanpak"),
            naam=form.cleaned_data["naam"],
            email=form.cleaned_data["email"],
            sleutel=form.sleutel_uuid,
            afzender=afzender_van(request),
        ),
    ):
        return naar_bedankt(request)
    context = {"form": form}
    return render(request, "deelname/delen.html", context, status=form.status)
