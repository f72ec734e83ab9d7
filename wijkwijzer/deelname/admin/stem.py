"""Ratings in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from wijkwijzer.deelname import actions
from wijkwijzer.deelname.admin.basis import RELATIES, OverOnderwerpAdmin, redacteur
from wijkwijzer.deelname.models import Stem

if TYPE_CHECKING:
    from django.contrib.admin.models import LogEntry
    from django.db.models import QuerySet
    from django.http import HttpRequest


@admin.register(Stem)
class StemAdmin(OverOnderwerpAdmin):
    """Nobody changes a vote; editors can erase those that do not belong."""

    list_display = ("waarde", "over", "gegeven_op")
    list_filter = ("waarde", "gegeven_op")
    search_fields = tuple(f"{relatie}__naam" for relatie in RELATIES)
    fields = ("over", "waarde", "gegeven_op")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Stem) -> None:
        actions.wis_stemmen(stemmen=[obj], by=redacteur(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Stem]) -> None:
        actions.wis_stemmen(stemmen=queryset, by=redacteur(request))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        """The action writes down what it erases."""
        return []
