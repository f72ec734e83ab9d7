"""Publishing many at once: what there is to say of each is shown first.

The page between choosing and doing carries of which revision it spoke. What a colleague
changed meanwhile, nobody has looked at: that is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import render
from django.urls import reverse

from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.redactie import actions
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.findings import Finding, Weight, findings
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.rights import needs_another

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.redactie.actions import Gedaan

# So many names fit in a message.
GENOEMD = 5
# With the key of a record: of which revision the page is that was sent.
REVISIE = "revisie-"


@dataclass(frozen=True)
class Rij:
    """One record, and what keeps it from readers or should be looked at first."""

    record: Publiceerbaar
    url: str
    revisie: int
    # Why this person may not publish it; empty when he may.
    ander_nodig: str
    fouten: list[Finding]
    waarschuwingen: list[Finding]

    @property
    def kan(self) -> bool:
        return not (self.fouten or self.ander_nodig)


def rij(record: Publiceerbaar, by: User) -> Rij:
    model = type(record)
    found = findings(whole_of(model), working_document(record))
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return Rij(
        record,
        reverse(name, args=[record.pk]),
        work.revision_of(record),
        needs_another(record.uuid, by),
        [f for f in found if f.weight is Weight.ERROR],
        [f for f in found if f.weight is Weight.WARNING],
    )


@admin.action(description="Publiceer", permissions=["publiceren"])
def publiceer(
    own: admin.ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    records = [*queryset[: actions.HOOGSTENS + 1]]
    if len(records) > actions.HOOGSTENS:
        messages.error(request, f"Kies er hoogstens {actions.HOOGSTENS} tegelijk.")
        return None
    by = cast("User", request.user)
    if "bevestigd" in request.POST:
        _publiceer(own, request, records, by, _getoond(request))
        return None
    rijen = [rij(record, by) for record in records]
    if any(r.waarschuwingen or not r.kan for r in rijen):
        return _vraag(own, request, rijen)
    _publiceer(own, request, records, by, {r.record.pk: r.revisie for r in rijen})
    return None


def _publiceer(
    own: admin.ModelAdmin[Any],
    request: HttpRequest,
    records: list[Any],
    by: User,
    gezien: dict[Any, int],
) -> None:
    gedaan = actions.publiceer(records=records, by=by, gezien=gezien)
    for record in gedaan.gepubliceerd:
        own.log_change(request, record, "Gepubliceerd")
    if gedaan.gepubliceerd:
        messages.success(request, f"Gepubliceerd: {len(gedaan.gepubliceerd)}.")
    if gedaan.ongewijzigd:
        messages.info(
            request, f"Lezers zien dit al precies zo: {len(gedaan.ongewijzigd)}."
        )
    meld_geweigerd(request, gedaan)


def _getoond(request: HttpRequest) -> dict[Any, int]:
    """Of which revision of which record the page was that was sent."""
    gelezen = {
        lees_getal(naam.removeprefix(REVISIE)): lees_getal(str(waarde))
        for naam, waarde in request.POST.items()
        if naam.startswith(REVISIE)
    }
    return {pk: revisie for pk, revisie in gelezen.items() if revisie is not None}


def _vraag(
    own: admin.ModelAdmin[Any], request: HttpRequest, rijen: list[Rij]
) -> HttpResponse:
    goed = [r for r in rijen if r.kan]
    context = {
        **own.admin_site.each_context(request),
        "title": f"{len(rijen)} publiceren",
        "opts": own.opts,
        "goed": goed,
        "tegengehouden": [r for r in rijen if not r.kan],
        "kijk_nog": [r for r in goed if r.waarschuwingen],
        "zonder_meer": [r for r in goed if not r.waarschuwingen],
        "actie": request.POST["action"],
        "naam_keuzevak": ACTION_CHECKBOX_NAME,
        "revisie": REVISIE,
    }
    return render(request, "admin/redactie/publiceren.html", context)


def meld_geweigerd(request: HttpRequest, gedaan: Gedaan) -> None:
    for record, reason in gedaan.geweigerd[:GENOEMD]:
        messages.error(request, f"“{record}” is niet gepubliceerd: {reason}")
    if (more := len(gedaan.geweigerd) - GENOEMD) > 0:
        messages.error(request, f"En nog {more} andere zijn niet gepubliceerd.")
