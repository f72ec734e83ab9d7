"""The components with realistic content, for developers: only with DEBUG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import render

from aanpakken.facets import AanpakFilter
from aanpakken.kaarten import met_uitleg
from aanpakken.keuze import anderen
from aanpakken.leeftijdvraag import gerichter
from aanpakken.ringen import ringen, teken_ringen
from aanpakken.terms import ThemaTerm
from aanpakken.themas import termen_met_aantal
from aanpakken.whole import AanpakDocument
from interventies.terms import NiveauTerm
from interventies.tijdlijn import teken_tijdlijnen, tijdlijnen
from interventies.whole import InterventieDocument
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.deelname.forms import ReactieForm
from wijkwijzer.deelname.weergave import reacties_op
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand

LANGE_NAAM = (
    "Interdisciplinaire buurtbemiddelingsinterventie voor "
    "leefbaarheidsondersteuning in herstructureringswijken"
)


def stijl(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404("the components are for developers")
    stand = current_stand()
    filterset = AanpakFilter(QueryDict("thema=zeggenschap&leeftijd=14&q=buurt"), stand)
    aanpakken = stand.all(AanpakDocument)
    gevonden = stand.documents(AanpakDocument, filterset.treffers()[:1])
    niveaus = sorted(stand.terms(NiveauTerm), key=lambda niveau: niveau.volgorde)
    voorbeeld = stand.all(PraktijkvoorbeeldDocument)[0]
    context = {
        "aanpakken": _varianten(aanpakken),
        "gevonden": met_uitleg(filterset, gevonden),
        "keuze": [{"aanpak": aanpak} for aanpak in aanpakken[:2]],
        "anderen": anderen(stand, []),
        "themas": termen_met_aantal(stand, "thema", ThemaTerm),
        "alle_ringen": ringen(stand),
        "diagram": teken_ringen(ringen(stand)),
        "niveaus": [None, *niveaus],
        "ringen": [set(), {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}],
        "interventie": _met_tijdlijn(stand),
        "feiten": [feit for aanpak in aanpakken for feit in aanpak.feiten][:3],
        "filterset": filterset,
        "tikfout": AanpakFilter(QueryDict("q=buurtbemideling"), stand),
        "nergens_over": AanpakFilter(QueryDict("q=armoede"), stand),
        "gerichter": gerichter(AanpakFilter(QueryDict("q=8-12+jaar"), stand)),
        "leeg": AanpakFilter(QueryDict("doelgroep=ouderen&leeftijd=3"), stand),
        "voorbeeld": voorbeeld,
        "reacties": reacties_op(voorbeeld),
        "formulier": ReactieForm({"email": "geen adres"}),
        "pagina": Paginator(range(100), 24).page(2),
        "meldingen": ["Thema: “bestaatniet” bestaat niet. We gebruikten het niet."],
        "verwijzing": verwijzing(request, stand, voorbeeld),
        "adres": request.build_absolute_uri(),
    }
    return render(request, "web/stijl.html", context)


def _varianten(aanpakken: list[AanpakDocument]) -> list[AanpakDocument]:
    """One without a level, the strongest one, and one with a name that is too long."""
    onbekend = next(a for a in aanpakken if not a.zichtbare_interventie)
    sterkst = max(aanpakken, key=_sterkte)
    lang = next(a for a in aanpakken if a not in (onbekend, sterkst))
    return [onbekend, sterkst, msgspec.structs.replace(lang, naam=LANGE_NAAM)]


def _sterkte(aanpak: AanpakDocument) -> int:
    geldigheid = aanpak.geldigheid
    return geldigheid.niveau.volgorde if geldigheid and geldigheid.niveau else 0


def _met_tijdlijn(stand: Stand) -> dict[str, Any]:
    """The register entry with the most to tell."""
    interventie = max(stand.all(InterventieDocument), key=lambda i: len(i.erkenningen))
    return {
        "geldigheden": interventie.geldigheden(stand.day),
        "plaatsen": interventie.databankplaatsen(),
        "onbekend": interventie.nog_niet_bekend(stand.day),
        "tekening": teken_tijdlijnen(tijdlijnen(interventie, stand.day), stand.day),
    }
