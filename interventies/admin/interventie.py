"""The admin of a register entry: what each databank said, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from interventies.admin.nakijken import NakijkMixin
from interventies.models import (
    Databankvermelding,
    Erkenning,
    Erkenningsstatus,
    Interventie,
)
from interventies.whole import InterventieDocument
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class ErkenningInline(admin.StackedInline):
    model = Erkenning
    extra = 0
    fields = (
        ("databank", "niveau"),
        ("datum", "geldig_tot", "orgaan"),
        ("bron_url", "bron_datum"),
        "publicatie",
        "bron_stelt",
        ("opmerking", "volgorde"),
    )


class DatabankvermeldingInline(admin.StackedInline):
    model = Databankvermelding
    extra = 0
    fields = (
        ("databank", "soort", "in_databank"),
        ("bron_url", "bron_datum"),
        "publicatie",
        "bron_stelt",
        ("opmerking", "volgorde"),
    )


class ErkenningsstatusFilter(admin.SimpleListFilter):
    """Whether the recognition that readers see still holds."""

    title = "erkenning"
    parameter_name = "erkenning"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(status.value, str(status.label)) for status in Erkenningsstatus]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Interventie]
    ) -> QuerySet[Interventie]:
        if not self.value():
            return queryset
        index = current_stand().index(InterventieDocument, FACETTEN)
        records = index.records
        posities = records.in_order(index.bits("erkenning", str(self.value())))
        return queryset.filter(uuid__in=[records[p].uuid for p in posities])


@admin.register(Interventie)
class InterventieAdmin(NakijkMixin, GeheelAdmin):
    list_display = ("naam", "stand", "eigenaar", "gewijzigd_op")
    list_filter = (
        *("status", GewijzigdFilter, ErkenningsstatusFilter, OnvolledigFilter),
        "erkenningen__niveau",
    )
    search_fields = ("naam", "slug", "eigenaar", "toelichting")
    inlines = (ErkenningInline, DatabankvermeldingInline)
    fieldsets = (
        (None, {"fields": ("naam", "slug")}),
        (
            "Over de interventie",
            {
                "fields": (
                    "toelichting",
                    "eigenaar",
                    ("eigenaar_bron_url", "eigenaar_bron_datum"),
                    "eigenaar_publicatie",
                )
            },
        ),
        GeheelAdmin.publicatie_fieldset,
    )
