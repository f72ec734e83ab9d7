"""Four questions, one per page, and the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.keuze import MAX_WAAROM, adres
from aanpakken.keuzehulp import PUNTEN, WENSEN, Keuzehulp
from wijkwijzer.core.adresvraag import lees_getal, lees_waarde
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from aanpakken.keuzehulp import Vraag

TOP = 3


def keuzehulp(request: HttpRequest) -> HttpResponse:
    """One question per page; after the last one the advice."""
    stand = current_stand()
    hulp = Keuzehulp(request.GET, stand)
    aantal = len(hulp.vragen)
    stap = lees_getal(lees_waarde(request.GET, "stap", "1"))
    if stap is None or not 1 <= stap <= aantal + 1:
        hulp.meldingen.append("Die stap bestaat niet. Je begint bij de eerste vraag.")
        stap = 1
    context: dict[str, Any] = {
        "stap": stap,
        "aantal": aantal,
        "antwoorden": hulp.antwoorden,
        # Every question with the answer in words, empty when there is none.
        "stand": [
            (
                vraag,
                dict(vraag.opties).get(hulp.antwoorden.get(vraag.sleutel, ""), ""),
                _stap(hulp, nummer),
            )
            for nummer, vraag in enumerate(hulp.vragen, 1)
        ],
        "terug_url": _stap(hulp, stap - 1),
        "opnieuw_url": request.path,
        "meldingen": hulp.meldingen,
    }
    if stap <= aantal:
        vraag = hulp.vragen[stap - 1]
        context |= {
            "vraag": vraag,
            "opties": [
                (sleutel, zin, _merk(vraag, sleutel, nummer))
                for nummer, (sleutel, zin) in enumerate(vraag.opties, 1)
            ],
            "gekozen": hulp.antwoorden.get(vraag.sleutel, ""),
            "overslaan_url": _stap(hulp, stap + 1, zonder=vraag.sleutel),
            # The other answers travel along in the form.
            "verborgen": [
                (sleutel, antwoord)
                for sleutel, antwoord in hulp.antwoorden.items()
                if sleutel != vraag.sleutel
            ],
        }
        return render(request, "aanpakken/keuzehulp_vraag.html", context)
    adviezen = hulp.adviezen() if hulp.antwoorden else []
    lijst = QueryDict(mutable=True)
    for sleutel, waarden in hulp.lijstkeuze().items():
        lijst.setlist(sleutel, waarden)
    slugs = [advies.aanpak.slug for advies in adviezen]
    redenen = {a.aanpak.slug: "; ".join(a.redenen)[:MAX_WAAROM] for a in adviezen}
    context |= {
        "adviezen": [(advies.aanpak, advies) for advies in adviezen],
        "punten": {s.replace("-", "_"): p for s, p in PUNTEN.items()},
        "lijst_url": f"{reverse('aanpakken:list')}?{lijst.urlencode()}",
        "lijst_aantal": AanpakFilter(lijst, stand).bits.bit_count(),
        "vergelijk_url": reverse("aanpakken:vergelijken") + adres(slugs[:TOP]),
        "selectie_url": reverse("selectie") + adres(slugs[:TOP], redenen),
        "top": min(TOP, len(slugs)),
        "deel_url": request.build_absolute_uri(),
    }
    return render(request, "aanpakken/keuzehulp_advies.html", context)


def _merk(vraag: Vraag, sleutel: str, nummer: int) -> dict[str, Any]:
    """What is drawn beside an answer: a theme, a ring or the dots of a level."""
    if vraag.sleutel == "wens":
        return {"thema": next(w.beeld for w in WENSEN if w.sleutel == sleutel)}
    if vraag.sleutel == "ik":
        return {"ringen": {nummer}}
    return {"stippen": nummer - 1} if vraag.sleutel == "zekerheid" else {}


def _stap(hulp: Keuzehulp, stap: int, zonder: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({s: a for s, a in hulp.antwoorden.items() if s != zonder})
    query["stap"] = str(stap)
    return f"?{query.urlencode()}"
