"""Writing a document to the rows: all of it or nothing. Rows that stay keep their key.

``save()`` and ``bulk_update`` break unique rules when two rows swap what must be
unique, on both databases. So rows whose unique values change are removed and made again
with the same primary key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction

from wijkwijzer.core.trefwoorden import eenduidig
from wijkwijzer.wholes.declaration import Data, Kind, Spec, Whole, spec_of
from wijkwijzer.wholes.matching import match
from wijkwijzer.wholes.rows import _build, load

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Field

SIMPLE = (Kind.VALUE, Kind.CHOICE, Kind.LINES)
ONE = (Kind.TERM, Kind.REF)
MANY = (Kind.TERMS, Kind.REFS)


class MissingError(Exception):
    """A document names terms or records that are not there."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class Known:
    """The keys of rows that documents name, looked up a kind at a time."""

    def __init__(self, declared: type[Any], documents: Iterable[Data]) -> None:
        named: dict[type[Any], set[str]] = defaultdict(set)
        for data in documents:
            _collect(spec_of(declared), data, named)
        self._pks: dict[type[Any], dict[str, Any]] = {}
        for kind, keys in named.items():
            rows = kind.model._default_manager.all()
            if issubclass(kind, Whole):
                found = rows.filter(uuid__in=keys).values_list("uuid", "pk")
                self._pks[kind] = {str(uuid): pk for uuid, pk in found}
            else:
                rows = rows.select_related(*kind.key_needs())
                self._pks[kind] = {kind.key_of(row): row.pk for row in rows}
        missing = [
            f"{kind.model._meta.verbose_name} “{key}”"
            for kind, keys in named.items()
            for key in sorted(keys - self._pks[kind].keys())
        ]
        if missing:
            raise MissingError(missing)

    def pk(self, kind: type[Any], key: str | None) -> Any:
        return None if key is None else self._pks[kind][key]


def _collect(spec: Spec, data: Data, named: dict[type[Any], set[str]]) -> None:
    for f in spec.fields:
        value = data.get(f.name)
        if not value:
            continue
        if f.kind in ONE:
            named[f.type].add(value)
        elif f.kind in MANY:
            named[f.type].update(value)
        elif f.kind is Kind.PARTS:
            for part in value:
                _collect(spec_of(f.type), part, named)


@transaction.atomic
def apply(declared: type[Any], data: Data) -> models.Model:
    """Make the rows of a record what its document says; the row of the record itself.

    Makes the record when there is none. Raises MissingError when the document names
    what is not there, and IntegrityError or ValidationError for what no row may hold:
    ``wholes.validation`` says all that in Dutch, beforehand.
    """
    known = Known(declared, [data])
    spec = spec_of(declared)
    row: models.Model = _row_of(declared, data)
    new = row.pk is None
    before = {} if new else _build(spec, row)
    changed = _set(spec, row, data, known)
    if new or changed:
        row.save()
    _write_parts(spec, row, before, data, known)
    _set_many(spec, row, before, data, known)
    # What was loaded along is of before.
    getattr(row, "_prefetched_objects_cache", {}).clear()
    return row


def _row_of(declared: type[Any], data: Data) -> Any:
    """The row that a document is of, locked and with all its parts; or a new one."""
    model: Any = declared.model
    rows = model._default_manager.all()
    if issubclass(declared, Whole):
        key = {"uuid": UUID(data["uuid"])}
    else:
        key = declared.lookup(data)
    # Locked first: an outer join cannot be.
    pk = rows.order_by().select_for_update().filter(**key).values_list("pk", flat=True)
    found = next(iter(pk), None)
    if found is None:
        return model(**({"uuid": data["uuid"]} if issubclass(declared, Whole) else {}))
    return load(declared, rows).get(pk=found)


def _set(spec: Spec, row: Any, data: Data, known: Known) -> bool:
    """Set the columns of a row; whether any got another value."""
    changed = False
    for f in spec.fields:
        if f.kind not in SIMPLE and f.kind not in ONE:
            continue
        value = data.get(f.name, f.default)
        if f.kind in ONE:
            attribute, value = f.model_field.attname, known.pk(f.type, value)
        else:
            attribute, value = f.source, _column(f, value)
        if getattr(row, attribute) != value:
            setattr(row, attribute, value)
            changed = True
    return changed


def _column(f: Field, value: Any) -> Any:
    """What the column holds for a value of a document."""
    if f.kind is Kind.LINES:
        return "\n".join(value)
    if value is None and not f.model_field.null:
        return ""
    return f.model_field.to_python(value)


def _write_parts(spec: Spec, row: Any, before: Data, data: Data, known: Known) -> None:
    for f in spec.of(Kind.PARTS):
        part = spec_of(f.type)
        old = list(getattr(row, f.source).all()) if before else []
        # Built anew: sorted by key, ``before`` may have another order than the rows.
        built = [_build(part, r) for r in old]
        wanted = data.get(f.name, [])
        if built != wanted or _places(part, old) != sorted(_places(part, old)):
            _write(part, row, old, built, wanted, known)


def _places(part: Spec, rows: list[Any]) -> list[int]:
    return [getattr(row, part.order) for row in rows] if part.order else []


def _write(
    part: Spec,
    parent: Any,
    old: list[Any],
    built: list[Data],
    wanted: list[Data],
    known: Known,
) -> None:
    unique = unique_columns(part.model)
    gone, again, changed, kept = [], [], [], []
    for i, j in match(part, built, wanted):
        if j is None:
            gone.append(old[i or 0].pk)
            continue
        row = old[i] if i is not None else part.model(**{part.parent: parent})
        was = [getattr(row, column) for column in unique]
        touched = _set(part, row, wanted[j], known)
        if part.order and getattr(row, part.order) != j + 1:
            setattr(row, part.order, j + 1)
            touched = True
        kept.append((row, built[i] if i is not None else {}, wanted[j]))
        if i is None:
            again.append(row)
        elif was != [getattr(row, column) for column in unique]:
            gone.append(row.pk)
            again.append(row)
        elif touched:
            changed.append(row)
    manager = part.model._default_manager
    if gone:
        manager.filter(pk__in=gone).delete()
    if changed:
        columns = [
            c.name
            for c in part.model._meta.concrete_fields
            if not c.primary_key and c.name != part.parent
        ]
        manager.bulk_update(changed, columns)
    manager.bulk_create(again)
    made_again = {id(row) for row in again}
    for row, before, data in kept:
        # What was removed lost its links to others as well.
        _set_many(part, row, {} if id(row) in made_again else before, data, known)


def unique_columns(model: type[models.Model]) -> list[str]:
    """The columns that some unique rule of a model is about."""
    meta = model._meta
    names = {
        name
        for rule in meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        for name in rule.fields
    }
    names |= {f.name for f in meta.concrete_fields if f.unique and not f.primary_key}
    return [f.attname for f in meta.concrete_fields if f.name in names]


def _set_many(spec: Spec, row: Any, before: Data, data: Data, known: Known) -> None:
    for f in spec.of(*MANY, Kind.TAGS):
        value = data.get(f.name, [])
        if value == before.get(f.name, []):
            continue
        if f.kind is Kind.TAGS:
            getattr(row, f.source).set(eenduidig(value))
        else:
            getattr(row, f.source).set([known.pk(f.type, key) for key in value])
