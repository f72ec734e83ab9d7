"""Who readers can ask, and where their questions go."""

from __future__ import annotations

from django.contrib import admin

from kennisdossier.models import Contactpunt


@admin.register(Contactpunt)
class ContactpuntAdmin(admin.ModelAdmin):
    list_display = ("__str__", "functie", "email", "volgorde")
    list_filter = ("dossiers",)
    list_select_related = ("organisatie",)
    search_fields = ("functie", "organisatie__naam", "expertise", "email", "slug")
    autocomplete_fields = ("organisatie", "dossiers")
    prepopulated_fields = {"slug": ("functie",)}
    fieldsets = (
        (None, {"fields": ("organisatie", "functie", "slug", "expertise")}),
        ("Vragen van lezers", {"fields": ("email",)}),
        ("Waar het op de site staat", {"fields": ("dossiers", "volgorde")}),
    )
