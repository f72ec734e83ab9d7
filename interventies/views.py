"""Pages of the register: which databank recognised what, when, at which level."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from interventies.catalogus import register
from interventies.filters import InterventieFilter
from interventies.models import Databankvermelding, Erkenning, Interventie
from wijkwijzer.core.lijsten import lijstcontext
from wijkwijzer.core.permalinks import toon_of_verwijs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from interventies.models import Databank, InterventieQuerySet
    from wijkwijzer.core.datums import Deeldatum


@dataclass(frozen=True)
class Gebeurtenis:
    """One point on the timeline of a databank."""

    soort: str
    datum: Deeldatum | None
    object: Erkenning | Databankvermelding


def interventie_list(request: HttpRequest) -> HttpResponse:
    context = lijstcontext(request, InterventieFilter(request.GET, register()), _rijen)
    return render(request, "interventies/interventie_list.html", context)


def _rijen() -> InterventieQuerySet:
    return (
        Interventie.objects.gepubliceerd()
        .with_register()
        .with_erkenningsstatus(timezone.localdate())
        .select_related("aanpak")
    )


def interventie_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(interventie: Interventie) -> HttpResponse:
        context = {
            "interventie": interventie,
            "aanpak": interventie.zichtbare_aanpak(),
            "tijdlijnen": tijdlijnen(interventie),
        }
        return render(request, "interventies/interventie_detail.html", context)

    interventies = (
        Interventie.objects.with_register()
        .with_erkenningsstatus(timezone.localdate())
        .select_related("aanpak")
    )
    return toon_of_verwijs(request, interventies, slug, toon)


def tijdlijnen(interventie: Interventie) -> list[tuple[Databank, list[Gebeurtenis]]]:
    """Per databank what happened, oldest first; what has no date comes last.

    A listing has no date of its own: the date of the page only says when it was seen.
    """
    per_databank: dict[Databank, list[Gebeurtenis]] = defaultdict(list)
    for erkenning in interventie.erkenningen.all():
        per_databank[erkenning.databank].append(
            Gebeurtenis("erkenning", erkenning.datum, erkenning)
        )
    for vermelding in interventie.vermeldingen.all():
        per_databank[vermelding.databank].append(
            Gebeurtenis("vermelding", None, vermelding)
        )
    return [
        (databank, sorted(lijst, key=lambda g: (g.datum is None, str(g.datum))))
        for databank, lijst in sorted(
            per_databank.items(), key=lambda paar: paar[0].volgorde
        )
    ]
