"""The three rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from aanpakken.ringen import ringen, teken_ringen
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def wie(request: HttpRequest) -> HttpResponse:
    alle = ringen(current_stand())
    context = {
        "ringen": alle,
        "diagram": teken_ringen(alle),
        "woorden": [a.actor for ring in alle for a in ring.actoren if a.doet_mee],
    }
    return render(request, "wie/actor_list.html", context)
