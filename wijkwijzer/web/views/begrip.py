"""The page of a term of the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.kennis import kennis
from kennisdossier.whole import BegripDocument, PraktijkvoorbeeldDocument
from wijkwijzer.delen.schema import schema
from wijkwijzer.delen.verwijzing import verwijzing
from wijkwijzer.wholes.permalinks import show_or_refer
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def begrip(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, begrip: BegripDocument) -> HttpResponse:
        bits = stand.mentioning(PraktijkvoorbeeldDocument, [mark(begrip.uuid.hex)])
        posities = stand.records(PraktijkvoorbeeldDocument).in_order(bits)
        context = {
            "begrip": begrip,
            "voorbeelden": stand.documents(PraktijkvoorbeeldDocument, posities),
            "markeer": kennis(stand).begrippen.markering(behalve=begrip.slug),
            "verwijzing": verwijzing(request, stand, begrip),
            "schema": schema(request, stand, begrip),
        }
        return render(request, "kennisdossier/begrip_detail.html", context)

    return show_or_refer(request, BegripDocument, slug, toon)
