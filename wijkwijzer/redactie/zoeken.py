"""One search over everything that an editor knows by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Case, Model, Q, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst

from kennisdossier.models import Afbeelding, Artikel, Contactpunt
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.deelname.models import Inzending, Reactie, Reactiemelding
from wijkwijzer.search.models import Synoniemgroep, Verwant
from wijkwijzer.wholes.registry import terms, wholes

if TYPE_CHECKING:
    from django.http import HttpRequest

# Nobody looks for more than a line, and every word is a condition more.
MAX_TEKENS, MAX_WOORDEN = 100, 6
PER_SOORT = 6
TEKST = 120

# What is found by something else than its ``naam``, and what has no versions.
VELDEN: dict[type[Model], tuple[str, ...]] = {
    Artikel: ("naam",),
    Contactpunt: ("functie", "organisatie__naam"),
    Afbeelding: ("alt", "maker"),
    Synoniemgroep: ("naam", "termen"),
    Verwant: ("naam", "woorden"),
    Reactie: ("naam", "email", "tekst"),
    Reactiemelding: ("reden",),
    Inzending: ("naam", "email", "plaats", "naam_voorbeeld"),
}
# Of a controlled list that has no names.
NAMEN = ("naam", "titel", "naamvarianten", "varianten", "slug")


@dataclass(frozen=True)
class Gevonden:
    """Of one kind the first that fit, and where all of them are."""

    titel: str
    items: list[tuple[str, str]]
    # Empty when these are all.
    meer: str


def schoon(tekst: str) -> str:
    return een_regel(tekst, MAX_TEKENS).replace("\0", "")


def zoek(request: HttpRequest, tekst: str) -> list[Gevonden]:
    """Every kind in which somebody may look: one query for each, whatever is typed."""
    words = tekst.split()[:MAX_WOORDEN]
    if not words:
        return []
    found = (_in(model, names, words, tekst, request) for model, names in _soorten())
    return [kind for kind in found if kind]


def _soorten() -> list[tuple[type[Model], tuple[str, ...]]]:
    declared: list[Any] = [*wholes().values(), *terms().values()]
    # Contactpunten are a controlled list as well, found by other fields.
    own = {d.model: _namen(d.model) for d in declared if d.model not in VELDEN}
    return [(m, names) for m, names in (own | VELDEN).items() if names]


def _namen(model: type[Model]) -> tuple[str, ...]:
    there = {f.name for f in model._meta.concrete_fields}
    return tuple(name for name in NAMEN if name in there)


def _in(
    model: type[Model],
    names: tuple[str, ...],
    words: list[str],
    tekst: str,
    request: HttpRequest,
) -> Gevonden | None:
    own = admin.site._registry.get(model)
    if own is None or not own.has_view_permission(request):
        return None
    wanted = reduce(
        and_,
        (
            reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names))
            for word in words
        ),
    )
    # What begins with what was typed is what was meant.
    begins = When(**{f"{names[0]}__istartswith": tekst}, then=0)
    rows: list[Any] = [
        *model._default_manager.filter(wanted)
        .select_related(*_for_the_name(model))
        .order_by(Case(begins, default=Value(1)), names[0], "pk")[: PER_SOORT + 1]
    ]
    if not rows:
        return None
    options = model._meta
    name = f"admin:{options.app_label}_{options.model_name}"
    more = ""
    if len(rows) > PER_SOORT:
        more = f"{reverse(f'{name}_changelist')}?{urlencode({'q': tekst})}"
    return Gevonden(
        capfirst(str(options.verbose_name_plural)),
        [(reverse(f"{name}_change", args=[r.pk]), _noem(r)) for r in rows[:PER_SOORT]],
        more,
    )


def _for_the_name(model: type[Model]) -> list[str]:
    """What the words of a row are made of, beside its own columns."""
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.many_to_one and f.name in {"voorbeeld", "organisatie", "gemeente"}
    ]


def _noem(row: Any) -> str:
    """A row in words; of what readers wrote, how it begins."""
    words = getattr(row, "tekst", "") if isinstance(row, Reactie) else str(row)
    words = row.reden if isinstance(row, Reactiemelding) else words
    return Truncator(words).chars(TEKST) or str(row)
