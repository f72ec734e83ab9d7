"""The feeds of the lists. They ask what the lists ask, and find what those find.

Those of aanpakken and praktijkvoorbeelden have the hits of the page with the same
query, in the same order, page by page. That of the register is about recognitions, so
it has its hits in the order in which these changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from interventies.facets import InterventieFilter
from interventies.whole import InterventieDocument
from kennisdossier.facets import VoorbeeldFilter
from kennisdossier.whole import DossierDocument
from wijkwijzer.core.adresvraag import lees_getal, lees_waarde
from wijkwijzer.facets.lists import PER_PAGINA
from wijkwijzer.nieuws import atom, erkenningen
from wijkwijzer.nieuws.berichten import kort
from wijkwijzer.nieuws.gebeurd import begin_van, hier
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.records import Hits, along

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.paginator import Page
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.facets.filters import FacetFilterSet
    from wijkwijzer.nieuws.atom import Item
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    Maak = Callable[[Stand, Sequence[Any]], list[Item]]


NIET_ALLES = "niet alles wat je vroeg bestaat"


def aanpakken(request: HttpRequest) -> HttpResponse:
    filterset = AanpakFilter(request.GET, current_stand())
    return _van_lijst(request, filterset, "aanpakken", "Aanpakken", items)


def praktijkvoorbeelden(request: HttpRequest) -> HttpResponse:
    filterset = VoorbeeldFilter(request.GET, current_stand())
    return _van_lijst(
        request, filterset, "praktijkvoorbeelden", "Praktijkvoorbeelden", items
    )


def interventies(request: HttpRequest) -> HttpResponse:
    """What databanks decided, and what ended, of the register entries that fit."""
    stand = current_stand()
    filterset = InterventieFilter(request.GET, stand)
    treffers = Hits(filterset.bits, lambda bits: erkenningen.laatst_eerst(stand, bits))
    return _van_lijst(
        request, filterset, "interventies", "Erkenningen", erkenningen_items, treffers
    )


def dossiers(request: HttpRequest) -> HttpResponse:
    stand = current_stand()
    records = stand.records(DossierDocument)
    treffers = Hits(
        records.all, lambda bits: along(records.by_time, bits, records.length)
    )
    pagina = _pagina(request, treffers)
    return _antwoord(
        request, stand, DossierDocument, "kennisdossier", "Dossiers", "", pagina, items
    )


def _van_lijst(
    request: HttpRequest,
    filterset: FacetFilterSet,
    naam: str,
    titel: str,
    maak: Maak,
    treffers: Hits | None = None,
) -> HttpResponse:
    """The feed of a list with filters; what is asked and does not exist, it says."""
    chips = ", ".join(f"{chip.groep}: {chip.label}" for chip in filterset.chips())
    titel = f"{titel}: {chips}" if chips else titel
    melding = " ".join(filterset.meldingen())
    return _antwoord(
        request,
        filterset.stand,
        filterset.declared,
        naam,
        # Few programs show a subtitle.
        f"{titel} ({NIET_ALLES})" if melding else titel,
        melding,
        _pagina(request, filterset.treffers() if treffers is None else treffers),
        maak,
        filterset.query(),
    )


def _pagina(request: HttpRequest, treffers: Hits) -> Page[int]:
    """The page of the list that is asked; the first or last for one that is none."""
    paginator: Paginator[int] = Paginator(treffers, PER_PAGINA)
    nummer = lees_getal(lees_waarde(request.GET, "pagina", "1"))
    return paginator.page(min(nummer or 1, paginator.num_pages))


def _antwoord(
    request: HttpRequest,
    stand: Stand,
    declared: type[Whole],
    naam: str,
    titel: str,
    melding: str,
    pagina: Page[int],
    maak: Maak,
    query: QueryDict | None = None,
) -> HttpResponse:
    def adres(nummer: int) -> str:
        gevraagd = query.copy() if query else QueryDict(mutable=True)
        if nummer > 1:
            gevraagd["pagina"] = str(nummer)
        vraag = gevraagd.urlencode()
        return (
            f"{reverse(f'{naam}_feed')}?{vraag}" if vraag else reverse(f"{naam}_feed")
        )

    lijst = reverse(f"{naam}:list")
    if query:
        lijst += f"?{query.urlencode()}"
    verteld = maak(stand, stand.documents(declared, pagina.object_list))
    feed = atom.Feed(
        titel=f"{titel} – WijkWijzer",
        ondertitel=melding or "Wat er in deze lijst staat, en wanneer het veranderde.",
        adres=adres(pagina.number),
        lijst=lijst,
        gewijzigd=_laatst(stand, declared, verteld),
        items=verteld,
        paginas=_paginas(pagina, adres),
    )
    return atom.antwoord(request, feed)


def _laatst(stand: Stand, declared: type[Whole], verteld: Sequence[Item]) -> datetime:
    """When what is told changed last, or something went away.

    Without entries: when a record of the kind changed; today, when there was none.
    """
    if not verteld:
        laatste = stand.last_change(declared)
        return hier(begin_van(stand.day) if laatste is None else laatste)
    weg = stand.last_withdrawal(declared)
    wanneer = [item.gewijzigd for item in verteld]
    return max(wanneer if weg is None else [*wanneer, hier(weg)])


def _paginas(pagina: Page[int], adres: Callable[[int], str]) -> dict[str, str]:
    if not pagina.has_other_pages():
        return {}
    paginas = {"first": 1, "last": pagina.paginator.num_pages}
    if pagina.has_previous():
        paginas["previous"] = pagina.previous_page_number()
    if pagina.has_next():
        paginas["next"] = pagina.next_page_number()
    return {rel: adres(nummer) for rel, nummer in paginas.items()}


def items(stand: Stand, documenten: Sequence[Whole]) -> list[Item]:
    return [
        atom.Item(
            id=document.permalink,
            adres=document.get_absolute_url(),
            titel=document.naam,
            eerst=stand.first_at(document),
            gewijzigd=stand.changed_at(document),
            regels=[kort(stand, document)],
        )
        for document in documenten
    ]


def erkenningen_items(
    stand: Stand, documenten: Sequence[InterventieDocument]
) -> list[Item]:
    """What each databank says now; changed when that did, not when other words did."""
    wanneer = erkenningen.gewijzigd_op(stand, documenten)
    return [
        atom.Item(
            id=document.permalink,
            adres=document.get_absolute_url(),
            titel=document.naam,
            eerst=stand.first_at(document),
            gewijzigd=hier(wanneer[document.uuid]),
            regels=_oordelen(stand, document),
        )
        for document in sorted(documenten, key=lambda d: -wanneer[d.uuid])
    ]


def _oordelen(stand: Stand, document: InterventieDocument) -> list[str]:
    regels = [
        f"{g.erkenning.databank.voluit}: "
        f"{g.niveau.naam if g.niveau else 'niveau niet bekend'}, {g.in_woorden}."
        for g in document.geldigheden(stand.day)
    ]
    return regels or ["Geen erkenning gevonden."]
