"""The four themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.themas import themas_met_aantal
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def themas(request: HttpRequest) -> HttpResponse:
    context = {"themas": themas_met_aantal(current_stand())}
    return render(request, "themas/thema_list.html", context)
