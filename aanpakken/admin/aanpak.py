"""The admin of an aanpak: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from django.contrib import admin

from aanpakken.models import (
    Aanpak,
    Aspectkoppeling,
    Begin,
    Doelgroepkoppeling,
    Elementkoppeling,
    Feit,
    Link,
    Stap,
    Themakoppeling,
    Uitvoering,
    Vraagstukkoppeling,
)
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter


class Deelinline(admin.TabularInline):
    """Rows of an aanpak: none empty, so that a page of many inlines stays short."""

    extra = 0
    show_change_link = False


class DoelgroepkoppelingInline(Deelinline):
    model = Doelgroepkoppeling
    autocomplete_fields = ("doelgroep",)


class VraagstukkoppelingInline(Deelinline):
    model = Vraagstukkoppeling
    fields = ("vraagstuk", "basis", "reden")


class ThemakoppelingInline(Deelinline):
    model = Themakoppeling
    fields = ("thema", "basis", "sterkte", "functie", "reden")


class AspectkoppelingInline(Deelinline):
    model = Aspectkoppeling
    fields = ("aspect", "basis", "reden")


class FeitInline(Deelinline):
    model = Feit
    fields = ("volgorde", "soort", "tekst", "bron", "bron_url", "bron_datum")
    autocomplete_fields = ("bron",)


class StapInline(Deelinline):
    model = Stap


class BeginInline(Deelinline):
    model = Begin
    fields = ("volgorde", "soort", "tekst", "bron", "bron_url")
    autocomplete_fields = ("bron",)


class UitvoeringInline(admin.StackedInline):
    model = Uitvoering
    extra = 0
    autocomplete_fields = ("actor",)
    fields = (
        ("naam", "rol", "rol_in_bron", "basis"),
        ("laag", "laag_basis", "actor"),
        ("opmerking", "volgorde"),
    )


class ElementkoppelingInline(Deelinline):
    model = Elementkoppeling
    fields = ("element", "basis", "reden")
    autocomplete_fields = ("element",)


class LinkInline(admin.StackedInline):
    model = Link
    extra = 0
    fields = (
        ("label", "soort"),
        "url",
        ("gecorrigeerd_van", "correctie_reden"),
        ("opmerking", "volgorde"),
    )


@admin.register(Aanpak)
class AanpakAdmin(GeheelAdmin):
    list_display = ("naam", "rubriek", "stand", "interventie", "gewijzigd_op")
    list_filter = (
        "status",
        GewijzigdFilter,
        "rubriek",
        OnvolledigFilter,
        "uitvoeringen__laag",
        "themakoppelingen__thema",
        "vorm",
    )
    list_select_related = ("interventie",)
    search_fields = ("naam", "slug", "naamvarianten", "samenvatting", "omschrijving")
    autocomplete_fields = ("interventie", "bronnen")
    inlines = (
        DoelgroepkoppelingInline,
        VraagstukkoppelingInline,
        ThemakoppelingInline,
        AspectkoppelingInline,
        FeitInline,
        StapInline,
        BeginInline,
        UitvoeringInline,
        ElementkoppelingInline,
        LinkInline,
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "naam",
                    "sorteernaam",
                    "naamvarianten",
                    "slug",
                    "samenvatting",
                    "eenvoudig",
                )
            },
        ),
        ("Erkenning", {"fields": ("rubriek", "volgorde_in_bron", "interventie")}),
        ("In het kort", {"fields": ("doel", ("vorm", "vorm_toelichting"), "tags")}),
        ("Omschrijving", {"fields": ("omschrijving", "stappen_toelichting")}),
        (
            "Eigenaar en bronnen",
            {"fields": ("eigenaar", "eigenaar_bron_url", "bronnen", "correcties")},
        ),
        GeheelAdmin.publicatie_fieldset,
    )
