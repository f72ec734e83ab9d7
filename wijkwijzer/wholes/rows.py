"""From rows to documents: what to load, and the data of one record."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from wijkwijzer.core.teksten import regels
from wijkwijzer.wholes.declaration import Data, Kind, Spec, Term, spec_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from wijkwijzer.wholes.declaration import Field


def load(declared: type[Any], queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset with all that :func:`build` reads, in a fixed number of queries."""
    return _load(spec_of(declared), queryset)


def _load(spec: Spec, queryset: QuerySet[Any]) -> QuerySet[Any]:
    one = [path for f in spec.of(Kind.TERM, Kind.REF) for path in _paths(f)]
    many: list[Any] = []
    for f in spec.of(Kind.TERMS, Kind.REFS, Kind.TAGS):
        many += [f.source, *(f"{f.source}__{p}" for p in _beyond(f))]
    for f in spec.of(Kind.PARTS):
        part = spec_of(f.type)
        many.append(Prefetch(f.source, _load(part, _in_order(part))))
    if one:
        queryset = queryset.select_related(*one)
    return queryset.prefetch_related(*many)


def _paths(f: Field) -> list[str]:
    return [f.source, *(f"{f.source}__{p}" for p in _beyond(f))]


def _beyond(f: Field) -> list[str]:
    """What else the key of a term needs, such as the gemeente of a wijk."""
    return f.type.key_needs() if issubclass(f.type, Term) else []


def _in_order(part: Spec) -> QuerySet[Any]:
    order = [part.order, "pk"] if part.order else ["pk"]
    return part.model._default_manager.order_by(*order)


def build(declared: type[Any], row: Model) -> Data:
    """The document of a row as plain data, always the same for the same content.

    Costs queries for whatever :func:`load` has not loaded.
    """
    return _build(spec_of(declared), row)


def _build(spec: Spec, row: Any) -> Data:
    data: Data = {}
    for f in spec.fields:
        value = _read(f, row)
        if f.required or value != f.default:
            data[f.name] = value
    return data


def _read(f: Field, row: Any) -> Any:
    if f.kind is Kind.VALUE:
        return plain(getattr(row, f.source))
    if f.kind is Kind.CHOICE:
        # An empty text is how a column says that nothing was chosen.
        return plain(getattr(row, f.source)) or None
    if f.kind is Kind.LINES:
        return regels(getattr(row, f.source))
    if f.kind is Kind.TERM:
        term = getattr(row, f.source)
        return f.type.key_of(term) if term is not None else None
    if f.kind is Kind.REF:
        ref = getattr(row, f.source)
        return str(ref.uuid) if ref is not None else None
    related = getattr(row, f.source).all()
    # What has no order of its own is sorted, so that a document is always the same.
    if f.kind is Kind.TERMS:
        return sorted(f.type.key_of(term) for term in related)
    if f.kind is Kind.REFS:
        return sorted(str(ref.uuid) for ref in related)
    if f.kind is Kind.TAGS:
        return sorted(tag.name for tag in related)
    part = spec_of(f.type)
    built = [_build(part, r) for r in related]
    return built if part.order else sorted(built, key=lambda d: sort_key(part, d))


def plain(value: Any) -> Any:
    """A value of a model as JSON has it."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int):
        return value
    # As browsers send a line end in a form; a reader sees no difference.
    return str(value).replace("\r\n", "\n")


def sort_key(part: Spec, data: Data) -> list[str]:
    """Orders parts that have no place of their own."""
    return [str(data.get(name, "")) for name in part.key]
