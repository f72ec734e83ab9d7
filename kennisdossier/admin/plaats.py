"""Gemeenten and wijken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from kennisdossier.models import Gemeente, Wijk
from wijkwijzer.core.admin import VasteSlug

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Gemeente)
class GemeenteAdmin(VasteSlug):
    list_display = ("naam", "code", "provincie", "voorbeelden")
    list_filter = ("provincie",)
    search_fields = ("naam", "code", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gemeente]:
        queryset: QuerySet[Gemeente] = super().get_queryset(request)
        return queryset.annotate(_voorbeelden=Count("voorbeelden"))

    @admin.display(description="voorbeelden", ordering="_voorbeelden")
    def voorbeelden(self, obj: Any) -> int:
        return int(obj._voorbeelden)


@admin.register(Wijk)
class WijkAdmin(VasteSlug):
    list_display = ("naam", "gemeente", "toelichting")
    list_filter = ("gemeente",)
    search_fields = ("naam", "slug", "toelichting", "gemeente__naam")
    autocomplete_fields = ("gemeente",)
