"""What editors teach the search; it knows that within a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.contrib import admin, messages

from wijkwijzer.core.teksten import regels
from wijkwijzer.search.models import Synoniemgroep, Verwant, Woorddeel, Zoekwoord
from wijkwijzer.search.verwant import pagina
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


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


@admin.register(Zoekwoord)
class ZoekwoordAdmin(admin.ModelAdmin):
    """What was asked in vain: an editor answers it, and takes it from the list."""

    list_display = ("woord", "vragers", "dag", "afgehandeld")
    list_filter = ("afgehandeld", "dag")
    list_per_page = 50
    date_hierarchy = "dag"
    search_fields: ClassVar[tuple[str, ...]] = ("woord",)
    fields = ("woord", "vragers", "dag", "afgehandeld")
    readonly_fields = ("woord", "vragers", "dag")
    actions = ("handel_af",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Zet op afgehandeld", permissions=["change"])
    def handel_af(self, request: HttpRequest, queryset: QuerySet[Zoekwoord]) -> None:
        """The same words of other days too: who answered one, answered all."""
        words = [*queryset.values_list("woord", flat=True)]
        same = Zoekwoord.objects.filter(woord__in=words, afgehandeld=False)
        messages.success(request, f"Afgehandeld: {same.update(afgehandeld=True)}.")
