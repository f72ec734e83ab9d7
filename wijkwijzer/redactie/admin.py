"""What changed, over everything: who did what, when, with the old and the new value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

# The lists know what waits from here on, and accounts get the admin of here.
from wijkwijzer.redactie import mensen, werk
from wijkwijzer.redactie.links import admin as links

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

__all__ = ["GeschiedenisAdmin", "links", "mensen", "werk"]

IN_THE_LIST = 200
WORDS = {ADDITION: "toegevoegd", CHANGE: "gewijzigd", DELETION: "verwijderd"}


@admin.register(LogEntry)
class GeschiedenisAdmin(admin.ModelAdmin[LogEntry]):
    """Read only: what happened is what happened."""

    # In the menu; Django calls it after its table.
    heet = "Wat is er veranderd"
    list_display = ("action_time", "door", "item", "soort", "wat", "kort")
    list_display_links = ("action_time",)
    list_filter = (
        ("user", admin.RelatedOnlyFieldListFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
        "action_flag",
        "action_time",
    )
    list_select_related = ("user", "content_type")
    list_per_page = 50
    date_hierarchy = "action_time"
    search_fields = ("object_repr", "change_message", "user__username")
    fields = ("action_time", "door", "item", "soort", "wat", "regels")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Of what somebody may look at himself."""
        queryset: QuerySet[LogEntry] = super().get_queryset(request)
        if request.user.is_superuser:
            return queryset
        seen = [
            model
            for model, own in self.admin_site._registry.items()
            if own is not self and own.has_view_permission(request)
        ]
        kinds = ContentType.objects.get_for_models(*seen)
        return queryset.filter(content_type__in=kinds.values())

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": self.heet, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description="door", ordering="user")
    def door(self, obj: LogEntry) -> str:
        return str(obj.user)

    @admin.display(description="item", ordering="object_repr")
    def item(self, obj: LogEntry) -> SafeString | str:
        try:
            url = obj.get_admin_url()
        except NoReverseMatch:
            url = None
        if not url or obj.is_deletion():
            return obj.object_repr
        return format_html('<a href="{}">{}</a>', url, obj.object_repr)

    @admin.display(description="soort", ordering="content_type")
    def soort(self, obj: LogEntry) -> str:
        model = obj.content_type.model_class() if obj.content_type else None
        return str(model._meta.verbose_name) if model else ""

    @admin.display(description="wat", ordering="action_flag")
    def wat(self, obj: LogEntry) -> str:
        return WORDS[obj.action_flag]

    @admin.display(description="verschil")
    def kort(self, obj: LogEntry) -> str:
        return Truncator(obj.get_change_message()).chars(IN_THE_LIST)

    @admin.display(description="verschil")
    def regels(self, obj: LogEntry) -> SafeString:
        lines = obj.get_change_message().splitlines()
        return format_html_join("", "<p>{}</p>", ((line,) for line in lines))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
