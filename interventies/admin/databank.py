"""The databanks, the levels, and how long each usually holds."""

from __future__ import annotations

from django.contrib import admin

from interventies.models import Databank, Geldigheidsregel, Niveau
from wijkwijzer.wholes.admin import VocabulaireAdmin


class GeldigheidsregelInline(admin.TabularInline):
    model = Geldigheidsregel
    extra = 0


@admin.register(Databank)
class DatabankAdmin(VocabulaireAdmin):
    list_display = ("naam", "afkorting", "werkveld", "volgorde", "gebruikt")
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
