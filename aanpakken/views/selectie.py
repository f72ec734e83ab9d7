"""A selection to share, and the brochure of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from aanpakken.detail import aanpakdetails
from aanpakken.keuze import (
    MAX_SELECTIE,
    MAX_WAAROM,
    adres,
    anderen,
    lees_keuze,
    met_adressen,
)
from aanpakken.vergelijken import MAXIMUM as MAX_VERGELIJKEN
from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_TITEL = 80
BROCHURE = "brochure"


def selectie(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAX_SELECTIE, stand)
    titel = een_regel(lees_waarde(request.GET, "titel"), MAX_TITEL)
    selectie_url = adres(keuze.slugs, keuze.redenen, titel=titel)
    if lees_waarde(request.GET, "als") == BROCHURE and keuze.aanpakken:
        context = {
            "titel": titel,
            "bladen": [
                aanpakdetails(stand, aanpak)
                | {
                    "permalink": request.build_absolute_uri(aanpak.permalink),
                    "reden": keuze.redenen.get(aanpak.slug, ""),
                }
                for aanpak in keuze.aanpakken
            ],
            "datum": timezone.localdate(),
            "selectie_url": request.path + selectie_url,
            "deel_url": request.build_absolute_uri(request.path + selectie_url),
        }
        return render(request, "aanpakken/brochure.html", context)
    context = {
        "aanpakken": met_adressen(keuze, titel=titel),
        "titel": titel,
        "meldingen": keuze.meldingen,
        "anderen": anderen(stand, keuze.slugs),
        "kan_erbij": len(keuze.aanpakken) < MAX_SELECTIE,
        "vergelijk_url": reverse("aanpakken:vergelijken")
        + adres(keuze.slugs[:MAX_VERGELIJKEN], keuze.redenen),
        "max_vergelijken": MAX_VERGELIJKEN,
        "brochure_url": adres(keuze.slugs, keuze.redenen, titel=titel, als=BROCHURE),
        "max_titel": MAX_TITEL,
        "max_waarom": MAX_WAAROM,
        "selectie_url": selectie_url,
        "deel_url": request.build_absolute_uri(request.path + selectie_url),
    }
    return render(request, "aanpakken/selectie.html", context)
