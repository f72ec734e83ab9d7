"""One article of a dossier, with room for its text."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from kennisdossier.models import Artikel
from kennisdossier.whole import DossierDocument
from wijkwijzer.wholes.current import current_stand

ARTIKELVELDEN = (
    ("naam", "slug", "volgorde"),
    "tekst",
    ("aanpakken", "voorbeelden"),
    "bronsecties",
)


@admin.register(Artikel)
class ArtikelAdmin(admin.ModelAdmin):
    list_display = ("naam", "dossier", "volgorde")
    list_filter = ("dossier",)
    list_select_related = ("dossier",)
    search_fields = ("naam", "slug", "tekst", "bronsecties", "dossier__naam")
    autocomplete_fields = ("dossier", "aanpakken", "voorbeelden")
    prepopulated_fields = {"slug": ("naam",)}
    fields = ("dossier", *ARTIKELVELDEN)
    save_on_top = True

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Only in a dossier that readers see there is something to look at."""
        if obj is None:
            return None
        gezien = current_stand().published(DossierDocument, obj.dossier.uuid)
        return f"{gezien.get_absolute_url()}#{obj.slug}" if gezien else None
