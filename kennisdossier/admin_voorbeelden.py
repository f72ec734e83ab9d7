"""The admin of praktijkvoorbeelden and of where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count

from aanpakken.admin import OnvolledigFilter
from kennisdossier.admin_onderdelen import FinancieringInline, OnderdeelAdmin, Rijen
from kennisdossier.models import (
    Cijfer,
    Gemeente,
    Praktijkvoorbeeld,
    Voorbeeldkoppeling,
    Wijk,
)
from wijkwijzer.core.admin import PubliceerbaarAdmin
from wijkwijzer.core.models import Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class CijferInline(Rijen):
    model = Cijfer
    fields = ("volgorde", "kenmerk", "waarde", "eenheid", "peildatum")


class VoorbeeldkoppelingInline(Rijen):
    model = Voorbeeldkoppeling
    autocomplete_fields = ("aanpak",)
    fields = ("aanpak", "basis", "reden")


class VoorbeeldOnvolledigFilter(OnvolledigFilter):
    ONTBREEKT = {
        "gecontroleerd": ("laatst gecontroleerd", {"laatst_gecontroleerd_op": None}),
        "omschrijving": ("omschrijving", {"omschrijving": ""}),
        "gemeente": ("gemeente", {"gemeente": None}),
        "wijk": ("wijk", {"wijk": None}),
        "begin": ("begin", {"begin": None}),
        "doelgroepen": ("doelgroepen", {"doelgroepen": None}),
        "themas": ("thema's", {"themas": None}),
        "koppelingen": ("verwante aanpak", {"koppelingen": None}),
        "bron": ("bron", {"bron": None}),
    }


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


@admin.register(Praktijkvoorbeeld)
class PraktijkvoorbeeldAdmin(PubliceerbaarAdmin):
    list_display = ("naam", "status", "gemeente", "wijk", "begin", "gewijzigd_op")
    list_filter = (
        "status",
        IngestuurdFilter,
        VoorbeeldOnvolledigFilter,
        "gemeente__provincie",
        "themas",
        "doelgroepen",
    )
    list_select_related = ("gemeente", "wijk__gemeente")
    search_fields = (
        *("naam", "slug", "samenvatting", "omschrijving", "kernfeiten"),
        *("gemeente__naam", "wijk__naam"),
    )
    autocomplete_fields = (
        *("gemeente", "wijk", "uitgebreid_naar", "doelgroepen", "themas"),
        *("onderdeel_van", "elementen", "begrippen", "bron"),
    )
    inlines = (CijferInline, FinancieringInline, VoorbeeldkoppelingInline)
    fieldsets = (
        (None, {"fields": ("naam", "slug", "samenvatting")}),
        (
            "Waar en wanneer",
            {
                "fields": (
                    ("gemeente", "wijk"),
                    "plaats_toelichting",
                    "uitgebreid_naar",
                    ("begin", "eind"),
                    "periode_toelichting",
                )
            },
        ),
        (
            "Voor wie en waarvan",
            {"fields": ("doelgroepen", "themas", "onderdeel_van")},
        ),
        ("Wat er gebeurt", {"fields": ("omschrijving", "kernfeiten", "let_op")}),
        ("Wat maakt dat het werkt", {"fields": ("elementen", "begrippen")}),
        ("Bron", {"fields": ("bron", ("extern_url", "extern_feit"))}),
        PubliceerbaarAdmin.publicatie_fieldset,
    )


@admin.register(Cijfer)
class CijferAdmin(OnderdeelAdmin):
    geheel = "voorbeeld"
    tekstvelden = ("kenmerk", "waarde", "eenheid")


@admin.register(Voorbeeldkoppeling)
class VoorbeeldkoppelingAdmin(OnderdeelAdmin):
    geheel = "voorbeeld"
    tekstvelden = ("aanpak__naam", "reden")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["voorbeeld", "aanpak", "basis"]


@admin.register(Gemeente)
class GemeenteAdmin(admin.ModelAdmin[Gemeente]):
    list_display = ("naam", "code", "provincie", "voorbeelden")
    list_filter = ("provincie",)
    search_fields = ("naam", "code", "slug")
    prepopulated_fields = {"slug": ("naam",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Gemeente]:
        queryset: QuerySet[Gemeente] = super().get_queryset(request)
        return queryset.annotate(_voorbeelden=Count("voorbeelden"))

    @admin.display(description="voorbeelden", ordering="_voorbeelden")
    def voorbeelden(self, obj: Any) -> int:
        return int(obj._voorbeelden)


@admin.register(Wijk)
class WijkAdmin(admin.ModelAdmin[Wijk]):
    list_display = ("naam", "gemeente", "toelichting")
    list_filter = ("gemeente",)
    search_fields = ("naam", "slug", "toelichting", "gemeente__naam")
    autocomplete_fields = ("gemeente",)
    prepopulated_fields = {"slug": ("naam",)}
