"""The admin of praktijkvoorbeelden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from kennisdossier.admin.onderdelen import OnderdeelAdmin, Rijen
from kennisdossier.models import (
    Cijfer,
    Praktijkvoorbeeld,
    Voorbeeldkoppeling,
)
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter

if TYPE_CHECKING:
    from django.http import HttpRequest


class CijferInline(Rijen):
    model = Cijfer
    fields = ("volgorde", "kenmerk", "waarde", "eenheid", "peildatum")


class VoorbeeldkoppelingInline(Rijen):
    model = Voorbeeldkoppeling
    autocomplete_fields = ("aanpak",)
    fields = ("volgorde", "aanpak", "basis", "reden")


@admin.register(Praktijkvoorbeeld)
class PraktijkvoorbeeldAdmin(GeheelAdmin):
    list_display = ("naam", "stand", "gemeente", "wijk", "begin", "gewijzigd_op")
    list_filter = (
        "status",
        GewijzigdFilter,
        OnvolledigFilter,
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
        *("actoren", "onderdeel_van", "elementen", "begrippen", "bron"),
    )
    inlines = (CijferInline, VoorbeeldkoppelingInline)
    volgorde_secties = (
        *("Waar en wanneer", "Voor wie en waarvan", "Wat er gebeurt", "cijfers"),
        *("koppelingen", "Wat maakt dat het werkt", "Bron"),
    )
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
            {"fields": ("doelgroepen", "themas", "actoren", "onderdeel_van")},
        ),
        ("Wat er gebeurt", {"fields": ("omschrijving", "kernfeiten", "let_op")}),
        (
            "Wat maakt dat het werkt",
            {"fields": ("elementen", "elementen_basis", "begrippen")},
        ),
        ("Bron", {"fields": ("bron", ("extern_url", "extern_feit"))}),
        GeheelAdmin.publicatie_fieldset,
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
