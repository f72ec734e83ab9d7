"""What differs between two documents of one record, field by field and part by part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Kind, Spec, spec_of
from wijkwijzer.wholes.matching import match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Data, Field


class How(StrEnum):
    CHANGED = "gewijzigd"
    ADDED = "toegevoegd"
    REMOVED = "weg"
    MOVED = "verplaatst"


@dataclass(frozen=True)
class Change:
    """One difference. ``place`` leads to it: a field, or a field and the place in it.

    Of a part that was added or removed ``new`` or ``old`` is the whole part; of one
    that moved they are its places, counted from one.
    """

    place: tuple[str | int, ...]
    how: How
    old: Any
    new: Any


def difference(declared: type[Any], old: Data, new: Data) -> list[Change]:
    """Every change that leads from ``old`` to ``new``; none when they are equal."""
    return list(_fields(spec_of(declared), old, new, ()))


def _fields(
    spec: Spec, old: Data, new: Data, place: tuple[str | int, ...]
) -> Iterator[Change]:
    for f in spec.fields:
        a, b = (data.get(f.name, f.default) for data in (old, new))
        if a == b:
            continue
        if f.kind is Kind.PARTS:
            yield from _parts(f, a, b, (*place, f.name))
        else:
            yield Change((*place, f.name), How.CHANGED, a, b)


def _parts(
    f: Field, old: list[Data], new: list[Data], place: tuple[str | int, ...]
) -> Iterator[Change]:
    part = spec_of(f.type)
    pairs = match(part, old, new)
    stayed = [i for i, j in pairs if i is not None and j is not None]
    moved = _moved(stayed) if part.order else set()
    for i, j in pairs:
        if j is None:
            yield Change((*place, i or 0), How.REMOVED, old[i or 0], None)
        elif i is None:
            yield Change((*place, j), How.ADDED, None, new[j])
        else:
            where = (*place, j)
            if i in moved:
                yield Change(where, How.MOVED, i + 1, j + 1)
            yield from _fields(part, old[i], new[j], where)


def _moved(order: list[int]) -> set[int]:
    """The fewest that must move to make ``order``: all but the longest run upward."""
    best: list[list[int]] = []
    for i in order:
        before = [run for run in best if run[-1] < i]
        best.append([*_longest(before), i])
    return set(order) - set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []
