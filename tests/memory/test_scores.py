"""Scores of all records at once are what adding them one by one gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.memory.scores import as_slices, descending, has_score, plus


@given(st.lists(st.lists(st.integers(0, 127), min_size=9, max_size=9), max_size=5))
def test_scores_in_slices_add_up_and_are_read_from_high_to_low(rows):
    slices = []
    for row in rows:
        for position, score in enumerate(row):
            slices = plus(slices, as_slices(1 << position, score))
    totals = [sum(column) for column in zip(*rows, strict=True)] or [0] * 9
    expected = sorted(range(9), key=lambda position: (-totals[position], position))
    assert list(descending(slices, (1 << 9) - 1)) == expected


def test_without_scores_the_records_come_in_their_own_order():
    assert list(descending([], 0b1011)) == [0, 1, 3]


def test_only_records_with_points_have_a_score():
    assert has_score(plus(as_slices(0b01, 3), as_slices(0b10, 0))) == 0b01
