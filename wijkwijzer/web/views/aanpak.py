"""The page of an aanpak: the catalogue, the knowledge and the readers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.detail import aanpakdetails, verantwoording
from aanpakken.keuze import adres
from aanpakken.verwant import verwante_aanpakken
from aanpakken.whole import AanpakDocument
from kennisdossier.kennis import kennis
from wijkwijzer.core.paden import pad
from wijkwijzer.delen.schema import schema
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def aanpak(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, aanpak: AanpakDocument) -> HttpResponse:
        context = aanpakdetails(stand, aanpak) | verantwoording(stand, aanpak)
        context |= {
            "erbij": kennis(stand).erbij(aanpak),
            "markeer": kennis(stand).begrippen.markering(),
            "verwant": verwante_aanpakken(stand, aanpak),
            "verwijzing": verwijzing(request, stand, aanpak),
            "schema": schema(request, stand, aanpak),
            "vergelijk_url": pad("aanpakken:vergelijken") + adres([aanpak.slug]),
            "selectie_url": pad("selectie") + adres([aanpak.slug]),
        }
        return render(request, "aanpakken/aanpak_detail.html", context)

    return show_or_refer(request, AanpakDocument, slug, toon)
