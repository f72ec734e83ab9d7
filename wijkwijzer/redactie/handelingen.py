"""What can be done with the chosen rows of a list of records with versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages

from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import raise_number
from wijkwijzer.redactie import actions
from wijkwijzer.redactie.publiceren import GENOEMD, meld_geweigerd, publiceer
from wijkwijzer.wholes.rights import may_publish

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.action(description="Vandaag gecontroleerd", permissions=["change"])
def vandaag_gecontroleerd(
    own: admin.ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
) -> None:
    gedaan = actions.vandaag_gecontroleerd(records=queryset, by=_wie(request))
    every = [*gedaan.gepubliceerd, *gedaan.opgeslagen]
    for record in [*every, *(r for r, _ in gedaan.geweigerd)]:
        own.log_change(request, record, "Vandaag gecontroleerd")
    if gedaan.gepubliceerd:
        messages.success(
            request, f"Gecontroleerd en gepubliceerd: {len(gedaan.gepubliceerd)}."
        )
    if gedaan.opgeslagen and not may_publish(request.user):
        messages.warning(
            request,
            "De datum is opgeslagen. Lezers zien hem als een collega dit publiceert: "
            f"dien het in. {_namen(gedaan.opgeslagen)}",
        )
    elif gedaan.opgeslagen:
        messages.warning(
            request,
            "De datum is opgeslagen, maar lezers zien hem nog niet: hier staan ook "
            f"andere wijzigingen, of het is een concept. {_namen(gedaan.opgeslagen)}",
        )
    meld_geweigerd(request, gedaan)


@admin.action(description="Bouw de zoekindex opnieuw", permissions=["change"])
def bouw_opnieuw(
    own: admin.ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
) -> None:
    raise_number(Nummersoort.INHOUD)
    messages.success(
        request,
        "De zoekindex wordt opnieuw gebouwd. Kijk zo nog eens.",
    )


def voor_gehelen(request: HttpRequest) -> tuple[Any, ...]:
    """What somebody who may change these may do with several at once.

    Django asks this too when an action is sent: what is not here, is not done.
    """
    if not may_publish(request.user):
        return (vandaag_gecontroleerd, bouw_opnieuw)
    return (vandaag_gecontroleerd, publiceer, bouw_opnieuw)


def _wie(request: HttpRequest) -> User:
    return cast("User", request.user)


def _namen(records: list[Any]) -> str:
    names = [f"“{record}”" for record in records[:GENOEMD]]
    more = len(records) - len(names)
    return ", ".join(names) + (f" en nog {more}." if more > 0 else ".")
