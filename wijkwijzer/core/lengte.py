"""Fields that let a text be too long, so that it can be refused instead of cut.

A browser cuts what is pasted at ``maxlength``, without a word. No form of ours has that
attribute: static/js/lengte.js counts, and the server refuses, with or without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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


# What Django writes with a template in a template: of a form with hundreds of fields
# that is half of the time.
INVOER = {
    f"django/forms/widgets/{naam}.html"
    for naam in ("input", "text", "number", "hidden", "url", "email", "checkbox")
}
TEKSTVAK = "django/forms/widgets/textarea.html"


class Formulieren(DjangoTemplates):
    """Writes all forms, those of the admin as well."""

    bound_field_class = Veld

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> str:
        if template_name in INVOER:
            return _invoer(context["widget"])
        if template_name == TEKSTVAK:
            widget = context["widget"]
            return format_html(
                '<textarea name="{}"{}>\n{}</textarea>',
                *(widget["name"], _attributen(widget), widget["value"] or ""),
            )
        return super().render(template_name, context, request)


def _invoer(widget: dict[str, Any]) -> SafeString:
    waarde = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if waarde is None else format_html(' value="{}"', str(waarde)),
        _attributen(widget),
    )


def _attributen(widget: dict[str, Any]) -> SafeString:
    gezet = {k: v for k, v in widget["attrs"].items() if v is not False}
    return format_html_join(
        "",
        "{}{}",
        (
            (f" {naam}", "" if waarde is True else format_html('="{}"', str(waarde)))
            for naam, waarde in gezet.items()
        ),
    )
