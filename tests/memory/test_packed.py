"""Packed lists and dictionaries are what plain ones are, also out of a file."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.memory.large.packed import Places, Positions, Texts


def again(packed):
    """The same, as a file holds it."""
    return pickle.loads(pickle.dumps(packed, 5))  # noqa: S301


@given(st.lists(st.integers(0, 2**63), unique=True), st.integers(0, 2**63))
def test_positions_are_a_dictionary_of_numbers(numbers, other):
    plain = {number: place for place, number in enumerate(numbers)}
    for packed in (Positions(numbers), again(Positions(numbers))):
        assert packed == plain
        assert len(packed) == len(plain)
        assert packed.get(other) == plain.get(other)


@given(st.lists(st.text(), unique=True), st.text())
def test_places_are_a_dictionary_of_texts(texts, other):
    plain = {text: place for place, text in enumerate(texts)}
    for packed in (Places(texts), again(Places(texts))):
        assert packed == plain
        assert len(packed) == len(plain)
        assert packed.get(other) == plain.get(other)


@given(st.lists(st.text()), st.slices(8))
def test_texts_are_a_list(texts, part):
    for packed in (Texts(texts), again(Texts(texts))):
        assert list(packed) == texts
        assert len(packed) == len(texts)
        assert packed[part] == texts[part]
        assert [packed[-place - 1] for place in range(len(texts))] == texts[::-1]


@pytest.mark.parametrize("place", [2, -3])
def test_a_text_beyond_the_last_does_not_exist(place):
    with pytest.raises(IndexError):
        Texts(["één", "twee"])[place]
