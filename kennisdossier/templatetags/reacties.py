"""Reactions and ratings on the page of what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from aanpakken.models import Aanpak
from kennisdossier.models import Reactie, Stem
from kennisdossier.models.reacties import soort_van

if TYPE_CHECKING:
    from wijkwijzer.core.models import Publiceerbaar

register = template.Library()

# The newest; the page with the form has them all.
OP_DE_PAGINA = 10


@register.inclusion_tag("components/reacties.html")
def reacties(onderwerp: Publiceerbaar) -> dict[str, Any]:
    """What readers say: two queries. Below an aanpak only where to read it: none."""
    context: dict[str, Any] = {"onderwerp": onderwerp, "soort": soort_van(onderwerp)}
    if isinstance(onderwerp, Aanpak):
        return context | {"kort": True, "reacties": [], "meer": False}
    nieuwste = list(
        Reactie.objects.over(onderwerp).zichtbaar().reverse()[: OP_DE_PAGINA + 1]
    )
    return context | {
        "kort": False,
        "reacties": nieuwste[:OP_DE_PAGINA][::-1],
        "meer": len(nieuwste) > OP_DE_PAGINA,
        "waardering": Stem.objects.over(onderwerp).waardering(),
    }
