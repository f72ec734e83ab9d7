"""All versions of everything, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


@admin.register(Versie)
class VersieAdmin(admin.ModelAdmin[Versie]):
    """What readers saw, and when. Nobody changes that."""

    # What it says is told in words, in the history of its record.
    fields = ("titel", "soort", "nummer", "wat", "op", "door", "opmerking", "reden")
    readonly_fields = ("titel", "wat")
    list_display = ("titel", "soort", "nummer", "op", "door", "wat")
    # The item is a link by itself, to its history.
    list_display_links = ("op",)
    list_filter = ("soort", "op", "door")
    list_select_related = ("door",)
    search_fields = ("uuid", "opmerking", "reden")
    date_hierarchy = "op"

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        for soort, declared in wholes().items():
            versies = [v for v in changelist.result_list if v.soort == soort]
            rows = declared.model._default_manager.filter(
                uuid__in=[versie.uuid for versie in versies]
            )
            records = rows.in_bulk(field_name="uuid") if versies else {}
            for versie in versies:
                versie.record = records.get(versie.uuid)
        return changelist

    @admin.display(description="item")
    def titel(self, obj: Versie) -> SafeString | str:
        record = obj.record if hasattr(obj, "record") else record_of(obj)
        if record is None:
            return str(obj.uuid)
        name = f"{record._meta.app_label}_{record._meta.model_name}_versies"
        url = reverse(f"admin:{name}", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record)

    @admin.display(description="wat")
    def wat(self, obj: Versie) -> str:
        return "gepubliceerd" if obj.document is not None else "ingetrokken"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def record_of(versie: Versie) -> Any:
    """Its working copy; None when that was erased. One query."""
    declared = wholes().get(versie.soort)
    if declared is None:
        return None
    return declared.model._default_manager.filter(uuid=versie.uuid).first()
