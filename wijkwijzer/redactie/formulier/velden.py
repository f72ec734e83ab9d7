"""Widgets that say once what Django's say for every row.

A form of a dossier has hundreds of fields. What is the same in each of them is added in
the browser (static/js/admin-formulier.js), and options are read and written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import (
    AdminURLFieldWidget,
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.forms.utils import flatatt
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

# Where a request keeps the options that it read.
GELEZEN = "_redactie_keuzes"
GEKOZEN = SafeString(" selected")


def opties(keuzes: Any, gekozen: set[str]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (waarde, GEKOZEN if str(waarde) in gekozen else "", tekst)
            for waarde, tekst in keuzes
        ),
    )


def is_sleutel(kolom: Any, waarde: Any) -> bool:
    """Whether a column can hold this; no database is asked for what it cannot."""
    try:
        kolom.run_validators(kolom.to_python(waarde))
    except ValidationError:
        return False
    return True


class Meerkeuze(ModelMultipleChoiceField[Any]):
    """Refuses what no key can be, which Django would ask the database for."""

    def _check_values(self, value: Any) -> Any:
        meta = self.queryset.model._meta  # type: ignore[union-attr]
        kolom = meta.get_field(self.to_field_name or meta.pk.name)
        for waarde in value:
            if not is_sleutel(kolom, waarde):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(waarde)[:40]},
                )
        return super()._check_values(value)  # type: ignore[misc]


class Keuzelijst(forms.Select):
    """A list of options without a template for each of them."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        keuzes = [*self.choices]
        if any(isinstance(tekst, (list, tuple)) for _, tekst in keuzes):
            return super().render(name, value, attrs, renderer)
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        gekozen = {str(waarde) for waarde in self.format_value(value)}
        return format_html(
            "<select{}>{}</select>", flatatt(own), opties(keuzes, gekozen)
        )


class Bekend(AutocompleteMixin):
    """Finds while you type; shows what is chosen by the name that came with the row."""

    bekend: dict[str, str] = {}
    # Of the select that this is mixed into.
    is_required: bool
    allow_multiple_selected: bool

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        # Of which model it is, the form or the group of parts says.
        return {**base_attrs, **(extra_attrs or {}), "class": "admin-autocomplete"}

    def _kan(self, sleutel: str) -> bool:
        """Whether it can be the key of what is chosen from here."""
        model = self.field.remote_field.model
        naam = getattr(self.field.remote_field, "field_name", model._meta.pk.attname)
        return is_sleutel(model._meta.get_field(naam), sleutel)

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        waarden = value if isinstance(value, (list, tuple)) else [value]
        gekozen = [str(waarde) for waarde in waarden if waarde not in {None, ""}]
        if all(sleutel in self.bekend for sleutel in gekozen):
            keuzes = [(sleutel, self.bekend[sleutel]) for sleutel in gekozen]
        else:
            # What is no key at all is of no row; the form says so.
            eigen = [sleutel for sleutel in gekozen if self._kan(sleutel)]
            [(_, groep, _)] = self.optgroups(name, eigen)[:1]
            keuzes = [(o["value"], o["label"]) for o in groep if o["selected"]]
        many = self.allow_multiple_selected
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        own |= {"multiple": True} if many else {}
        if not (many or self.is_required):
            keuzes.insert(0, ("", ""))
        return format_html(
            "<select{}>{}</select>", flatatt(own), opties(keuzes, {*gekozen})
        )


class BekendeKeuze(Bekend, AutocompleteSelect):
    pass


class BekendeKeuzes(Bekend, AutocompleteSelectMultiple):
    pass


def _licht(widget: Any) -> Any:
    """The same widget, without what it repeats."""
    if type(widget) is AutocompleteSelect:
        widget.__class__ = BekendeKeuze
    elif type(widget) is AutocompleteSelectMultiple:
        widget.__class__ = BekendeKeuzes
    elif type(widget) is forms.Select:
        widget.__class__ = Keuzelijst
    elif type(widget) is AdminURLFieldWidget:
        # It shows the address once more, as a link; the script links to it as well.
        return forms.URLInput({"class": "vURLField"})
    return widget


def maak_licht(veld: Any, request: HttpRequest) -> Any:
    """Let a form field of the admin weigh less, and know where to make a new one."""
    widget = veld.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        veld.nieuw = nieuw(widget)
        widget = widget.widget
    veld.widget = _licht(widget)
    # The width is that of the column.
    if veld.widget.attrs.get("class") in {"vTextField", "vIntegerField"}:
        del veld.widget.attrs["class"]
    if type(veld) is ModelMultipleChoiceField:
        veld.__class__ = Meerkeuze
    if type(veld) is ModelChoiceField and isinstance(veld.widget, Keuzelijst):
        veld.choices = _gelezen(veld, request)
    elif hasattr(veld, "queryset"):
        veld.widget.choices = veld.choices
    veld.widget.is_required = veld.required
    return veld


def nieuw(wrapper: RelatedFieldWidgetWrapper) -> tuple[str, str] | None:
    """Where to make what is not there to choose yet, and what it is called."""
    if not wrapper.can_add_related:
        return None
    meta = wrapper.rel.model._meta
    try:
        naar = reverse(
            f"{wrapper.admin_site.name}:{meta.app_label}_{meta.model_name}_add"
        )
    except NoReverseMatch:
        return None
    return naar, str(meta.verbose_name)


def _gelezen(veld: ModelChoiceField[Any], request: HttpRequest) -> list[Any]:
    """The options of a field, read once for all rows and fields that offer them."""
    gelezen = request.__dict__.setdefault(GELEZEN, {})
    sleutel = (veld.queryset.model, str(veld.queryset.query))  # type: ignore[union-attr]
    if sleutel not in gelezen:
        gelezen[sleutel] = [
            (obj.pk, veld.label_from_instance(obj))
            for obj in veld.queryset.all()  # type: ignore[union-attr]
        ]
    leeg = [] if veld.empty_label is None else [("", veld.empty_label)]
    return [*leeg, *gelezen[sleutel]]


def wijs_aan(form: Any) -> None:
    """Give the widgets of a row the names of what it refers to, without a query."""
    if form.instance.pk is None:
        return
    for naam, veld in form.fields.items():
        if isinstance(veld.widget, Bekend):
            verwezen = getattr(form.instance, naam)
            meer = isinstance(veld, ModelMultipleChoiceField)
            objecten: list[Model] = (
                [*verwezen.all()] if meer else [verwezen] if verwezen else []
            )
            veld.widget.bekend = {str(obj.pk): str(obj) for obj in objecten}
