"""The admin of the glossary."""

from __future__ import annotations

from django.contrib import admin

from kennisdossier.admin.onderdelen import OnderdeelAdmin, Rijen
from kennisdossier.models import Begrip, Begripverwijzing
from wijkwijzer.wholes.admin import GeheelAdmin, GewijzigdFilter, OnvolledigFilter


class BegripverwijzingInline(Rijen):
    model = Begripverwijzing
    fields = ("volgorde", "label", "url", "opmerking")


@admin.register(Begrip)
class BegripAdmin(GeheelAdmin):
    list_display = ("naam", "definitie", "stand", "markeren", "gewijzigd_op")
    list_filter = ("status", GewijzigdFilter, OnvolledigFilter, "markeren", "bron")
    search_fields = ("naam", "slug", "varianten", "definitie", "toelichting")
    autocomplete_fields = ("bron",)
    inlines = (BegripverwijzingInline,)
    fieldsets = (
        (None, {"fields": ("naam", "slug", "definitie", "toelichting", "let_op")}),
        ("In teksten", {"fields": ("varianten", "markeren")}),
        ("Bron", {"fields": ("bron",)}),
        GeheelAdmin.publicatie_fieldset,
    )


@admin.register(Begripverwijzing)
class BegripverwijzingAdmin(OnderdeelAdmin):
    geheel = "begrip"
    tekstvelden = ("label", "url", "opmerking")
