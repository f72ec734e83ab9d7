"""The admin of an aanpak: fieldsets and inlines in the order of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from aanpakken.models import (
    Aanpak,
    Aspectkoppeling,
    Basis,
    Begin,
    Doelgroepkoppeling,
    Doelgroeprol,
    Elementkoppeling,
    Feit,
    Laagbasis,
    Link,
    Linksoort,
    Stap,
    Sterkte,
    Themakoppeling,
    Uitvoering,
    Uitvoeringsrol,
    Vraagstukkoppeling,
)
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter


class Deelinline(admin.TabularInline):
    """Rows of an aanpak: none empty, so that a page of many inlines stays short."""

    extra = 0
    show_change_link = False
    # What an editor who adds a row most often means; what the source says, he chooses.
    beginwaarden: dict[str, str] = {"basis": Basis.REDACTIONEEL}


class DoelgroepkoppelingInline(Deelinline):
    model = Doelgroepkoppeling
    beginwaarden = {"rol": Doelgroeprol.PRIMAIR}


class VraagstukkoppelingInline(Deelinline):
    model = Vraagstukkoppeling
    fields = ("vraagstuk", "basis", "reden")


class ThemakoppelingInline(Deelinline):
    model = Themakoppeling
    fields = ("thema", "basis", "sterkte", "functie", "reden")
    beginwaarden = {**Deelinline.beginwaarden, "sterkte": Sterkte.STERK}


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


class UitvoeringForm(forms.ModelForm):
    """Who is in the list of a ring, stands in that ring: nobody needs to choose it."""

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        actor = cleaned.get("actor")
        if actor is not None and cleaned.get("laag") is None:
            cleaned["laag"], cleaned["laag_basis"] = actor.laag, Laagbasis.LIJST
        return cleaned


class UitvoeringInline(admin.StackedInline):
    model = Uitvoering
    extra = 0
    form = UitvoeringForm
    beginwaarden = {
        "rol": Uitvoeringsrol.UITVOERDER,
        "laag_basis": Laagbasis.REDACTIONEEL,
    }
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
    beginwaarden = {"soort": Linksoort.LEES_MEER}
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
    volgorde_secties = (
        *("In het kort", "doelgroepkoppelingen", "vraagstukkoppelingen"),
        *("themakoppelingen", "aspectkoppelingen", "feiten", "Omschrijving", "stappen"),
        *("begin", "uitvoeringen", "elementkoppelingen", "Erkenning"),
        *("Eigenaar en bronnen", "links"),
    )
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
