"""What waits for an editor: links in use that are dead or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_permission_codename

from wijkwijzer.core.models import Adrescontrole, Adresstatus
from wijkwijzer.redactie.links.vindplaatsen import vindplaatsen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

TE_DOEN = (Adresstatus.DOOD, Adresstatus.VERHUISD)


def te_doen(
    controles: QuerySet[Adrescontrole], request: HttpRequest | None = None
) -> QuerySet[Adrescontrole]:
    """Which of these wait: also those that only readers still see.

    Looks where they stand now: what was mended a moment ago waits no longer.
    """
    over = controles.filter(status__in=TE_DOEN)
    in_gebruik = vindplaatsen(over.values_list("adres", flat=True))
    return over.filter(adres__in=in_gebruik)


def mag_wijzigen(request: HttpRequest, site: Any) -> Callable[[Model], bool]:
    """Whether who asks may change a record, as its own form says it."""

    def mag(item: Model) -> bool:
        eigen = site._registry.get(type(item))
        return eigen is not None and bool(eigen.has_change_permission(request, item))

    return mag


def mag_zien(request: HttpRequest, site: Any, item: Model) -> bool:
    eigen = site._registry.get(type(item))
    if eigen is not None:
        return bool(eigen.has_view_permission(request, item))
    recht = get_permission_codename("view", item._meta)
    return bool(request.user.has_perm(f"{item._meta.app_label}.{recht}"))
