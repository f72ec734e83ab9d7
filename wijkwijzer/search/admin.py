"""What editors teach the search; it knows that within a second."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import admin

from wijkwijzer.core.teksten import regels
from wijkwijzer.search.models import Synoniemgroep, Verwant, Woorddeel
from wijkwijzer.search.verwant import pagina
from wijkwijzer.wholes.current import current_stand


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


class VerwantForm(forms.ModelForm):
    def clean_paginas(self) -> str:
        paginas: str = self.cleaned_data["paginas"]
        stand = current_stand()
        if onbekend := [p for p in regels(paginas) if not pagina(stand, p)]:
            raise forms.ValidationError(
                "De zoeker kent deze pagina niet: %(adres)s",
                params={"adres": ", ".join(onbekend)},
            )
        return paginas


@admin.register(Verwant)
class VerwantAdmin(admin.ModelAdmin):
    form = VerwantForm
    list_display = ("naam", "alle_woorden", "zoekterm")
    search_fields: ClassVar[tuple[str, ...]] = ("naam", "woorden")

    @admin.display(description="woorden")
    def alle_woorden(self, obj: Verwant) -> str:
        return ", ".join(regels(obj.woorden))
