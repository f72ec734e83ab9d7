"""A score for every record at once, written as bit slices.

Slice *k* is the bitmap of the records whose score has bit *k* set. Adding two scores is
a ripple of ANDs and XORs over all records together, and reading the best ones is
walking the slices from the highest down. Nothing is sorted, and the cost does not
depend on how many records have a score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkwijzer.memory.bitmaps import positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Slices = list[int]


def as_slices(bits: int, weight: int) -> Slices:
    """The score ``weight`` for these records and zero for all others."""
    if not bits:
        return []
    return [bits if weight >> k & 1 else 0 for k in range(weight.bit_length())]


def plus(a: Slices, b: Slices) -> Slices:
    """Add two scores, record by record."""
    if not a or not b:
        return a or b
    total: Slices = []
    carry = 0
    for k in range(max(len(a), len(b))):
        x = a[k] if k < len(a) else 0
        y = b[k] if k < len(b) else 0
        differs = x ^ y
        total.append(differs ^ carry)
        carry = (x & y) | (differs & carry)
    if carry:
        total.append(carry)
    return total


def has_score(slices: Slices) -> int:
    """The records with a score above zero."""
    bits = 0
    for part in slices:
        bits |= part
    return bits


def descending(
    slices: Slices,
    candidates: int,
    in_order: Callable[[int], Iterator[int]] = positions,
) -> Iterator[int]:
    """The candidates from the highest score down.

    ``in_order`` gives those with equal scores in the order that they have otherwise.
    """
    if not candidates:
        return
    if not slices:
        yield from in_order(candidates)
        return
    *lower, highest = slices
    yield from descending(lower, candidates & highest, in_order)
    yield from descending(lower, candidates & ~highest, in_order)
