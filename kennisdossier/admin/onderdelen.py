"""Parts in the admin: rows in a form without a query each, and lists of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class Bekend(AutocompleteMixin):
    """Shows what a row refers to by the name that was loaded with the row."""

    bekend: dict[str, str] = {}
    # Of the select that this is mixed into.
    is_required: bool
    allow_multiple_selected: bool
    create_option: Any

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        gekozen = [str(v) for v in value if v not in {None, ""}]
        if not all(sleutel in self.bekend for sleutel in gekozen):
            return super().optgroups(name, value, attr)
        leeg = not (self.is_required or self.allow_multiple_selected)
        opties = [("", "", False)] * leeg
        opties += [(sleutel, self.bekend[sleutel], True) for sleutel in gekozen]
        return [
            (None, [self.create_option(name, *o, n) for n, o in enumerate(opties)], 0)
        ]


class BekendeKeuze(Bekend, AutocompleteSelect):
    pass


class BekendeKeuzes(Bekend, AutocompleteSelectMultiple):
    pass


class OnderdeelForm(forms.ModelForm):
    """Gives its widgets the names of what the record refers to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        for naam, veld in self.fields.items():
            widget = veld.widget
            if isinstance(widget, RelatedFieldWidgetWrapper):
                widget = widget.widget
            if isinstance(widget, Bekend):
                verwezen = getattr(self.instance, naam)
                if isinstance(widget, BekendeKeuzes):
                    objecten: list[Model] = [*verwezen.all()]
                else:
                    objecten = [verwezen] if verwezen else []
                widget.bekend = {str(obj.pk): str(obj) for obj in objecten}


class Onderdelen(admin.options.InlineModelAdmin[Any, Any]):
    """Parts of a record: none empty, so that a page of many inlines stays short."""

    extra = 0
    form = OnderdeelForm
    # The page of the whole shows them all.
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        velden = self.get_autocomplete_fields(request)
        meer = {veld.name for veld in self.opts.many_to_many}
        queryset: QuerySet[Any] = super().get_queryset(request)
        if een := [veld for veld in velden if veld not in meer]:
            queryset = queryset.select_related(*een)
        return queryset.prefetch_related(*(veld for veld in velden if veld in meer))

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = BekendeKeuze(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = BekendeKeuzes(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Rijen(Onderdelen, admin.TabularInline[Any, Any]):
    pass


class Blokken(Onderdelen, admin.StackedInline[Any, Any]):
    pass


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
