"""The page of a dossier, with what readers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.dossierdelen import artikelen, dossierdelen
from kennisdossier.whole import DossierDocument
from wijkwijzer.deelname.mail import bereikbaar
from wijkwijzer.deelname.weergave import reacties_op
from wijkwijzer.delen.schema import schema
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, dossier: DossierDocument) -> HttpResponse:
        context = dossierdelen(stand, dossier) | artikelen(stand, dossier)
        context |= {
            "verwijzing": verwijzing(request, stand, dossier),
            "schema": schema(request, stand, dossier),
            "bereikbaar": bereikbaar(dossier.contactpunten),
            "reacties": reacties_op(dossier),
        }
        return render(request, "kennisdossier/dossier_detail.html", context)

    return show_or_refer(request, DossierDocument, slug, toon)
