"""What is new, since a day that the reader chooses."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.shortcuts import render

from wijkwijzer.core.adresvraag import lees_getal, lees_waarde
from wijkwijzer.core.datumtaal import lees_datum
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.nieuws.berichten import berichten
from wijkwijzer.nieuws.gebeurd import Gebeurd
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.nieuws.gebeurd import Gebeurtenis

PER_PAGINA = 24
# Who chooses no day sees what happened in so many.
DAGEN = 90
# What somebody typed comes back; no date is longer.
MAX_TEKENS = 40
TOEKOMST = "Die dag moet nog komen. Kies vandaag, of een dag daarvoor."


class Sinds(NamedTuple):
    """The day that is asked, what was typed, and what is wrong with that."""

    dag: date
    getypt: str = ""
    fout: str = ""


def nieuw(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    sinds = lees_sinds(lees_waarde(request.GET, "sinds"), stand.day)
    paginator: Paginator[Gebeurtenis] = Paginator(Gebeurd(stand, sinds.dag), PER_PAGINA)
    nummer = lees_getal(lees_waarde(request.GET, "pagina", "1"))
    pagina = paginator.page(min(nummer or 1, paginator.num_pages))
    verteld = berichten(stand, list(pagina.object_list), sinds.dag)
    context: dict[str, Any] = {
        "sinds": sinds,
        "gekozen": "sinds" in request.GET,
        "vandaag": stand.day,
        "aantal": paginator.count,
        "page_obj": Page(verteld, pagina.number, paginator),
        "dagen": [
            (dag, list(groep)) for dag, groep in groupby(verteld, lambda b: b.dag)
        ],
    }
    return render(request, "nieuws/nieuw.html", context)


def lees_sinds(tekst: str, vandaag: date) -> Sinds:
    """The day that a reader typed, as editors may write it; of a month the first.

    Without one, or with one that is none: some months ago. Never raises.
    """
    anders = vandaag - timedelta(days=DAGEN)
    getypt = een_regel(tekst, MAX_TEKENS)
    if not getypt:
        return Sinds(anders)
    try:
        gelezen = lees_datum(getypt)
    except ValueError as fout:
        return Sinds(anders, getypt, str(fout))
    dag = date(gelezen.jaar, gelezen.maand or 1, gelezen.dag or 1)
    if dag > vandaag:
        return Sinds(anders, getypt, TOEKOMST)
    return Sinds(dag, dag.isoformat())
