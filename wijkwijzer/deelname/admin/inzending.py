"""Who sent in a praktijkvoorbeeld, in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from wijkwijzer.deelname.admin.basis import PersoonAdmin, bewerk
from wijkwijzer.deelname.models import Inzending

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@admin.register(Inzending)
class InzendingAdmin(PersoonAdmin):
    list_display = ("voorbeeld", "plaats", "naam", "email", "ingestuurd_op")
    list_filter = ("ingestuurd_op", "voorbeeld__status")
    list_select_related = ("voorbeeld",)
    search_fields = ("voorbeeld__naam", "plaats", "naam", "email")
    fields = ("voorbeeld_link", "plaats", "naam", "email", "ingestuurd_op")
    readonly_fields = fields
    actions = ("exporteer_persoon", "verwijder_persoon")

    @admin.display(description="praktijkvoorbeeld")
    def voorbeeld_link(self, obj: Inzending) -> SafeString:
        return bewerk(obj.voorbeeld)
