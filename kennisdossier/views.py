"""Pages of the kennisdossier: dossiers, begrippen, praktijkvoorbeelden, places."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kennisdossier.catalogus import ONBEKEND, kennis
from kennisdossier.filters import VoorbeeldFilter
from kennisdossier.kaart import BREEDTE, HOOGTE, VORMEN
from kennisdossier.models import (
    Begrip,
    Dossier,
    Gemeente,
    Praktijkvoorbeeld,
    Provincie,
    Wijk,
)
from kennisdossier.opmaak import platte_tekst
from wijkwijzer.core.lijsten import lijstcontext, objecten
from wijkwijzer.core.permalinks import toon_of_verwijs
from wijkwijzer.core.teksten import regels, sorteersleutel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from kennisdossier.models.voorbeelden import PraktijkvoorbeeldQuerySet

# A careful round number: an estimate for the reader, not a measurement.
WOORDEN_PER_MINUUT = 200


def dossier_list(request: HttpRequest) -> HttpResponse:
    stand = kennis()
    context = {
        "dossiers": Dossier.objects.gepubliceerd().with_kaart(),
        "aantal_begrippen": len(stand.begrippen.termen),
        "aantal_voorbeelden": len(stand.voorbeelden.pks),
    }
    return render(request, "kennisdossier/dossier_list.html", context)


def dossier_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(dossier: Dossier) -> HttpResponse:
        stand = kennis()
        markeer = stand.begrippen.markering()
        artikelen = list(dossier.artikelen.all())
        context = {
            "dossier": dossier,
            "artikelen": [(artikel, markeer(artikel.tekst)) for artikel in artikelen],
            "leestijd": leestijd(artikel.tekst for artikel in artikelen),
            "erbij": stand.erbij(dossier),
            "adres": request.build_absolute_uri(dossier.get_absolute_url()),
        }
        return render(request, "kennisdossier/dossier_detail.html", context)

    return toon_of_verwijs(request, Dossier.objects.with_details(), slug, toon)


def dossier_lessen(request: HttpRequest, slug: str) -> HttpResponse:
    """What was learned: effects, what makes it work, tips, what it costs."""
    template = "kennisdossier/dossier_lessen.html"
    return _dossierdeel(request, slug, "lessen", template)


def dossier_vragen(request: HttpRequest, slug: str) -> HttpResponse:
    template = "kennisdossier/dossier_vragen.html"
    return _dossierdeel(request, slug, "vragen", template)


def _dossierdeel(
    request: HttpRequest, slug: str, deel: str, template: str
) -> HttpResponse:
    """A page beside the dossier, of what memory has; Http404 when that is nothing."""

    def toon(dossier: Dossier) -> HttpResponse:
        erbij = kennis().erbij(dossier)
        if not (erbij.vragen if deel == "vragen" else erbij.heeft_lessen):
            raise Http404(f"{slug!r} has no {deel}")
        context = {"dossier": dossier, "erbij": erbij}
        return render(request, template, context)

    def adres(dossier: Dossier) -> str:
        return reverse(f"kennisdossier:{deel}", args=[dossier.slug])

    return toon_of_verwijs(request, Dossier.objects.all(), slug, toon, adres)


def leestijd(teksten: Iterable[str]) -> int:
    """How many minutes reading takes, at least one."""
    woorden = sum(len(platte_tekst(tekst).split()) for tekst in teksten)
    return max(1, ceil(woorden / WOORDEN_PER_MINUUT))


def begrip_list(request: HttpRequest) -> HttpResponse:
    begrippen = sorted(
        Begrip.objects.gepubliceerd(), key=lambda begrip: sorteersleutel(begrip.naam)
    )
    per_letter = [
        (letter, list(groep))
        for letter, groep in groupby(begrippen, lambda begrip: _letter(begrip.naam))
    ]
    context = {"per_letter": per_letter, "aantal": len(begrippen)}
    return render(request, "kennisdossier/begrip_list.html", context)


def _letter(naam: str) -> str:
    """The letter under which a name stands; "0–9" for anything else."""
    letter = sorteersleutel(naam)[:1].upper()
    return letter if "A" <= letter <= "Z" else "0–9"


def begrip_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(begrip: Begrip) -> HttpResponse:
        context = {
            "begrip": begrip,
            "varianten": regels(begrip.varianten),
            "voorbeelden": begrip.voorbeelden.gepubliceerd(),
            "markeer": kennis().begrippen.markering(behalve=begrip.slug),
        }
        return render(request, "kennisdossier/begrip_detail.html", context)

    begrippen = Begrip.objects.select_related("bron").prefetch_related("verwijzingen")
    return toon_of_verwijs(request, begrippen, slug, toon)


def voorbeeld_list(request: HttpRequest) -> HttpResponse:
    filterset = VoorbeeldFilter(request.GET, kennis().voorbeelden)
    context = lijstcontext(request, filterset, _kaarten)
    per_provincie = next(
        facet for facet in context["facetten"] if facet.sleutel == "provincie"
    )
    context["kaart"] = {
        "breedte": BREEDTE,
        "hoogte": HOOGTE,
        "provincies": [
            (
                optie,
                VORMEN[Provincie(optie.waarde)],
                filterset.query(
                    provincie=[] if optie.gekozen else [optie.waarde]
                ).urlencode(),
            )
            for optie in per_provincie.opties
            if optie.waarde != ONBEKEND.slug
        ],
        "onbekend": per_provincie.opties[-1],
        "onbekend_query": filterset.query(provincie=[ONBEKEND.slug]).urlencode(),
    }
    return render(request, "kennisdossier/voorbeeld_list.html", context)


def _kaarten() -> PraktijkvoorbeeldQuerySet:
    return Praktijkvoorbeeld.objects.gepubliceerd().with_kaart()


def voorbeeld_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(voorbeeld: Praktijkvoorbeeld) -> HttpResponse:
        stand = kennis()
        permalink = request.build_absolute_uri(voorbeeld.permalink)
        context = {
            "voorbeeld": voorbeeld,
            "kernfeiten": regels(voorbeeld.kernfeiten),
            "erbij": stand.erbij(voorbeeld),
            "permalink": permalink,
            "citaat": f"WijkWijzer, “{voorbeeld.naam}”, {permalink}",
            "markeer": stand.begrippen.markering(),
        }
        return render(request, "kennisdossier/voorbeeld_detail.html", context)

    return toon_of_verwijs(
        request, Praktijkvoorbeeld.objects.with_details(), slug, toon
    )


def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    plaats = get_object_or_404(Gemeente, slug=slug)
    index = kennis().voorbeelden
    pks = index.pks_van(index.selecteer({"gemeente": [slug]}, index.alle))
    context: dict[str, Any] = {
        "gemeente": plaats,
        "voorbeelden": objecten(index, pks, _kaarten),
        "wijken": plaats.wijken.all(),
        # From elsewhere: what began here is in the list above.
        "uitbreidingen": _kaarten()
        .filter(uitgebreid_naar__gemeente=plaats)
        .exclude(gemeente=plaats)
        .distinct(),
    }
    return render(request, "kennisdossier/gemeente.html", context)


def wijk(request: HttpRequest, gemeente: str, slug: str) -> HttpResponse:
    plaats = get_object_or_404(Wijk, gemeente__slug=gemeente, slug=slug)
    context = {
        "wijk": plaats,
        "voorbeelden": _kaarten().filter(wijk=plaats),
        "uitbreidingen": _kaarten().filter(uitgebreid_naar=plaats),
        "andere": plaats.gemeente.wijken.exclude(pk=plaats.pk),
    }
    return render(request, "kennisdossier/wijk.html", context)
