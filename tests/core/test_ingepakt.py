"""Packed lists and dictionaries are what plain ones are."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.core.ingepakt import Posities, Teksten


@given(st.lists(st.integers(0, 2**63), unique=True), st.integers(0, 2**63))
def test_positions_are_a_dictionary(numbers, other):
    plain = {number: place for place, number in enumerate(numbers)}
    packed = Posities(numbers)
    assert packed == plain
    assert len(packed) == len(plain)
    assert packed.get(other) == plain.get(other)


@given(st.lists(st.text()), st.slices(8))
def test_texts_are_a_list(texts, part):
    for packed in (Teksten(texts), pickle.loads(pickle.dumps(Teksten(texts), 5))):  # noqa: S301
        assert list(packed) == texts
        assert len(packed) == len(texts)
        assert packed[part] == texts[part]
        assert [packed[-place - 1] for place in range(len(texts))] == texts[::-1]


@pytest.mark.parametrize("place", [2, -3])
def test_a_text_beyond_the_last_does_not_exist(place):
    with pytest.raises(IndexError):
        Teksten(["één", "twee"])[place]
