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
    label: str

    def __str__(self) -> str:
        return f"{self.label} {self.how}"

    @property
    def was(self) -> str:
        """What stood there, in words; empty when nothing did."""
        return in_words(self.old)

    @property
    def now(self) -> str:
        """What stands there, in words; empty when nothing does."""
        return in_words(self.new)


def in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(filter(None, map(in_words, value.values())))
    if isinstance(value, list):
        return "; ".join(map(in_words, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def difference(declared: type[Any], old: Data, new: Data) -> list[Change]:
    """Every change that leads from ``old`` to ``new``; none when they are equal."""
    return list(_fields(spec_of(declared), old, new, (), ""))


def _fields(
    spec: Spec, old: Data, new: Data, place: tuple[str | int, ...], before: str
) -> Iterator[Change]:
    for f in spec.fields:
        a, b = (data.get(f.name, f.default) for data in (old, new))
        if a == b:
            continue
        label = f"{before}{f.label}"
        if f.kind is Kind.PARTS:
            yield from _parts(f, a, b, (*place, f.name), label)
        else:
            yield Change((*place, f.name), How.CHANGED, a, b, label)


def _parts(
    f: Field, old: list[Data], new: list[Data], place: tuple[str | int, ...], label: str
) -> Iterator[Change]:
    part = spec_of(f.type)
    pairs = match(part, old, new)
    stayed = [i for i, j in pairs if i is not None and j is not None]
    moved = _moved(stayed) if part.order else set()
    for i, j in pairs:
        if j is None:
            yield Change((*place, i or 0), How.REMOVED, old[i or 0], None, label)
        elif i is None:
            yield Change((*place, j), How.ADDED, None, new[j], label)
        else:
            where = (*place, j)
            if i in moved:
                yield Change(where, How.MOVED, i + 1, j + 1, f"{label} {j + 1}")
            yield from _fields(part, old[i], new[j], where, f"{label} {j + 1}: ")


def _moved(order: list[int]) -> set[int]:
    """The fewest that must move to make ``order``: all but the longest run upward."""
    best: list[list[int]] = []
    for i in order:
        before = [run for run in best if run[-1] < i]
        best.append([*_longest(before), i])
    return set(order) - set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []
