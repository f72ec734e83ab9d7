"""Recognitions and listings, to find and repair across the register."""

from __future__ import annotations

from django.contrib import admin

from interventies.admin.interventie import DatabankvermeldingInline, ErkenningInline
from interventies.models import Databankvermelding, Erkenning


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
    list_display = ("interventie", "databank", "soort", "in_databank", "bron_datum")
    list_filter = ("databank", "soort", "in_databank")
    list_select_related = ("interventie", "databank")
    search_fields = ("interventie__naam", "bron_stelt", "opmerking")
    autocomplete_fields = ("interventie", "databank")
    fields = ("interventie", *DatabankvermeldingInline.fields)
