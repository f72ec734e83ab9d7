"""Pages of the catalogue: list, detail, themes and rings."""

from __future__ import annotations

from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.documenten import document
from aanpakken.filters import AanpakFilter
from aanpakken.keuze import adres
from aanpakken.models import (
    Aanpak,
    Actor,
    Actorlaag,
    Basis,
    Doelgroeprol,
    Feitsoort,
    Reflectiethema,
    Themakoppeling,
    Uitvoering,
)
from aanpakken.verwant import verwante_aanpakken
from wijkwijzer.core.lijsten import lijstcontext
from wijkwijzer.core.permalinks import toon_of_verwijs
from wijkwijzer.core.teksten import regels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from aanpakken.catalogus import Catalogus
    from aanpakken.models import AanpakQuerySet
    from wijkwijzer.search.uitleg import Markering


def aanpak_list(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, catalogus())
    context = lijstcontext(request, filterset, kaarten)
    context["leeftijd"] = filterset.form.cleaned_data.get("leeftijd")
    context["filterset"] = filterset
    if filterset.vraag:
        markering = filterset.markering()
        context["page_obj"].object_list = [
            _met_uitleg(aanpak, markering) for aanpak in context["page_obj"]
        ]
    return render(request, "aanpakken/aanpak_list.html", context)


def kaarten() -> AanpakQuerySet:
    """What the cards of a page are made of; records are kept per function."""
    return Aanpak.objects.gepubliceerd().with_kaart()


def _met_uitleg(aanpak: Aanpak, markering: Markering) -> Aanpak:
    """A copy that says why it was found: the original is kept for all readers."""
    kopie = copy(aanpak)
    kopie.uitleg = markering.leg_uit(document(aanpak))  # type: ignore[attr-defined]
    return kopie


def aanpak_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(aanpak: Aanpak) -> HttpResponse:
        context = _detailcontext(request, aanpak) | aanpakdetails(aanpak)
        return render(request, "aanpakken/aanpak_detail.html", context)

    return toon_of_verwijs(request, Aanpak.objects.with_details(), slug, toon)


def aanpakdetails(aanpak: Aanpak) -> dict[str, Any]:
    """All that is told of one aanpak; it needs ``with_details()``."""
    interventie = aanpak.zichtbare_interventie
    doelgroepen = list(aanpak.doelgroepkoppelingen.all())
    return {
        "aanpak": aanpak,
        "interventie": interventie,
        "erkenning": interventie.sterkste_erkenning() if interventie else None,
        "doelen": regels(aanpak.doel),
        "naamvarianten": regels(aanpak.naamvarianten),
        "correcties": regels(aanpak.correcties),
        "primair": [d for d in doelgroepen if d.rol == Doelgroeprol.PRIMAIR],
        "andere_doelgroepen": [d for d in doelgroepen if d.rol != Doelgroeprol.PRIMAIR],
        "per_laag": [
            (laag, list(groep))
            for laag, groep in groupby(aanpak.uitvoeringen.all(), lambda u: u.laag)
        ],
        "duur": aanpak.feiten_van(Feitsoort.DUUR),
        "groepsgrootte": aanpak.feiten_van(Feitsoort.GROEPSGROOTTE),
        "kosten": aanpak.feiten_van(Feitsoort.KOSTEN),
        "frequentie": aanpak.feiten_van(Feitsoort.FREQUENTIE),
        "erkenningsfeiten": aanpak.feiten_van(Feitsoort.ERKENNING),
        "overige_feiten": aanpak.feiten_van(Feitsoort.OVERIG),
    }


def _detailcontext(request: HttpRequest, aanpak: Aanpak) -> dict[str, Any]:
    permalink = request.build_absolute_uri(aanpak.permalink)
    versie: int = aanpak.catalogusversie  # type: ignore[attr-defined]  # with_details()
    return {
        "permalink": permalink,
        "verwant": verwante_aanpakken(catalogus(versie), aanpak.pk),
        "vergelijk_url": reverse("aanpakken:vergelijken") + adres([aanpak.slug]),
        "selectie_url": reverse("selectie") + adres([aanpak.slug]),
        "citaat": f"WijkWijzer, “{aanpak.naam}”, {permalink}",
    }


def thema_list(request: HttpRequest) -> HttpResponse:
    themas = met_aantal(Reflectiethema.objects.all(), "thema")
    return render(request, "themas/thema_list.html", {"themas": themas})


def thema_detail(request: HttpRequest, slug: str) -> HttpResponse:
    thema = get_object_or_404(Reflectiethema, slug=slug)
    koppelingen = (
        Themakoppeling.objects.filter(
            thema=thema, aanpak__in=Aanpak.objects.gepubliceerd()
        )
        .order_by("sterkte", "pk")
        .prefetch_related(_gepubliceerde_aanpak())
    )
    context = {
        "thema": thema,
        "expliciet": [k for k in koppelingen if k.basis == Basis.EXPLICIET],
        "redactioneel": [k for k in koppelingen if k.basis == Basis.REDACTIONEEL],
    }
    return render(request, "themas/thema_detail.html", context)


def actor_list(request: HttpRequest) -> HttpResponse:
    return render(request, "wie/actor_list.html", {"lagen": lagen_met_actoren()})


def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.select_related("laag"), slug=slug)
    uitvoeringen = Uitvoering.objects.filter(
        actor=actor, aanpak__in=Aanpak.objects.gepubliceerd()
    ).prefetch_related(_gepubliceerde_aanpak())
    context = {
        "actor": actor,
        "uitvoeringen": uitvoeringen.order_by("aanpak__naam", "volgorde"),
        "dwars": Actor.objects.filter(laag=actor.laag).exclude(pk=actor.pk),
    }
    return render(request, "wie/actor_detail.html", context)


def lagen_met_actoren(index: Catalogus | None = None) -> list[Actorlaag]:
    """The rings, core first, with their actors and how many aanpakken each has."""
    index = index or catalogus()
    lagen = met_aantal(
        Actorlaag.objects.prefetch_related(
            "richtvragen", Prefetch("actoren", to_attr="actoren_lijst")
        ),
        "laag",
        index,
    )
    actoren = [actor for laag in lagen for actor in laag.actoren_lijst]
    met_aantal(actoren, "actor", index)
    return lagen


def met_aantal(
    termen: Iterable[Any], sleutel: str, index: Catalogus | None = None
) -> list[Any]:
    """The terms, each with ``aantal``: the number that its filter leads to.

    ``index``: the catalogue, for who has it already; each ask costs a query.
    """
    index = index or catalogus()
    tellingen = index.tellingen({}, index.alle)[sleutel]
    termen = list(termen)
    for term in termen:
        term.aantal = tellingen[term.slug]
    return termen


def _gepubliceerde_aanpak() -> Prefetch[Any]:
    return Prefetch("aanpak", Aanpak.objects.gepubliceerd().with_kaart())
