"""What a document names: terms of controlled lists, and other records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Kind, Ref, Spec, spec_of
from wijkwijzer.wholes.vocabulary import mark, term_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Document, Term


@cache
def _mention_paths(spec: Spec) -> list[tuple[str, Kind | list[Any]]]:
    """The fields that name something, and for parts the same of the part."""
    paths: list[tuple[str, Kind | list[Any]]] = []
    for f in spec.fields:
        if f.kind is Kind.PARTS:
            if inner := _mention_paths(spec_of(f.type)):
                paths.append((f.name, inner))
        elif f.kind in {Kind.TERM, Kind.TERMS, Kind.REF, Kind.REFS}:
            paths.append((f.name, f.kind))
    return paths


def named_by(document: Document) -> Iterator[Term | Ref[Any]]:
    """All terms and records that a document names, as often as it does."""
    return _named(document, _mention_paths(spec_of(type(document))))


def _named(thing: Any, paths: list[Any]) -> Iterator[Term | Ref[Any]]:
    for name, kind in paths:
        value = getattr(thing, name)
        if not value:
            continue
        if kind is Kind.TERM or kind is Kind.REF:
            yield value
        elif kind is Kind.TERMS or kind is Kind.REFS:
            yield from value
        else:
            for part in value:
                yield from _named(part, kind)


def mentions(document: Document) -> set[int]:
    """The marks of all that a document names."""
    return {
        mark(named.uuid.hex) if isinstance(named, Ref) else term_mark(named)
        for named in named_by(document)
    }
