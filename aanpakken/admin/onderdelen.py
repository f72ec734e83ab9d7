"""Parts of an aanpak, to find and repair across aanpakken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from aanpakken.models import (
    Aspectkoppeling,
    Begin,
    Doelgroepkoppeling,
    Elementkoppeling,
    Feit,
    Link,
    Stap,
    Themakoppeling,
    Trefwoordkoppeling,
    Uitvoering,
    Vraagstukkoppeling,
)

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(
    Vraagstukkoppeling,
    Themakoppeling,
    Aspectkoppeling,
    Elementkoppeling,
    Doelgroepkoppeling,
    Uitvoering,
)
class KoppelingAdmin(admin.ModelAdmin):
    """Links between aanpakken and terms, to find and repair across aanpakken."""

    list_select_related = True
    search_fields = ("aanpak__naam",)
    autocomplete_fields = ("aanpak",)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [f.name for f in self.model._meta.fields if f.choices]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        tekstvelden = {"reden", "omschrijving", "naam", "opmerking"}
        eigen = [f.name for f in self.model._meta.fields if f.name in tekstvelden]
        return ["aanpak__naam", *eigen]


@admin.register(Stap, Begin, Feit, Link)
class OnderdeelAdmin(KoppelingAdmin):
    """Parts of an aanpak that editors look for across aanpakken."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["__str__", "aanpak", *self.get_list_filter(request)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        tekstvelden = {"naam", "tekst", "label", "url", "bron_url"}
        eigen = [f.name for f in self.model._meta.fields if f.name in tekstvelden]
        return ["aanpak__naam", *eigen]


@admin.register(Trefwoordkoppeling)
class TrefwoordkoppelingAdmin(admin.ModelAdmin):
    list_display = ("tag", "content_object")
    list_select_related = ("tag", "content_object")
    search_fields = ("tag__name", "content_object__naam")
    autocomplete_fields = ("tag", "content_object")
