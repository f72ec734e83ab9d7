"""Lists of what was submitted, and of what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from wijkwijzer.wholes.models import Beoordeling, Gepland, Planstand, Uitkomst
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class AlleenLezen(admin.ModelAdmin[Any]):
    """Decided on the pages of the record itself."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        for soort, declared in wholes().items():
            rows = [row for row in changelist.result_list if row.soort == soort]
            found = declared.model._default_manager.filter(
                uuid__in=[row.uuid for row in rows]
            )
            records = found.in_bulk(field_name="uuid") if rows else {}
            for row in rows:
                row.record = records.get(row.uuid)
        return changelist

    @admin.display(description="item", ordering="titel")
    def item(self, obj: Any) -> SafeString | str:
        record = getattr(obj, "record", None)
        if record is None:
            return str(obj.titel)
        name = f"{record._meta.app_label}_{record._meta.model_name}_"
        try:
            url = reverse(f"admin:{name}{self.leads(obj)}", args=[record.pk])
        except NoReverseMatch:
            return str(record)
        return format_html('<a href="{}">{}</a>', url, record)

    def leads(self, obj: Any) -> str:
        """The page of the record where something can be done."""
        return "change"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Beoordeling)
class BeoordelingAdmin(AlleenLezen):
    list_display = ("item", "soort", "ingediend_op", "ingediend_door", "uitkomst")
    list_display_links = ("ingediend_op",)
    list_filter = ("uitkomst", "soort", "ingediend_door")
    list_select_related = ("ingediend_door", "door")
    search_fields = ("titel", "opmerking", "reden")
    date_hierarchy = "ingediend_op"

    def leads(self, obj: Beoordeling) -> str:
        return "beoordelen" if obj.uitkomst == Uitkomst.WACHT else "change"


@admin.register(Gepland)
class GeplandAdmin(AlleenLezen):
    list_display = ("item", "soort", "wat", "op", "stand", "door", "waarom")
    list_display_links = ("op",)
    list_filter = ("stand", "wat", "soort")
    list_select_related = ("door",)
    search_fields = ("titel", "reden", "waarom")
    date_hierarchy = "op"
    exclude = ("document", "schema")

    def leads(self, obj: Gepland) -> str:
        return "plannen" if obj.stand == Planstand.WACHT else "change"
