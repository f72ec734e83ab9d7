"""Whether what readers find is what was published.

Every process keeps what readers see in memory, and follows a change within a second.
When it cannot, as after a build that failed, records stand here until it can. Told is
of the process that answers: it speaks for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Sum

from wijkwijzer.core.models import Status
from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# On the request: by kind, the records that are out of step.
GEVONDEN = "_redactie_uit_de_pas"


def uit_de_pas(
    declared: type[Whole], rijen: QuerySet[Any], request: HttpRequest
) -> QuerySet[Any]:
    """Records of which readers see another version than was published, or none."""
    found: dict[str, set[UUID]] | None = getattr(request, GEVONDEN, None)
    if found is None:
        found = _compare(current_stand())
        setattr(request, GEVONDEN, found)
    if not (uuids := found.get(declared.soort)):
        return rijen.none()
    own = rijen.filter(uuid__in=uuids)
    return own.exclude(status__in=[Status.CONCEPT, Status.TER_BEOORDELING])


def _compare(stand: Stand) -> dict[str, set[UUID]]:
    """Two numbers per kind tell whether all is well; only else each is looked at."""
    seen = Publicatie.objects.filter(versie__document__isnull=False).order_by()
    stored = {
        soort: (number, total)
        for soort, number, total in seen.values("soort")
        .annotate(_number=Count("pk"), _total=Sum("versie_id"))
        .values_list("soort", "_number", "_total")
    }
    known = stand.derived(_totals)
    return {
        soort: _differing(stand, declared, seen)
        for soort, declared in wholes().items()
        if stored.get(soort, (0, 0)) != known[soort]
    }


def _versions(stand: Stand, declared: type[Whole]) -> dict[UUID, int]:
    records = stand.records(declared)
    rows = (records[position] for position in positions(records.all))
    return {UUID(row.uuid): row.version for row in rows}


def _totals(stand: Stand) -> dict[str, tuple[int, int]]:
    found = {}
    for soort, declared in wholes().items():
        records = stand.records(declared)
        total = sum(records[position].version for position in positions(records.all))
        found[soort] = (len(records), total)
    return found


def _differing(
    stand: Stand, declared: type[Whole], seen: QuerySet[Publicatie]
) -> set[UUID]:
    own = seen.filter(soort=declared.soort).values_list("uuid", "versie_id")
    stored, known = {*own}, {*_versions(stand, declared).items()}
    return {uuid for uuid, _ in stored ^ known}
