"""Up to four aanpakken side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from aanpakken.keuze import adres, anderen, lees_keuze, met_adressen
from aanpakken.vergelijken import MAXIMUM, vergelijk
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def vergelijken(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    keuze = lees_keuze(request.GET, MAXIMUM, stand)
    rijen = vergelijk(keuze.aanpakken) if len(keuze.aanpakken) > 1 else []
    namen = [aanpak.naam for aanpak in keuze.aanpakken]
    vraag = adres(keuze.slugs, keuze.redenen)
    context = {
        "aanpakken": met_adressen(keuze),
        "rijen": [(r, list(zip(namen, r.cellen, strict=True))) for r in rijen],
        "aantal_verschillen": sum(rij.oordeel == "verschilt" for rij in rijen),
        "meldingen": keuze.meldingen,
        "kan_erbij": len(keuze.aanpakken) < MAXIMUM,
        "anderen": anderen(stand, keuze.slugs),
        "selectie_url": reverse("selectie") + vraag,
        "deel_url": request.build_absolute_uri(request.path + vraag),
        # Beside the page, with the same question: wijkwijzer.publicatie.
        "meeneem_vraag": vraag,
    }
    return render(request, "aanpakken/vergelijken.html", context)
