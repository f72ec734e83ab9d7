"""The page of a register entry, with the aanpak that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.detail import aanpak_van
from interventies.tijdlijn import teken_tijdlijnen, tijdlijnen
from interventies.whole import InterventieDocument
from wijkwijzer.delen.schema import schema
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def interventie(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, interventie: InterventieDocument) -> HttpResponse:
        lijnen = tijdlijnen(interventie, stand.day)
        context = {
            "interventie": interventie,
            "geldigheid": interventie.geldigheid(stand.day),
            "aanpak": aanpak_van(stand, interventie),
            "verwijzing": verwijzing(request, stand, interventie),
            "schema": schema(request, stand, interventie),
            "tijdlijnen": lijnen,
            "tekening": teken_tijdlijnen(lijnen, stand.day),
            "onbekend": [
                *([] if interventie.eigenaar else ["wie de eigenaar is"]),
                *interventie.nog_niet_bekend(stand.day),
                *(
                    []
                    if interventie.laatst_gecontroleerd_op
                    else ["wanneer dit gecontroleerd is"]
                ),
            ],
        }
        return render(request, "interventies/interventie_detail.html", context)

    return show_or_refer(request, InterventieDocument, slug, toon)
