"""What every list page does: page through the hits and read one page of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from wijkwijzer.core.adresvraag import lees_getal, lees_waarde

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wijkwijzer.facets.filters import FacetFilterSet

PER_PAGINA = 24


def lijstcontext(request: HttpRequest, filterset: FacetFilterSet) -> dict[str, Any]:
    """The context of a list page.

    A page number that does not exist gives the first or the last page and a message.
    """
    paginator: Paginator[int] = Paginator(filterset.treffers(), PER_PAGINA)
    nummer = lees_getal(lees_waarde(request.GET, "pagina", "1"))
    pagina = paginator.page(min(nummer or 1, paginator.num_pages))
    meldingen = filterset.meldingen()
    if nummer != pagina.number:
        meldingen.append(
            f"Die pagina bestaat niet. Je ziet pagina {pagina.number} "
            f"van {paginator.num_pages}."
        )
    chips = filterset.chips()
    query = filterset.query().urlencode()
    vraag = f"?{query}" if query else ""
    documenten = filterset.stand.documents(filterset.declared, pagina.object_list)
    return {
        "page_obj": Page(documenten, pagina.number, paginator),
        "aantal": paginator.count,
        "totaal": len(filterset.index.records),
        "facetten": filterset.facetten(),
        "sorteeropties": filterset.sorteerkeuzes(),
        "chips": chips,
        "verborgen": filterset.verborgen(),
        "filters_actief": bool(chips),
        # Without the only choice everything is there: that is no other choice.
        "versoepelingen": (
            [] if paginator.count or len(chips) < 2 else filterset.versoepelingen()
        ),
        "wis_url": request.path,
        "meldingen": meldingen,
        "volg_query": volgvraag(filterset),
        "deel_url": request.build_absolute_uri(f"{request.path}{vraag}"),
        # Beside the page, with the same question: wijkwijzer.levering.
        "meeneem_vraag": vraag,
    }


def volgvraag(filterset: FacetFilterSet) -> str:
    """What a feed of this list asks: the same filters, what changed last first."""
    anders = {"sorteer": ["recent"]} if "recent" in filterset.sorteeropties else {}
    query = filterset.query(**anders).urlencode()
    return f"?{query}" if query else ""
