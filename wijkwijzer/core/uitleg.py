"""What the admin says with a field: what goes in, with an example.

Not in the models: words for editors change more often than tables, and would each be a
migration. Every app has them in one place, ``admin/uitleg.py``; what a model says
itself goes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

# By the name of a model and a field, or by that of a field in any model.
UITLEG: dict[str, str] = {}
# The same: what somebody could type, where neither model nor explanation has it.
VOORBEELD: dict[str, str] = {}


def leg_uit(app: str, teksten: Mapping[str, str]) -> None:
    """Tell what the fields of an app are for: ``{"Aanpak.naam": "…"}``."""
    UITLEG.update({f"{app}.{naam}": tekst for naam, tekst in teksten.items()})


def leg_overal_uit(teksten: Mapping[str, str]) -> None:
    """Tell what a field is for in every model that has one of that name."""
    UITLEG.update(teksten)


def geef_voorbeelden(app: str, teksten: Mapping[str, str]) -> None:
    """Show what could be typed in the fields of an app; ``app`` empty: of any."""
    voor = f"{app}." if app else ""
    VOORBEELD.update({f"{voor}{naam}": tekst for naam, tekst in teksten.items()})


def uitleg_van(veld: Any, db_field: Any, model: type[Model]) -> Any:
    """The form field, with what there is to say about it."""
    own = f"{model._meta.app_label}.{model.__name__}.{db_field.name}"
    if not veld.help_text:
        veld.help_text = UITLEG.get(own) or UITLEG.get(db_field.name, "")
    voorbeeld = VOORBEELD.get(own) or VOORBEELD.get(db_field.name, "")
    if voorbeeld and not heeft_voorbeeld(veld.help_text):
        veld.help_text = f"{veld.help_text} Bijvoorbeeld “{voorbeeld}”."
    return veld


def heeft_voorbeeld(uitleg: str) -> bool:
    """Whether it shows what could be typed, beside saying what is asked."""
    woorden = str(uitleg)
    return any(teken in woorden for teken in ("ijvoorbeeld", "“", "zoals", "https://"))
