"""The page of a praktijkvoorbeeld, with what readers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.kennis import kennis
from kennisdossier.whole import BegripDocument, PraktijkvoorbeeldDocument
from wijkwijzer.deelname.weergave import reacties_op
from wijkwijzer.delen.schema import schema
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.permalinks import show_or_refer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def praktijkvoorbeeld(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, voorbeeld: PraktijkvoorbeeldDocument) -> HttpResponse:
        context = {
            "voorbeeld": voorbeeld,
            "onderdeel_van": voorbeeld.onderdeel_van and voorbeeld.onderdeel_van.get(),
            "begrippen": _begrippen(stand, voorbeeld),
            "erbij": kennis(stand).erbij(voorbeeld),
            "verwijzing": verwijzing(request, stand, voorbeeld),
            "schema": schema(request, stand, voorbeeld),
            "markeer": kennis(stand).begrippen.markering(),
            "reacties": reacties_op(voorbeeld),
        }
        return render(request, "kennisdossier/voorbeeld_detail.html", context)

    return show_or_refer(request, PraktijkvoorbeeldDocument, slug, toon)


def _begrippen(
    stand: Stand, voorbeeld: PraktijkvoorbeeldDocument
) -> list[BegripDocument]:
    """The terms that an example shows, by name."""
    genoemd = {ref.uuid for ref in voorbeeld.begrippen}
    return [begrip for begrip in stand.all(BegripDocument) if begrip.uuid in genoemd]
