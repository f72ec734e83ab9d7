"""Fields that let a text be too long, so that it can be refused instead of cut.

A browser cuts what is pasted at ``maxlength``, without a word. No form of ours has that
attribute: static/js/admin-lengte.js counts, and the server refuses, with or without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

if TYPE_CHECKING:
    from django.forms import Widget


class Veld(BoundField):
    """A field of a form, with how long it may be for our script only."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if hoogstens := widget.attrs.get("maxlength"):
            attrs |= {"maxlength": False, "data-hoogstens": hoogstens}
        return attrs


class Formulieren(DjangoTemplates):
    """Writes all forms, those of the admin as well."""

    bound_field_class = Veld
