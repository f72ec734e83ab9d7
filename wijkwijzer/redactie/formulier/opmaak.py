"""The HTML of one field of a form, made without a template for each.

A form of a dossier has six hundred: in templates they took most of the time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.widgets import (
    AdminIntegerFieldWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
)
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Iterable


def regel(line: Any, *, met_uitleg: bool = True) -> SafeString:
    """One line of a fieldset: a field, or some beside each other."""
    velden = [*line]
    fout = " errors" if line.errors() else ""
    verborgen = "" if line.has_visible_field else " hidden"
    return format_html(
        '<div class="form-row{}{}">{}</div>',
        fout,
        verborgen,
        _samen(veld(v, met_uitleg=met_uitleg) for v in velden),
    )


def rij(fieldsets: Iterable[Any]) -> SafeString:
    """All fields of one part; what they are for is told once, above the parts."""
    velden = [v for fieldset in fieldsets for line in fieldset for v in line]
    return _samen(_in_rij(v) for v in velden)


def veld(v: Any, *, met_uitleg: bool = True) -> SafeString:
    if isinstance(v, AdminReadonlyField):
        return _alleen_lezen(v, met_uitleg=met_uitleg)
    bound = v.field
    if bound.is_hidden:
        return format_html("{}", bound.as_widget())
    klasse = f"veld field-{bound.name}"
    if isinstance(bound.field.widget, forms.Textarea):
        klasse += " breed"
    hulp = _hulp(bound) if met_uitleg else ""
    if v.is_checkbox:
        delen = (bound.errors, bound.as_widget(), _label(bound), hulp)
        klasse += " vink"
    else:
        delen = (_label(bound), hulp, bound.errors, bound.as_widget())
    return format_html('<div class="{}">{}{}{}{}</div>', klasse, *delen)


def _in_rij(v: Any) -> SafeString:
    """Like ``veld``, with as little around it as there can be: it is there often."""
    if isinstance(v, AdminReadonlyField):
        return _alleen_lezen(v, met_uitleg=False)
    bound, widget = v.field, v.field.field.widget
    # Told once, above the parts; the script lets each field refer to it.
    bound.help_text = bound.field.help_text = ""
    # Beside a place are buttons, which no label may hold.
    apart = type(widget) not in KORT or widget.attrs.get("class") == "plaats"
    if apart or bound.is_hidden:
        return veld(v, met_uitleg=False)
    lang = isinstance(widget, forms.Textarea)
    for naam in ("cols", "rows", "class") if lang else ():
        widget.attrs.pop(naam, None)
    return format_html(
        '<div class="field-{}{}">{}<label{}>{}{}</label></div>',
        bound.name,
        " breed" if lang else "",
        bound.errors,
        VERPLICHT if bound.field.required else "",
        capfirst(bound.label),
        bound.as_widget(),
    )


def _label(bound: Any) -> SafeString:
    return format_html(
        '<label for="{}"{}>{}</label>',
        bound.id_for_label,
        VERPLICHT if bound.field.required else "",
        capfirst(bound.label),
    )


# Fields that their label can hold.
KORT = {
    *(forms.TextInput, forms.NumberInput, forms.URLInput, forms.EmailInput),
    *(AdminTextInputWidget, AdminIntegerFieldWidget, AdminTextareaWidget),
}
VERPLICHT = SafeString(' class="required"')


def uitleg_id(prefix: str, naam: str) -> str:
    return f"{prefix}-uitleg-{naam}"


def uitleg(formset: Any, fields: Iterable[Any]) -> SafeString:
    """What the fields of the parts are for, told once for all of them."""
    return format_html_join(
        "",
        '<div><dt>{}</dt><dd id="{}">{}</dd></div>',
        (
            (
                capfirst(field["label"]),
                uitleg_id(formset.prefix, field["name"]),
                mark_safe(field["help_text"]),  # noqa: S308  # nosec B308 B703
            )
            for field in fields
            if field["help_text"] and not _is_verborgen(field["widget"])
        ),
    )


def _is_verborgen(widget: Any) -> bool:
    # Django gives a dict where there is no widget.
    return bool(widget["is_hidden"] if isinstance(widget, dict) else widget.is_hidden)


def nieuw(form: Any) -> str:
    """By the name of a field: where to make what is not there to choose yet."""
    waar = {
        naam: veld.nieuw
        for naam, veld in form.fields.items()
        if getattr(veld, "nieuw", None)
    }
    return json.dumps(waar)


def _hulp(bound: Any) -> SafeString | str:
    if not bound.field.help_text:
        return ""
    # The text is of the code, and may hold markup, as everywhere in the admin.
    return format_html(
        '<div class="help" id="{}_helptext">{}</div>',
        bound.id_for_label,
        mark_safe(bound.field.help_text),  # noqa: S308  # nosec B308 B703
    )


def _alleen_lezen(v: Any, *, met_uitleg: bool) -> SafeString:
    hulp = v.field.get("help_text")
    return format_html(
        '<div class="veld field-{}"><span class="label">{}</span>'
        '<div class="readonly">{}</div>{}</div>',
        v.field["name"],
        capfirst(v.field["label"]),
        conditional_escape(v.contents()),
        format_html('<div class="help">{}</div>', mark_safe(hulp))  # noqa: S308  # nosec B308 B703
        if hulp and met_uitleg
        else "",
    )


def _samen(delen: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((deel,) for deel in delen))
