"""Parts of pages for in a frame, made with the templates of those pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.kaarten import gegroepeerd
from aanpakken.matrix import maak_matrix
from aanpakken.matrixbeeld import rangen, tabel
from aanpakken.ringen import ringen, teken_ringen
from aanpakken.whole import AanpakDocument
from interventies.facets import hoofdniveaus
from kennisdossier.kennis import kennis
from kennisdossier.plaatsen import in_gemeente
from kennisdossier.terms import GemeenteTerm
from kennisdossier.whole import BegripDocument
from wijkwijzer.delen import insluiting
from wijkwijzer.delen.kleuren import SCHEMA, kleurblad
from wijkwijzer.delen.koppen import insluitbaar
from wijkwijzer.facets.lists import lijstcontext
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import show_or_refer, show_term_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wijkwijzer.delen.insluiting import Insluiting
    from wijkwijzer.wholes.stand import Stand

INGETROKKEN = "delen/embed/ingetrokken.html"


def _toon(
    request: HttpRequest, template: str, van: Insluiting, context: dict[str, Any]
) -> HttpResponse:
    eigen = {
        "titel": van.titel,
        "bron": van.bron,
        "canoniek": request.build_absolute_uri(van.pagina),
    }
    return render(request, template, context | eigen)


@insluitbaar
def aanpak(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, aanpak: AanpakDocument) -> HttpResponse:
        van = insluiting.van_aanpak(aanpak)
        return _toon(request, "delen/embed/aanpak.html", van, {"aanpak": aanpak})

    return show_or_refer(
        request,
        AanpakDocument,
        slug,
        toon,
        address=lambda aanpak: reverse("embed:aanpak", args=[aanpak.slug]),
        template=INGETROKKEN,
    )


@insluitbaar
def aanpakken(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, current_stand())
    context = lijstcontext(request, filterset)
    context |= {
        "groepen": gegroepeerd(filterset, context["page_obj"]),
        "filterset": filterset,
    }
    van = insluiting.van_aanpakken(filterset)
    return _toon(request, "delen/embed/aanpakken.html", van, context)


@insluitbaar
def matrix(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    filterset = AanpakFilter(request.GET, stand)
    matrix = maak_matrix(filterset, request.GET)
    context = tabel(matrix, rangen(niveau.naam for niveau in hoofdniveaus(stand)))
    context |= {
        "chips": filterset.chips(),
        "meldingen": [*filterset.meldingen(), *matrix.meldingen],
    }
    van = insluiting.van_matrix(filterset, matrix.rij, matrix.kolom)
    return _toon(request, "delen/embed/matrix.html", van, context)


@insluitbaar
def wie(request: HttpRequest) -> HttpResponse:
    alle = ringen(current_stand())
    context = {"ringen": alle, "diagram": teken_ringen(alle)}
    return _toon(request, "delen/embed/wie.html", insluiting.van_ringen(), context)


@insluitbaar
def begrip(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, begrip: BegripDocument) -> HttpResponse:
        markeer = kennis(stand).begrippen.markering(behalve=begrip.slug)
        context = {"begrip": begrip, "markeer": markeer}
        return _toon(
            request, "delen/embed/begrip.html", insluiting.van_begrip(begrip), context
        )

    return show_or_refer(
        request,
        BegripDocument,
        slug,
        toon,
        address=lambda begrip: reverse("embed:begrip", args=[begrip.slug]),
        template=INGETROKKEN,
    )


@insluitbaar
def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, plaats: GemeenteTerm) -> HttpResponse:
        return _toon(
            request,
            "delen/embed/gemeente.html",
            insluiting.van_gemeente(plaats),
            in_gemeente(stand, plaats),
        )

    return show_term_or_refer(
        request,
        GemeenteTerm,
        slug,
        toon,
        lambda plaats: reverse("embed:gemeente", args=[plaats.slug]),
    )


def kleuren(request: HttpRequest, kleur: str) -> HttpResponse:
    """The stylesheet of an embed that is always light, or always dark."""
    if kleur not in SCHEMA:
        raise Http404(f"no colours called {kleur!r}")
    return HttpResponse(kleurblad(kleur), content_type="text/css; charset=utf-8")
