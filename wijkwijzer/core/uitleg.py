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


def leg_uit(app: str, teksten: Mapping[str, str]) -> None:
    """Tell what the fields of an app are for: ``{"Aanpak.naam": "…"}``."""
    UITLEG.update({f"{app}.{naam}": tekst for naam, tekst in teksten.items()})


def leg_overal_uit(teksten: Mapping[str, str]) -> None:
    """Tell what a field is for in every model that has one of that name."""
    UITLEG.update(teksten)


def uitleg_van(veld: Any, db_field: Any, model: type[Model]) -> Any:
    """The form field, with what there is to say about it."""
    if not veld.help_text:
        own = f"{model._meta.app_label}.{model.__name__}.{db_field.name}"
        veld.help_text = UITLEG.get(own) or UITLEG.get(db_field.name, "")
    return veld
