"""What every list page does: page through the hits and load one page of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from wijkwijzer.core.filters import FacetFilterSet

PER_PAGINA = 24


def lijstcontext(
    request: HttpRequest, filterset: FacetFilterSet, queryset: QuerySet[Any]
) -> dict[str, Any]:
    """The context of a list page. ``queryset`` loads the records of one page.

    A page number that does not exist gives the first or the last page and a message.
    """
    paginator: Paginator[int] = Paginator(filterset.treffers(), PER_PAGINA)
    gevraagd = request.GET.get("pagina", "1")
    # Only ASCII digits: int() also reads "¹" and " 1 ", and a huge number takes long.
    nummer = int(gevraagd) if gevraagd.isdecimal() and len(gevraagd) < 9 else 0
    pagina = paginator.page(min(max(nummer, 1), paginator.num_pages))
    meldingen = filterset.meldingen()
    if nummer != pagina.number:
        meldingen.append(
            f"Die pagina bestaat niet. Je ziet pagina {pagina.number} "
            f"van {paginator.num_pages}."
        )
    chips = filterset.chips()
    return {
        "page_obj": _met_objecten(pagina, queryset),
        "aantal": paginator.count,
        "totaal": len(filterset.index.pks),
        "facetten": filterset.facetten(),
        "sorteeropties": filterset.sorteerkeuzes(),
        "chips": chips,
        "verborgen": filterset.verborgen(),
        "filters_actief": bool(chips),
        "versoepelingen": [] if paginator.count else filterset.versoepelingen(),
        "wis_url": request.path,
        "meldingen": meldingen,
        "deel_url": request.build_absolute_uri(
            f"{request.path}?{query}"
            if (query := filterset.query().urlencode())
            else ""
        ),
    }


def _met_objecten(pagina: Page[int], queryset: QuerySet[Any]) -> Page[Model]:
    """The same page with the records in place of their keys, in the same order."""
    per_pk = queryset.in_bulk(list(pagina.object_list))
    objecten = [per_pk[pk] for pk in pagina.object_list if pk in per_pk]
    return Page(objecten, pagina.number, pagina.paginator)
