"""What two editors made of one record: put together, and where they disagree.

Both began with the same document. What only one of them changed is as he made it. What
both changed, each in another way, is a conflict: a person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Kind, spec_of
from wijkwijzer.wholes.matching import match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wijkwijzer.wholes.declaration import Data, Field, Spec

    Place = tuple[str | int, ...]


class Choice(StrEnum):
    MINE = "mijn"
    THEIRS = "ander"


@dataclass(frozen=True)
class Conflict:
    """Where both changed something. ``key`` is the same each time it is asked.

    None is what one of them took away. ``place`` is that in what I made; of a part that
    I took away that in theirs.
    """

    key: str
    place: Place
    mine: Any
    theirs: Any
    choice: Choice | None


@dataclass
class Merged:
    """``data`` holds for every conflict what was chosen, and mine where nothing was."""

    data: Data
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        return all(conflict.choice for conflict in self.conflicts)


def merge(
    declared: type[Any],
    base: Data,
    mine: Data,
    theirs: Data,
    choices: Mapping[str, str] | None = None,
) -> Merged:
    """Put together what became of ``base`` in two hands.

    ``choices``: by the key of a conflict, whose is taken.
    """
    merger = _Merger(choices or {})
    data = merger.fields(spec_of(declared), base, mine, theirs, "", ())
    return Merged(data, merger.conflicts)


class _Merger:
    def __init__(self, choices: Mapping[str, str]) -> None:
        self._choices = choices
        self.conflicts: list[Conflict] = []

    def _choose(self, key: str, place: Place, mine: Any, theirs: Any) -> Any:
        chosen = self._choices.get(key)
        choice = next((c for c in Choice if c == chosen), None)
        self.conflicts.append(Conflict(key, place, mine, theirs, choice))
        return theirs if choice is Choice.THEIRS else mine

    def fields(
        self, spec: Spec, base: Data, mine: Data, theirs: Data, key: str, at: Place
    ) -> Data:
        data: Data = {}
        for f in spec.fields:
            was, a, b = (d.get(f.name, f.default) for d in (base, mine, theirs))
            own_key, place = f"{key}{f.name}", (*at, f.name)
            if f.kind is Kind.PARTS:
                value = self.parts(f, was, a, b, own_key, place)
            elif a == b or b == was:
                value = a
            elif a == was:
                value = b
            else:
                value = self._choose(own_key, place, a, b)
            if f.required or value != f.default:
                data[f.name] = value
        return data

    def parts(
        self,
        f: Field,
        base: Sequence[Data],
        mine: Sequence[Data],
        theirs: Sequence[Data],
        key: str,
        at: Place,
    ) -> list[Data]:
        if mine == theirs:
            return [*mine]
        part = spec_of(f.type)
        rows = [*_rows(part, base, mine, theirs)]
        merged = {
            row: self._row(part, row, base, mine, theirs, f"{key}/{n}/", at)
            for n, row in enumerate(rows)
        }
        found = [merged[row] for row in _in_order(rows, moved=_has_moved(rows))]
        return [data for data in found if data is not None]

    def _row(
        self,
        part: Spec,
        row: Row,
        base: Sequence[Data],
        mine: Sequence[Data],
        theirs: Sequence[Data],
        key: str,
        at: Place,
    ) -> Data | None:
        """One part as it becomes; None when it goes."""
        was = None if row.base is None else base[row.base]
        a = None if row.mine is None else mine[row.mine]
        b = None if row.theirs is None else theirs[row.theirs]
        place = row.mine if row.mine is not None else row.theirs or 0
        here = (*at, place)
        if a is not None and b is not None:
            return self.fields(part, was or {}, a, b, key, here)
        if was is None or a == b:
            return a or b
        left = a or b
        if left == was:
            return None
        chosen: Data | None = self._choose(key.rstrip("/"), here, a, b)
        return chosen


@dataclass(frozen=True)
class Row:
    """Where one part is in the three documents; None where it is not."""

    base: int | None
    mine: int | None
    theirs: int | None


def _rows(
    part: Spec, base: Sequence[Data], mine: Sequence[Data], theirs: Sequence[Data]
) -> Iterator[Row]:
    """Every part that is in one of them, once."""
    in_mine, new_mine = _partners(part, base, mine)
    in_theirs, new_theirs = _partners(part, base, theirs)
    for i in range(len(base)):
        yield Row(i, in_mine.get(i), in_theirs.get(i))
    # Both may have added the same: known by its key, or by all that it says.
    same: dict[object, int] = {}
    for j in new_theirs:
        same.setdefault(_name(part, theirs[j]), j)
    for i in new_mine:
        yield Row(None, i, same.pop(_name(part, mine[i]), None))
    for j in sorted(same.values()):
        yield Row(None, None, j)


def _partners(
    part: Spec, base: Sequence[Data], other: Sequence[Data]
) -> tuple[dict[int, int], list[int]]:
    pairs = match(part, base, other)
    partners = {i: j for i, j in pairs if i is not None and j is not None}
    return partners, [j for i, j in pairs if i is None and j is not None]


def _name(part: Spec, data: Data) -> object:
    if part.key:
        return tuple(str(data.get(name)) for name in part.key)
    return repr(sorted(data.items()))


def _has_moved(rows: Sequence[Row]) -> bool:
    """Whether I put parts in another order than they were."""
    places = [r.mine for r in rows if r.base is not None and r.mine is not None]
    return places != sorted(places)


def _in_order(rows: Sequence[Row], *, moved: bool) -> list[Row]:
    """As I ordered them if I did, else as the other has them.

    What is only in the other order comes after what it comes after there.
    """
    first, second = ("mine", "theirs") if moved else ("theirs", "mine")
    ordered = _placed(rows, first)
    before: Row | None = None
    for row in _placed(rows, second):
        if row not in ordered:
            at = ordered.index(before) + 1 if before in ordered else 0
            ordered.insert(at, row)
        before = row
    return ordered


def _placed(rows: Sequence[Row], name: str) -> list[Row]:
    here = [row for row in rows if getattr(row, name) is not None]
    return sorted(here, key=lambda row: getattr(row, name))
