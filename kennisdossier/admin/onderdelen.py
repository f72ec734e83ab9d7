"""Parts in the admin: rows in a form, and lists of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models

if TYPE_CHECKING:
    from django.http import HttpRequest


class Rijen(admin.TabularInline[Any, Any]):
    extra = 0


class Blokken(admin.StackedInline[Any, Any]):
    extra = 0


class OnderdeelAdmin(admin.ModelAdmin[Any]):
    """Parts that editors look for across dossiers, begrippen or voorbeelden."""

    geheel = "dossier"
    tekstvelden: tuple[str, ...] = ("tekst",)
    list_select_related = True

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["__str__", self.geheel]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self.geheel, *(f.name for f in self.opts.fields if f.choices)]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*self.tekstvelden, f"{self.geheel}__naam"]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [f.name for f in self.opts.fields if isinstance(f, models.ForeignKey)]
