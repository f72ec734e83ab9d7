"""What a record says, whatever its kind, and what differs between two moments of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import EmailField
from django.utils.text import capfirst

from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.registry import terms, wholes
from wijkwijzer.wholes.rows import build, load, plain
from wijkwijzer.wholes.words import Names, column_value, told

if TYPE_CHECKING:
    from django.db.models import Model

    from wijkwijzer.wholes.declaration import Data, Spec


def is_whole(model: type[Model]) -> bool:
    return any(declared.model is model for declared in wholes().values())


def is_followed(model: type[Model]) -> bool:
    """Whether its history has values: not of accounts, and not of what readers sent."""
    return model._meta.app_label not in {"auth", "deelname", "admin", "sessions"}


def whole_around(row: Any) -> Any:
    """The record that a part belongs to, through other parts too; None of all else."""
    for declared in wholes().values():
        if path := _path_to(spec_of(declared), type(row)):
            for name in path:
                row = getattr(row, name)
            return row
    return None


def _path_to(spec: Spec, model: type[Model]) -> list[str]:
    """How a part leads to what it belongs to: the names of its foreign keys."""
    for f in spec.of(Kind.PARTS):
        part = spec_of(f.type)
        if part.model is model:
            return [part.parent]
        if path := _path_to(part, model):
            return [*path, part.parent]
    return []


def toestand(record: Model) -> Data:
    """All that a record says now, with its parts, as it is in the database."""
    model = type(record)
    if is_whole(model):
        return working_document(record)  # type: ignore[arg-type]
    rows = model._default_manager.all()
    declared = terms().get(str(model._meta.model_name))
    if declared:
        return build(declared, load(declared, rows).get(pk=record.pk))
    return _fields(rows.get(pk=record.pk))


def _fields(row: Model) -> Data:
    """Of what no document is made: its columns, and what it is linked to."""
    meta = row._meta
    found = {
        f.name: plain(getattr(row, f.name))
        for f in meta.concrete_fields
        # Who leaves must be able to take an address along.
        if not isinstance(f, EmailField)
    }
    for f in meta.many_to_many:
        found[f.name] = sorted(map(str, getattr(row, f.name).all()))
    return found


def verschillen(
    model: type[Model], before: Data, after: Data, names: Names | None = None
) -> list[str]:
    """What changed, a line each, with the old and the new value."""
    every: list[type[Any]] = [*wholes().values(), *terms().values()]
    declared = next((d for d in every if d.model is model), None)
    if declared:
        changes = told(declared, before, after, names)
        return [_line(c.label, str(c.how), c.was, c.now) for c in changes]
    columns = {f.name: f for f in _all(model)}
    return [
        _line(
            str(getattr(columns[name], "verbose_name", name)),
            "gewijzigd",
            column_value(columns[name], before.get(name)),
            column_value(columns[name], after[name]),
        )
        for name in after
        if before.get(name) != after[name]
    ]


def _all(model: type[Model]) -> list[Any]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def _line(label: str, how: str, was: str, now: str) -> str:
    values = " → ".join(f"“{text}”" if text else "(leeg)" for text in (was, now))
    return f"{capfirst(label)} {how}: {values}"
