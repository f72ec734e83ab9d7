"""Editors add synonyms and compound parts; the search knows them within a second."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from wijkwijzer.core.teksten import regels
from wijkwijzer.search.models import Synoniemgroep, Woorddeel


@admin.register(Synoniemgroep)
class SynoniemgroepAdmin(admin.ModelAdmin):
    list_display = ("naam", "alle_termen")
    search_fields: ClassVar[tuple[str, ...]] = ("naam", "termen")

    @admin.display(description="termen")
    def alle_termen(self, obj: Synoniemgroep) -> str:
        return ", ".join(regels(obj.termen))


@admin.register(Woorddeel)
class WoorddeelAdmin(admin.ModelAdmin):
    list_display = ("woord",)
    search_fields: ClassVar[tuple[str, ...]] = ("woord",)
