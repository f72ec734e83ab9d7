"""The search over everything, and the suggestions while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.facets.filters import kort
from wijkwijzer.search.analyse import analyse_van
from wijkwijzer.search.filters import GEEN_WOORD
from wijkwijzer.search.gemist import niets_gevonden
from wijkwijzer.search.registry import gerichter, ingangen, zoekbronnen
from wijkwijzer.search.verwant import van_delen, verwijzingen
from wijkwijzer.search.vraag import KORTSTE_VOORVOEGSEL, lees_vraag, schone_zoekterm
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.search.registry import Zoekgroep
    from wijkwijzer.search.verwant import Verwijzing
    from wijkwijzer.wholes.stand import Stand

PER_GROEP = 5
# When a reader chose one kind.
IN_EEN_GROEP = 100
SUGGESTIES = 8


def zoeken(request: HttpRequest) -> HttpResponse:
    tekst = schone_zoekterm(lees_waarde(request.GET, "q"))
    stand = current_stand()
    if tekst and not lees_vraag(tekst, analyse_van(stand)):
        # Not counted as searched for in vain: nothing was searched for.
        niets = {"q": tekst, "geen_woord": GEEN_WOORD.format(kort(tekst))}
        return render(request, "search/zoeken.html", niets)
    gevonden = _gevonden(stand, tekst, lees_waarde(request.GET, "soort"))
    return render(request, "search/zoeken.html", gevonden | {"geen_woord": ""})


def _zoek(stand: Stand, tekst: str, soort: str) -> list[Zoekgroep]:
    return [
        bron.zoek(stand, tekst, IN_EEN_GROEP if bron.sleutel == soort else PER_GROEP)
        for bron in zoekbronnen()
    ]


def _gevonden(stand: Stand, tekst: str, soort: str) -> dict[str, Any]:
    """The hits of every kind, or those for what was probably meant."""
    groepen = _zoek(stand, tekst, soort)
    bedoeld, toont_bedoeld = None, False
    verwant: list[Verwijzing] = []
    if tekst and not any(groep.raak for groep in groepen):
        verwant = verwijzingen(stand, tekst)
    if tekst and not verwant and not any(groep.raak for groep in groepen):
        verbeterd = (bron.verbeterd(stand, tekst) for bron in zoekbronnen())
        bedoeld = next(filter(None, verbeterd), None)
        if bedoeld:
            beter = _zoek(stand, bedoeld, soort)
            toont_bedoeld = any(groep.raak for groep in beter)
            groepen = beter if toont_bedoeld else groepen
    if any(groep.raak for groep in groepen) or toont_bedoeld:
        # Beside records that have every word, those with some only distract.
        groepen = [groep for groep in groepen if not groep.gedeeltelijk]
    elif tekst and not verwant:
        # Counted by the door, which keeps this page for who asks the same.
        niets_gevonden.set(tekst)
        verwant = [] if bedoeld else van_delen(stand, tekst)
    return {
        "q": tekst,
        "groepen": groepen,
        "aantal": sum(groep.aantal for groep in groepen),
        # The kind that is shown alone: one without hits would hide those of the others.
        "soort": next((g for g in groepen if g.sleutel == soort and g.aantal), None),
        "bedoeld": bedoeld,
        # Whether the groups are for the query that was meant.
        "toont_bedoeld": toont_bedoeld,
        "verwant": verwant,
        "gerichter": gerichter(stand, tekst),
        "ingangen": ingangen(stand),
    }


def suggesties(request: HttpRequest) -> JsonResponse:
    """Titles that fit what was typed so far, for the combobox."""
    tekst = schone_zoekterm(lees_waarde(request.GET, "q"))
    # Fewer letters are no beginning of a word yet: they would find whole words only.
    bronnen = zoekbronnen() if len(tekst) >= KORTSTE_VOORVOEGSEL else []
    stand = current_stand()
    gevonden = [
        {"tekst": titel, "soort": bron.titel, "url": url}
        for bron in bronnen
        for titel, url in bron.suggesties(stand, tekst, SUGGESTIES)
    ]
    return JsonResponse({"suggesties": gevonden[:SUGGESTIES]})
