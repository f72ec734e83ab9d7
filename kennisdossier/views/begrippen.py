"""The glossary."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render

from kennisdossier.whole import BegripDocument
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def begrippen(request: HttpRequest) -> HttpResponse:
    alle = current_stand().all(BegripDocument)
    per_letter = [
        (letter, list(groep))
        for letter, groep in groupby(alle, lambda begrip: _letter(begrip.naam))
    ]
    context = {"begrippen": alle, "per_letter": per_letter, "aantal": len(alle)}
    return render(request, "kennisdossier/begrip_list.html", context)


def _letter(naam: str) -> str:
    """The letter under which a name stands; "0–9" for anything else."""
    letter = sorteersleutel(naam)[:1].upper()
    return letter if "A" <= letter <= "Z" else "0–9"
