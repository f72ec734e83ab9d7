"""What every list page does: page through the hits and load one page of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from wijkwijzer.core.facetten import Facettenindex
    from wijkwijzer.core.filters import FacetFilterSet

M = TypeVar("M", bound="Model")

PER_PAGINA = 24
# Records that stay in memory with the index: about 5 MB of them.
MAX_GELADEN = 500


def lijstcontext(
    request: HttpRequest,
    filterset: FacetFilterSet,
    laad: Callable[[], QuerySet[Any]],
) -> dict[str, Any]:
    """The context of a list page. ``laad`` gives the queryset of what a page shows.

    Records are shared between requests: a view that adds to one makes a copy first.
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
        "page_obj": Page(
            objecten(filterset.index, pagina.object_list, laad),
            pagina.number,
            paginator,
        ),
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


def objecten(
    index: Facettenindex, pks: Iterable[int], laad: Callable[[], QuerySet[M]]
) -> list[M]:
    """The records with these keys, in this order; ``laad`` gives their queryset.

    What was loaded stays with the index, and goes with it when the content changes.
    """
    pks = list(pks)
    geladen = index.geladen.setdefault(laad, {})
    per_pk = {pk: geladen[pk] for pk in pks if pk in geladen}
    if nieuw := [pk for pk in pks if pk not in per_pk]:
        gevonden = laad().in_bulk(nieuw)
        per_pk |= gevonden
        if len(geladen) + len(gevonden) > MAX_GELADEN:
            geladen = index.geladen[laad] = {}
        geladen |= gevonden
    return [per_pk[pk] for pk in pks if pk in per_pk]
