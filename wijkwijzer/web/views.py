"""Home, the pages about the site, permalinks and error pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.filters import AanpakFilter
from aanpakken.models import Aanpak, Criterium, Reflectiethema
from aanpakken.views import kaarten, lagen_met_actoren, met_aantal
from interventies.catalogus import NIVEAU_ONBEKEND, niveauwaarden, register
from interventies.models import Databank, Interventie, Niveau
from kennisdossier.catalogus import kennis
from kennisdossier.models import Praktijkvoorbeeld
from wijkwijzer.core.catalogusversie import huidige_versie
from wijkwijzer.core.lijsten import objecten
from wijkwijzer.core.models import Bron, Publiceerbaar
from wijkwijzer.core.permalinks import verdwenen

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from aanpakken.catalogus import Catalogus
    from wijkwijzer.core.facetten import Facettenindex

RECENT = 3

# Which kinds of record have a permanent address, by their name in it.
PERMALINKS: dict[str, type[Publiceerbaar]] = {
    "aanpak": Aanpak,
    "interventie": Interventie,
    "praktijkvoorbeeld": Praktijkvoorbeeld,
}


def home(request: HttpRequest) -> HttpResponse:
    # Read once: every index that is asked without it, asks for it.
    versie = huidige_versie()
    index = catalogus(versie)
    recent = [index.pks[positie] for positie in index.recent[:RECENT]]
    facetten = {
        f.sleutel: f for f in AanpakFilter(request.GET.__class__(), index).facetten()
    }
    stand = kennis(versie)
    context = {
        "aantal_aanpakken": len(index.pks),
        "cijfers": _cijfers(index, register(versie)),
        "themas": met_aantal(Reflectiethema.objects.all(), "thema", index),
        "lagen": lagen_met_actoren(index),
        "doelgroepen": [o for o in facetten["doelgroep"].opties if o.aantal],
        "recent": objecten(index, recent, kaarten),
        "aantal_dossiers": len(stand.dossiers),
        "aantal_voorbeelden": len(stand.voorbeelden.pks),
        "aantal_begrippen": len(stand.begrippen.termen),
    }
    return render(request, "web/home.html", context)


def _cijfers(
    index: Catalogus, interventies: Facettenindex
) -> list[tuple[int, str, str]]:
    """What there is: a number, its words, and the page where it can be seen."""
    lijst = reverse("aanpakken:list")
    bekend = [w.slug for w in niveauwaarden() if w != NIVEAU_ONBEKEND]
    met_niveau = index.facetten["niveau"].een_van(bekend).bit_count()
    query = "&".join(f"niveau={slug}" for slug in bekend)
    return [
        (len(index.pks), "aanpakken beschreven", lijst),
        (met_niveau, "daarvan met een niveau van een databank", f"{lijst}?{query}"),
        (
            len(interventies.pks),
            "interventies in het register",
            reverse("interventies:list"),
        ),
        (
            len(index.facetten["actor"].waarden),
            "soorten mensen en organisaties in drie ringen",
            reverse("wie:list"),
        ),
    ]


def over(request: HttpRequest) -> HttpResponse:
    return render(request, "web/over.html", {"aantal_aanpakken": len(catalogus().pks)})


def verantwoording(request: HttpRequest) -> HttpResponse:
    context = {
        "criteria": Criterium.objects.all(),
        "niveaus": Niveau.objects.filter(hoofdniveau=None).prefetch_related("treden"),
        "databanken": Databank.objects.prefetch_related("geldigheidsregels__niveau"),
        "bronnen": Bron.objects.prefetch_related("correcties"),
    }
    return render(request, "web/verantwoording.html", context)


def correcties(request: HttpRequest) -> HttpResponse:
    bronnen = Bron.objects.exclude(correcties=None).prefetch_related("correcties")
    return render(request, "web/correcties.html", {"bronnen": bronnen.distinct()})


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


def permalink(request: HttpRequest, soort: str, uuid: UUID) -> HttpResponse:
    """303 to the page about a record, for ever; 410 when the record was withdrawn."""
    if not (model := PERMALINKS.get(soort)):
        raise Http404(f"no permalinks for {soort!r}")
    instance = model._default_manager.filter(uuid=uuid).first()
    if instance and instance.is_gepubliceerd:
        return HttpResponseRedirect(instance.get_absolute_url(), status=303)
    if instance and instance.is_gearchiveerd:
        return verdwenen(request, instance)
    raise Http404(f"no {soort} {uuid}")
