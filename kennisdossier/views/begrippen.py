"""The glossary."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.kennis import kennis
from kennisdossier.whole import BegripDocument, PraktijkvoorbeeldDocument
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.permalinks import show_or_refer
from wijkwijzer.wholes.vocabulary import mark

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.wholes.stand import Stand


def begrippen(request: HttpRequest) -> HttpResponse:
    alle = current_stand().all(BegripDocument)
    per_letter = [
        (letter, list(groep))
        for letter, groep in groupby(alle, lambda begrip: _letter(begrip.naam))
    ]
    context = {"per_letter": per_letter, "aantal": len(alle)}
    return render(request, "kennisdossier/begrip_list.html", context)


def _letter(naam: str) -> str:
    """The letter under which a name stands; "0–9" for anything else."""
    letter = sorteersleutel(naam)[:1].upper()
    return letter if "A" <= letter <= "Z" else "0–9"


def begrip(request: HttpRequest, slug: str) -> HttpResponse:
    def toon(stand: Stand, begrip: BegripDocument) -> HttpResponse:
        bits = stand.mentioning(PraktijkvoorbeeldDocument, [mark(begrip.uuid.hex)])
        posities = stand.records(PraktijkvoorbeeldDocument).in_order(bits)
        context = {
            "begrip": begrip,
            "voorbeelden": stand.documents(PraktijkvoorbeeldDocument, posities),
            "markeer": kennis(stand).begrippen.markering(behalve=begrip.slug),
        }
        return render(request, "kennisdossier/begrip_detail.html", context)

    return show_or_refer(request, BegripDocument, slug, toon)
