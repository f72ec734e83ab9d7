"""A score for every record at once, written as bit slices.

Slice *k* is the bitmap of the records whose score has bit *k* set. Adding two scores is
a ripple of ANDs and XORs over all records together, and reading the best ones is
walking the slices from the highest down. Nothing is sorted, and the cost does not
depend on how many records have a score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkwijzer.core.facetten import posities

if TYPE_CHECKING:
    from collections.abc import Iterator

Slices = list[int]


def als_slices(bits: int, gewicht: int) -> Slices:
    """The score ``gewicht`` for these documents and zero for all others."""
    if not bits:
        return []
    return [bits if gewicht >> k & 1 else 0 for k in range(gewicht.bit_length())]


def plus(a: Slices, b: Slices) -> Slices:
    """Add two scores, document by document."""
    if not a or not b:
        return a or b
    som: Slices = []
    onthouden = 0
    for k in range(max(len(a), len(b))):
        x = a[k] if k < len(a) else 0
        y = b[k] if k < len(b) else 0
        verschil = x ^ y
        som.append(verschil ^ onthouden)
        onthouden = (x & y) | (verschil & onthouden)
    if onthouden:
        som.append(onthouden)
    return som


def heeft_score(slices: Slices) -> int:
    """The records with a score above zero."""
    bits = 0
    for slice_ in slices:
        bits |= slice_
    return bits


def aflopend(slices: Slices, kandidaten: int) -> Iterator[int]:
    """The candidates from the highest score down, in index order where equal."""
    if not kandidaten:
        return
    if not slices:
        yield from posities(kandidaten)
        return
    *lager, hoogste = slices
    yield from aflopend(lager, kandidaten & hoogste)
    yield from aflopend(lager, kandidaten & ~hoogste)
