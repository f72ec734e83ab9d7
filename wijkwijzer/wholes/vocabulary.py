"""The words of all controlled lists in memory, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from wijkwijzer.core.models import DodeLink
from wijkwijzer.core.teksten import regels
from wijkwijzer.wholes.declaration import Kind, Term, spec_of
from wijkwijzer.wholes.registry import terms
from wijkwijzer.wholes.rows import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Field

T = TypeVar("T", bound=Term)


class Vocabulary:
    """Every term by its list and its key, and the lists in the editors' order.

    Built in a fixed number of queries: some two per list. ``dode_links`` are the
    addresses that do not work any more, with the day on which that was seen.
    """

    def __init__(self) -> None:
        self.dode_links = dict(DodeLink.objects.values_list("adres", "gezien_op"))
        self._terms: dict[type[Term], dict[str, Any]] = {
            d: {} for d in terms().values()
        }
        rows = [
            (declared, row)
            for declared in terms().values()
            for row in load(declared, declared.model._default_manager.all())
        ]
        self._digests: dict[int, int] | None = None
        # First all of them: they name each other.
        for declared, row in rows:
            term = declared.__new__(declared)
            term.key, term.slug = declared.key_of(row), getattr(row, "slug", "")
            self._terms[declared][term.key] = term
        for declared, row in rows:
            self._fill(self._terms[declared][declared.key_of(row)], row)

    def all(self, declared: type[T]) -> list[T]:
        return list(self._terms[declared].values())

    def get(self, declared: type[T], key: str) -> T | None:
        return self._terms[declared].get(key)

    def term(self, declared: type[T], key: str) -> T:
        """The term; one that says only its key when the list has none any more."""
        return self._terms[declared].get(key) or _missing(declared, key)

    def digests(self) -> dict[int, int]:
        """Per mark of a term a digest of what it says: another one, if that changes."""
        if self._digests is None:
            self._digests = {
                term_mark(term): crc32(repr(_said(term)).encode())
                for found in self._terms.values()
                for term in found.values()
            }
        return self._digests

    def naming(self, marks: set[int]) -> set[int]:
        """The marks of the terms that name one of these terms."""
        if not marks:
            return set()
        return {
            term_mark(term)
            for found in self._terms.values()
            for term in found.values()
            if not marks.isdisjoint(map(term_mark, _named(term)))
        }

    def _fill(self, instance: Any, row: Any) -> None:
        for f in spec_of(type(instance)).fields:
            setattr(instance, f.name, self._value(f, row))

    def _value(self, f: Field, row: Any) -> Any:
        value = getattr(row, f.source)
        if f.kind is Kind.LINES:
            return regels(value)
        if f.kind is Kind.CHOICE:
            return f.type(value) if value else None
        if f.kind is Kind.TERM:
            return value and self._terms[f.type][f.type.key_of(value)]
        if f.kind is Kind.TERMS:
            found = self._terms[f.type]
            return [found[f.type.key_of(term)] for term in value.all()]
        if f.kind is Kind.PARTS:
            return [self._part(f.type, part) for part in value.all()]
        return value

    def _part(self, declared: type[Any], row: Any) -> Any:
        part = object.__new__(declared)
        self._fill(part, row)
        return part


def mark(name: str) -> int:
    """A short number for a term or a record that documents name."""
    return crc32(name.encode())


def term_mark(term: Term) -> int:
    return mark(f"{type(term).__name__}:{term.key}")


def _named(instance: Any) -> Iterator[Term]:
    """The terms that a term names."""
    for f in spec_of(type(instance)).fields:
        value = getattr(instance, f.name)
        if f.kind is Kind.TERM and value is not None:
            yield value
        elif f.kind is Kind.TERMS:
            yield from value
        elif f.kind is Kind.PARTS:
            for part in value:
                yield from _named(part)


def _said(instance: Any) -> list[Any]:
    """All that a term says, other terms by their key."""
    said: list[Any] = []
    for f in spec_of(type(instance)).fields:
        value = getattr(instance, f.name)
        if f.kind is Kind.TERM:
            said.append(value and value.key)
        elif f.kind is Kind.TERMS:
            said.append([term.key for term in value])
        elif f.kind is Kind.PARTS:
            said.append([_said(part) for part in value])
        else:
            said.append(str(value))
    return said


def _missing(declared: type[T], key: str) -> T:
    """A document can name what was removed from a list: its page still has to work."""
    term = declared.__new__(declared)
    for f in spec_of(declared).fields:
        setattr(term, f.name, _empty(f))
    term.key = term.slug = key
    for name in ("naam", "titel", "kort"):
        if hasattr(term, name):
            setattr(term, name, key)
    return term


def _empty(f: Field) -> Any:
    if f.many:
        return []
    if f.kind is Kind.TERM and f.required:
        return _missing(f.type, "")
    return f.default if not f.required else 0 if f.type is int else ""
