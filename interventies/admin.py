"""The admin of the register: what each databank said, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from interventies.models import (
    Databank,
    Databankvermelding,
    Erkenning,
    Erkenningsstatus,
    Geldigheidsregel,
    Interventie,
    Niveau,
)
from wijkwijzer.core.admin import PubliceerbaarAdmin, VocabulaireAdmin

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
        "bron_stelt",
        "opmerking",
    )


class DatabankvermeldingInline(admin.StackedInline):
    model = Databankvermelding
    extra = 0
    fields = (
        ("databank", "soort"),
        ("bron_url", "bron_datum"),
        "bron_stelt",
        "opmerking",
    )


class ErkenningsstatusFilter(admin.SimpleListFilter):
    title = "erkenning"
    parameter_name = "erkenning"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(status.value, str(status.label)) for status in Erkenningsstatus]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Interventie]
    ) -> QuerySet[Interventie]:
        if not self.value():
            return queryset
        return queryset.filter(Q(erkenningsstatus=self.value()))


@admin.register(Interventie)
class InterventieAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "status", "erkenningsstatus", "eigenaar", "gewijzigd_op")
    list_filter = ("status", ErkenningsstatusFilter, "erkenningen__niveau")
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
                )
            },
        ),
        PubliceerbaarAdmin.publicatie_fieldset,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interventie]:
        return Interventie.objects.with_erkenningsstatus(timezone.localdate())

    @admin.display(description="erkenning", ordering="erkenningsstatus")
    def erkenningsstatus(self, obj: Any) -> str:
        return str(Erkenningsstatus(obj.erkenningsstatus).label)


@admin.register(Erkenning)
class ErkenningAdmin(admin.ModelAdmin):
    list_display = ("interventie", "databank", "niveau", "datum", "geldig_tot")
    list_filter = ("databank", "niveau")
    list_select_related = ("interventie", "databank", "niveau")
    search_fields = ("interventie__naam", "orgaan", "bron_stelt", "opmerking")
    autocomplete_fields = ("interventie", "databank", "niveau")
    fields = ("interventie", *ErkenningInline.fields)


@admin.register(Databankvermelding)
class DatabankvermeldingAdmin(admin.ModelAdmin):
    list_display = ("interventie", "databank", "soort", "bron_datum")
    list_filter = ("databank", "soort")
    list_select_related = ("interventie", "databank")
    search_fields = ("interventie__naam", "bron_stelt", "opmerking")
    autocomplete_fields = ("interventie", "databank")
    fields = ("interventie", *DatabankvermeldingInline.fields)


class GeldigheidsregelInline(admin.TabularInline):
    model = Geldigheidsregel
    extra = 0


@admin.register(Databank)
class DatabankAdmin(VocabulaireAdmin):
    list_display = ("naam", "afkorting", "werkveld", "volgorde", "gebruikt")
    gebruikt_relatie = "vermeldingen"
    autocomplete_fields = ("organisatie",)
    inlines = (GeldigheidsregelInline,)
    fieldsets = (
        (None, {"fields": ("naam", "afkorting", "naamvarianten", "slug", "volgorde")}),
        (
            "Over de databank",
            {
                "fields": (
                    "databanknaam",
                    "organisatie",
                    "toelichting",
                    ("werkveld", "werkveld_bron"),
                )
            },
        ),
    )


@admin.register(Niveau)
class NiveauAdmin(VocabulaireAdmin):
    list_display = ("naam", "hoofdniveau", "volgorde", "gebruikt")
    list_select_related = ("hoofdniveau",)
    gebruikt_relatie = "erkenningen"
    fields = (
        "naam",
        "slug",
        "hoofdniveau",
        "werkwoord",
        "toelichting",
        "eisen",
        "volgorde",
    )


@admin.register(Geldigheidsregel)
class GeldigheidsregelAdmin(admin.ModelAdmin):
    list_display = ("databank", "niveau", "jaren", "opmerking")
    list_filter = ("databank", "niveau")
    list_select_related = ("databank", "niveau")
    search_fields = ("databank__naam", "niveau__naam", "opmerking")
    autocomplete_fields = ("databank", "niveau")
