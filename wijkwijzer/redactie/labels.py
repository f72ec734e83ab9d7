"""What an editor calls the fields of a post: "Artikel 2: Tekst", not artikelen-1-tekst.

Those of a record by the labels of its form, and those of another page by the labels of
the form that its view or action asks with (``core.klad.vraagt``).

Asks the database nothing: it may be what failed. So of what was chosen from a list of
records there is only the number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms.models import _get_foreign_key
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A row of a list that is changed there.
IN_EEN_RIJ = re.compile(r"form-(?P<rij>\d+)-(?P<veld>\w+)")
# A field of a part: which parts, the how manieth, the field.
IN_EEN_DEEL = re.compile(r"(?P<deel>.+)-(?P<rij>\d+)-(?P<veld>\w+)")


def leesbaar(naar: str, velden: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The same fields of the form at this address, in its words."""
    velden = [*velden]
    view = view_van(naar)
    own = getattr(view, "model_admin", None)
    gevraagd = _gevraagd(view, dict(velden))
    delen = {_voorvoegsel(own, inline): inline for inline in own.inlines} if own else {}
    for naam, waarde in velden:
        if naam in gevraagd:
            veld = gevraagd[naam]
            yield capfirst(str(veld.label or naam)), _gekozen(veld, waarde)
        elif (m := IN_EEN_RIJ.fullmatch(naam)) and own:
            label = _label(own, own.model, m["veld"])
            yield (
                f"Rij {int(m['rij']) + 1}: {label}",
                _waarde(own.model, m["veld"], waarde),
            )
        elif (m := IN_EEN_DEEL.fullmatch(naam)) and (inline := delen.get(m["deel"])):
            deel = f"{capfirst(_naam_van(inline))} {int(m['rij']) + 1}"
            yield (
                f"{deel}: {_label(inline, inline.model, m['veld'])}",
                _waarde(inline.model, m["veld"], waarde),
            )
        elif own:
            yield _label(own, own.model, naam), _waarde(own.model, naam, waarde)
        else:
            yield _gewoon(naam), waarde


def view_van(naar: str) -> Any:
    """The view at an address; None where there is none."""
    try:
        return resolve(urlsplit(naar).path).func
    except (Resolver404, ValueError):
        return None


def _gevraagd(view: Any, velden: dict[str, str]) -> dict[str, Any]:
    """The fields of the form that a view asks with, or the action that was chosen."""
    own, actie = getattr(view, "model_admin", None), velden.get("action")
    if own and actie:
        functies = (f for f, naam, _ in own._get_base_actions() if naam == actie)
        view = next(functies, view)
    formulier = getattr(view, "formulier", None)
    return formulier.base_fields if formulier else {}


def _gekozen(veld: Any, waarde: str) -> str:
    keuzes = dict(getattr(veld, "choices", ()))
    return str(keuzes.get(waarde, waarde))


def _voorvoegsel(own: Any, inline: Any) -> str:
    """As Django calls the parts in a form."""
    key = _get_foreign_key(own.model, inline.model, getattr(inline, "fk_name", None))
    return str(key.remote_field.get_accessor_name(model=inline.model))


def _naam_van(inline: Any) -> str:
    return str(inline.verbose_name or inline.model._meta.verbose_name)


def _veld(model: type[models.Model], naam: str) -> Any:
    try:
        return model._meta.get_field(naam)
    except FieldDoesNotExist:
        return None


def _label(own: Any, model: type[models.Model], naam: str) -> str:
    in_form = own.form.base_fields.get(naam)
    if in_form is not None and in_form.label:
        return capfirst(str(in_form.label))
    veld = _veld(model, naam)
    woorden = getattr(veld, "verbose_name", "")
    return capfirst(str(woorden)) if woorden else _gewoon(naam)


def _gewoon(naam: str) -> str:
    """Of what is no field of a record: names here are Dutch words."""
    return capfirst(naam.strip("_").replace("_", " ").replace("-", " "))


def _waarde(model: type[models.Model], naam: str, waarde: str) -> str:
    veld = _veld(model, naam)
    if isinstance(veld, models.BooleanField):
        return "ja"
    if veld is not None and veld.is_relation:
        return f"nummer {waarde}"
    keuzes = dict(getattr(veld, "flatchoices", ()))
    return str(keuzes.get(waarde, waarde))
