"""The components with realistic content, for developers: only with DEBUG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import render

from aanpakken.catalogus import catalogus
from aanpakken.documenten import document
from aanpakken.filters import AanpakFilter
from aanpakken.models import Aanpak, Reflectiethema
from aanpakken.views import lagen_met_actoren, met_aantal
from interventies.models import Interventie, Niveau
from interventies.views import tijdlijnen
from kennisdossier.forms import ReactieForm
from kennisdossier.models import Praktijkvoorbeeld

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LANGE_NAAM = (
    "Interdisciplinaire buurtbemiddelingsinterventie voor "
    "leefbaarheidsondersteuning in herstructureringswijken"
)


def stijl(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404("the components are for developers")
    index = catalogus()
    filterset = AanpakFilter(QueryDict("thema=zeggenschap&leeftijd=14&q=buurt"), index)
    tikfout = AanpakFilter(QueryDict("q=buurtbemideling"), index)
    leeg = AanpakFilter(QueryDict("doelgroep=ouderen&leeftijd=3"), index)
    aanpakken = list(Aanpak.objects.gepubliceerd().with_details())
    context = {
        "aanpakken": _varianten(aanpakken),
        "gevonden": _met_uitleg(aanpakken, filterset),
        "keuze": [{"aanpak": aanpak} for aanpak in aanpakken[:2]],
        "anderen": list(zip(index.slugs, index.namen, strict=True)),
        "themas": met_aantal(Reflectiethema.objects.all(), "thema"),
        "lagen": lagen_met_actoren(),
        "niveaus": [None, *Niveau.objects.order_by("volgorde")],
        "ringen": [set(), {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}],
        "interventie": _met_tijdlijn(),
        "feiten": [feit for aanpak in aanpakken for feit in aanpak.feiten.all()][:3],
        "filterset": filterset,
        "tikfout": tikfout,
        "voorbeeld": Praktijkvoorbeeld.objects.gepubliceerd().with_kaart().first(),
        "formulier": ReactieForm({"email": "geen adres"}),
        "leeg": leeg,
        "pagina": Paginator(range(100), 24).page(2),
        "meldingen": ["Thema: “bestaatniet” bestaat niet. We gebruikten het niet."],
        "adres": request.build_absolute_uri(),
    }
    return render(request, "web/stijl.html", context)


def _varianten(aanpakken: list[Aanpak]) -> list[Aanpak]:
    """One without a level, the strongest one, and one with a name that is too long."""
    onbekend = next(a for a in aanpakken if not a.zichtbare_interventie)
    bekend = [a for a in aanpakken if a.zichtbare_interventie]
    sterkst = max(bekend, key=_sterkte)
    lang = next(a for a in aanpakken if a not in (onbekend, sterkst))
    lang.naam = LANGE_NAAM
    return [onbekend, sterkst, lang]


def _sterkte(aanpak: Aanpak) -> int:
    interventie = aanpak.zichtbare_interventie
    erkenning = interventie.sterkste_erkenning() if interventie else None
    return erkenning.niveau.volgorde if erkenning and erkenning.niveau else 0


def _met_uitleg(aanpakken: list[Aanpak], filterset: AanpakFilter) -> list[Aanpak]:
    markering = filterset.markering()
    gevonden = set(filterset.treffers())
    treffers = [aanpak for aanpak in aanpakken if aanpak.pk in gevonden][:1]
    for aanpak in treffers:
        uitleg = markering.leg_uit(document(aanpak))
        aanpak.uitleg = uitleg  # type: ignore[attr-defined]  # as on the list page
    return treffers


def _met_tijdlijn() -> dict[str, Any]:
    """The register entry with the most to tell."""
    interventies = Interventie.objects.gepubliceerd().with_register()
    interventie = max(interventies, key=lambda i: len(i.erkenningen.all()))
    return {
        "erkenningen": interventie.erkenningen.all(),
        "tijdlijnen": tijdlijnen(interventie),
    }
