"""The four themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.terms import ThemaTerm
from aanpakken.themas import aantal_zijdelings, termen_met_aantal
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def themas(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    themas = [
        (thema, aantal, aantal_zijdelings(stand, thema))
        for thema, aantal in termen_met_aantal(stand, "thema", ThemaTerm)
    ]
    context = {"themas": themas, "woorden": [thema for thema, *_ in themas]}
    return render(request, "themas/thema_list.html", context)
