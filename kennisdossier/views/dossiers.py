"""The dossiers, and the pages beside each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from kennisdossier.dossierdelen import dossierdelen, heeft_lessen
from kennisdossier.kennis import kennis
from kennisdossier.whole import DossierDocument, PraktijkvoorbeeldDocument
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def dossiers(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    stand_van_kennis = kennis(stand)
    context = {
        "dossiers": stand_van_kennis.dossiers,
        "aantal_begrippen": len(stand_van_kennis.begrippen.termen),
        "aantal_voorbeelden": len(stand.records(PraktijkvoorbeeldDocument)),
    }
    return render(request, "kennisdossier/dossier_list.html", context)


def lessen(request: HttpRequest, slug: str) -> HttpResponse:
    """What was learned: effects, what makes it work, tips, what it costs."""
    return _naast_dossier(request, slug, "lessen", "kennisdossier/dossier_lessen.html")


def vragen(request: HttpRequest, slug: str) -> HttpResponse:
    return _naast_dossier(request, slug, "vragen", "kennisdossier/dossier_vragen.html")


def _naast_dossier(
    request: HttpRequest, slug: str, deel: str, template: str
) -> HttpResponse:
    """A page beside the dossier; Http404 when there is nothing to show on it."""

    def toon(stand: Stand, dossier: DossierDocument) -> HttpResponse:
        context: dict[str, Any] = dossierdelen(stand, dossier)
        if not (dossier.vragen if deel == "vragen" else heeft_lessen(context)):
            raise Http404(f"{slug!r} has no {deel}")
        return render(request, template, context)

    def adres(dossier: DossierDocument) -> str:
        return reverse(f"kennisdossier:{deel}", args=[dossier.slug])

    return show_or_refer(request, DossierDocument, slug, toon, adres)
