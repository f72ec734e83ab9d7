"""The name of a form, under which a browser keeps what is typed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from wijkwijzer.core.klad import KLAD, WIE, naam_voor_klad

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.inclusion_tag("admin/_klad.html", takes_context=True)
def klad(context: Context, getypt: bool = False) -> dict[str, Any]:
    """Stands in the form. ``getypt``: it shows what was typed, and was not saved."""
    request = context["request"]
    return {
        "veld": KLAD,
        "naam": naam_voor_klad(request),
        "wie_veld": WIE,
        "wie": request.user.pk,
        "getypt": getypt,
    }
