"""What pages of other apps show of the knowledge. Templates compose; apps do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from kennisdossier.catalogus import kennis

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from aanpakken.models import Actor
    from kennisdossier.catalogus import Erbij, Kennis
    from kennisdossier.markering import Markering
    from kennisdossier.models import Aandachtspunt

register = template.Library()

# The actor that the points of attention are written for.
GEMEENTE = "gemeente"


@register.simple_tag
def kennis_nu(versie: int | None = None) -> Kennis:
    """The knowledge of now. ``versie``: the catalogue version, when it is known."""
    return kennis(versie)


@register.simple_tag
def aandachtspunten_voor(actor: Actor) -> list[Aandachtspunt]:
    """What this actor should pay attention to: so far only gemeenten have points."""
    return kennis().aandachtspunten if actor.slug == GEMEENTE else []


@register.filter
def erbij(stand: Kennis, record: Any) -> Erbij:
    """What the knowledge has to say about a record."""
    return stand.erbij(record)


@register.filter
def voorbeelden_met_thema(stand: Kennis, slug: str) -> int:
    """How many examples have a theme."""
    return stand.voorbeelden.facetten["thema"].bits(slug).bit_count()


@register.filter
def markering(stand: Kennis) -> Markering:
    """A marking of terms, for one page."""
    return stand.begrippen.markering()


@register.filter
def gemarkeerd(html: SafeString, markeer: Markering) -> SafeString:
    """Safe HTML with the terms of the glossary marked, each once per page."""
    return markeer(html)
