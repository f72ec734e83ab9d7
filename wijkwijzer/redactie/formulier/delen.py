"""The parts of a record in its form: only those that are, and without a query each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models

from wijkwijzer.core.uitleg import uitleg_van
from wijkwijzer.redactie.formulier.velden import maak_licht, wijs_aan

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class DeelForm(forms.ModelForm[Any]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wijs_aan(self)


class LichteDelen(admin.options.InlineModelAdmin[Any, Any]):
    """What each inline gets of ``admin.Formulier``, whatever it says itself."""

    extra = 0
    template = "admin/redactie/delen.html"
    # The page of the whole shows them all.
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        velden = self.get_autocomplete_fields(request)
        meer = {veld.name for veld in self.opts.many_to_many}
        een = {f.name for f in self.opts.fields if isinstance(f, models.ForeignKey)}
        queryset: QuerySet[Any] = super().get_queryset(request)
        # Also for their names: what a row is called often names what it refers to.
        queryset = queryset.select_related(*een)
        return queryset.prefetch_related(*(veld for veld in velden if veld in meer))

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        veld = super().formfield_for_dbfield(db_field, request, **kwargs)
        begin = getattr(self, "beginwaarden", {})
        if veld and db_field.name in begin:
            veld.initial = begin[db_field.name]
        # Django puts the record of the page there: of all others none is read.
        if veld and db_field.related_model is not self.parent_model:
            veld = maak_licht(veld, request)
        return veld and uitleg_van(veld, db_field, self.model)


@cache
def lichte(inline: type[Any]) -> type[Any]:
    """The same inline, with what all of them have."""
    own: dict[str, Any] = {"__module__": inline.__module__}
    for name in ("extra", "template", "view_on_site"):
        own[name] = getattr(LichteDelen, name)
    own["form"] = type("DeelForm", (DeelForm, inline.form), {})
    return type(inline.__name__, (inline, LichteDelen), own)
