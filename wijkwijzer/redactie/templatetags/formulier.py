"""What templates of forms in the admin write: see ``redactie.formulier.opmaak``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from wijkwijzer.redactie import labels
from wijkwijzer.redactie.formulier import opmaak

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def regel(line: Any) -> SafeString:
    return opmaak.regel(line)


@register.simple_tag
def uitleg(inline_admin_formset: Any) -> SafeString:
    return opmaak.uitleg(inline_admin_formset.formset, inline_admin_formset.fields())


@register.simple_tag
def rij(inline_admin_form: Any) -> SafeString:
    return opmaak.rij(inline_admin_form)


@register.simple_tag
def nieuw(form: Any) -> str:
    return opmaak.nieuw(form)


@register.filter
def leesbaar(velden: Any, naar: str) -> Any:
    return labels.leesbaar(naar, velden)
