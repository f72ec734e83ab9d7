"""The praktijkvoorbeelden of the kennisdossier, with the queue of what readers sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from kennisdossier.admin.praktijkvoorbeeld import PraktijkvoorbeeldAdmin
from kennisdossier.models import Praktijkvoorbeeld
from wijkwijzer.core.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class IngestuurdFilter(admin.SimpleListFilter):
    """What readers sent in, and what of it still waits for the editors."""

    title = "ingestuurd"
    parameter_name = "ingestuurd"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [("wacht", "wacht op de redactie"), ("ja", "alles van lezers")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Praktijkvoorbeeld]
    ) -> QuerySet[Praktijkvoorbeeld]:
        if self.value() not in {"wacht", "ja"}:
            return queryset
        ingestuurd = queryset.filter(inzending__isnull=False)
        if self.value() == "wacht":
            return ingestuurd.filter(
                status__in=[Status.CONCEPT, Status.TER_BEOORDELING]
            )
        return ingestuurd


# The kennisdossier knows nothing of readers: its admin is extended from here.
admin.site.unregister(Praktijkvoorbeeld)


@admin.register(Praktijkvoorbeeld)
class IngestuurdVoorbeeldAdmin(PraktijkvoorbeeldAdmin):
    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        status, *andere = super().get_list_filter(request)
        return [status, IngestuurdFilter, *andere]
