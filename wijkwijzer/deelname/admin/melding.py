"""Reports of readers in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.admin.basis import VanLezers, alineas, bewerk, redacteur
from wijkwijzer.deelname.models import Reactiemelding

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


@admin.register(Reactiemelding)
class ReactiemeldingAdmin(VanLezers):
    list_display = ("reden", "reactie_link", "status", "afgehandeld", "gemeld_op")
    list_filter = ("afgehandeld", "gemeld_op")
    list_select_related = ("reactie",)
    search_fields = ("reden", "reactie__tekst")
    fields = (
        "reactie_link",
        "status",
        "reactietekst",
        "reden",
        "gemeld_op",
        "afgehandeld",
    )
    readonly_fields = ("reactie_link", "status", "reactietekst", "reden", "gemeld_op")
    actions = ("handel_af",)

    @admin.display(description="over")
    def reactie_link(self, obj: Reactiemelding) -> SafeString:
        return bewerk(obj.reactie)

    @admin.display(description="status van de reactie")
    def status(self, obj: Reactiemelding) -> str:
        return obj.reactie.get_status_display()

    @admin.display(description="wat er staat")
    def reactietekst(self, obj: Reactiemelding) -> SafeString:
        return alineas(obj.reactie.tekst)

    @admin.action(description="Zet op afgehandeld", permissions=["change"])
    def handel_af(
        self, request: HttpRequest, queryset: QuerySet[Reactiemelding]
    ) -> None:
        aantal = actions.handel_meldingen_af(meldingen=queryset, by=redacteur(request))
        messages.success(request, f"Afgehandeld: {aantal}.")
