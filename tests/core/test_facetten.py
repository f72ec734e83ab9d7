"""Selections and counts on bitmaps give what plain sets give."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.core.facetten import (
    Bitmaps,
    Facettenindex,
    Treffers,
    Waarde,
    bitmap,
    posities,
)
from wijkwijzer.core.opslag import bewaar, laad

FACETS = {"kleur": ["rood", "groen", "blauw"], "vorm": ["rond", "vierkant"]}

positions = st.sets(st.integers(0, 300))


@given(positions)
def test_a_bitmap_holds_exactly_its_positions(chosen):
    bits = bitmap(chosen, 301)
    assert bits == sum(1 << position for position in chosen)
    assert list(posities(bits)) == sorted(chosen)


@given(positions, st.integers(0, 310))
def test_positions_can_start_further_on(chosen, skip):
    assert list(posities(bitmap(chosen, 301), skip)) == sorted(chosen)[skip:]


# Records with their values; a value may be missing, or be of a record nobody sees.
records = st.dictionaries(
    st.integers(1, 60),
    st.fixed_dictionaries(
        {key: st.sets(st.sampled_from(values)) for key, values in FACETS.items()}
    ),
    max_size=30,
)
selections = st.dictionaries(
    st.sampled_from([*FACETS, "onbekende-facet"]),
    st.lists(st.sampled_from(["rood", "groen", "rond", "bestaatniet"]), max_size=3),
)


def build(content: dict[int, dict[str, set[str]]]) -> Facettenindex:
    index = Facettenindex(list(content))
    for key, values in FACETS.items():
        pairs = [(pk, slug) for pk, has in content.items() for slug in has[key]]
        unseen = [(1000, slug) for slug in values]
        index.voeg_toe(key, [Waarde(v, v.title()) for v in values], pairs + unseen)
    return index


def plain(content, selection, base: set[int]) -> set[int]:
    """The same selection as a definition: OR within a facet, AND across facets."""
    return {
        pk
        for pk in base
        if all(
            not slugs or key not in FACETS or content[pk][key] & {*slugs}
            for key, slugs in selection.items()
        )
    }


@given(records, selections, st.data())
def test_a_selection_is_or_within_a_facet_and_and_across_facets(
    content, selection, data
):
    index = build(content)
    base = data.draw(st.sets(st.sampled_from(sorted(content)))) if content else set()
    bits = bitmap([index.positie[pk] for pk in base], len(content))
    found = index.pks_van(index.selecteer(selection, bits))
    assert {*found} == plain(content, selection, base)
    assert found == [pk for pk in content if pk in {*found}], "the order of the index"


@given(records, selections)
def test_a_count_is_what_choosing_only_that_value_in_its_facet_gives(
    content, selection
):
    index = build(content)
    counts = index.tellingen(selection, index.alle)
    assert counts == {
        key: {
            value: len(plain(content, {**selection, key: [value]}, {*content}))
            for value in values
        }
        for key, values in FACETS.items()
    }


def test_an_empty_catalogue_has_only_zeros():
    index = build({})
    assert index.alle == 0
    assert index.pks_van(index.alle) == []
    assert index.tellingen({}, 0)["kleur"] == {"rood": 0, "groen": 0, "blauw": 0}


# Hits, of which a page is read


@given(
    st.lists(st.booleans(), max_size=70),
    st.booleans(),
    st.slices(80),
    st.randoms(use_true_random=False),
)
def test_hits_read_like_a_list(members, shuffled, part, random):
    index = Facettenindex([pk * 10 for pk in range(len(members))])
    order = list(range(len(members)))
    if shuffled:
        random.shuffle(order)
    hits = Treffers(
        index,
        bitmap([i for i, member in enumerate(members) if member], len(members)),
        order if shuffled else None,
    )
    expected = [position * 10 for position in order if members[position]]
    assert list(hits) == expected
    assert len(hits) == len(expected)
    assert hits[part] == expected[part]
    for place in range(-len(expected), len(expected)):
        assert hits[place] == expected[place]


@pytest.mark.parametrize("place", [2, -3, 100])
def test_a_hit_beyond_the_last_does_not_exist(place):
    hits = Treffers(Facettenindex([10, 20, 30]), 0b101)
    with pytest.raises(IndexError):
        hits[place]


# Bitmaps, packed

LENGTH = 301
sets = st.one_of(
    st.dictionaries(st.text(max_size=3), positions.filter(bool), max_size=9),
    st.dictionaries(st.integers(0, 99), positions.filter(bool), max_size=9),
)


@given(sets, st.sampled_from([0, 1, 32, 1000]), st.data())
def test_packed_bitmaps_are_a_dictionary_of_sets_also_from_a_file(
    tmp_path_factory, plain, dense_from, data
):
    packed: Bitmaps = Bitmaps()
    packed.DICHT, packed.ONTHOUDEN = dense_from, 3
    for key, chosen in plain.items():
        # In any order, and more than once.
        for position in data.draw(st.permutations(sorted(chosen))):
            packed.voeg_toe([key], position)
        packed.voeg_posities_toe(key, array("I", [min(chosen)]))
    packed.sluit(LENGTH)
    file = tmp_path_factory.mktemp("bitmaps") / "x"
    bewaar(packed, file)
    unknown = "none" if all(isinstance(key, str) for key in plain) else 100
    keys = [*plain, unknown]
    some = data.draw(st.lists(st.sampled_from(keys)))
    for bitmaps in (packed, laad(file)):
        assert {*bitmaps} == {*plain}
        for key in keys:
            chosen = plain.get(key, set())
            assert (key in bitmaps) == (key in plain)
            assert bitmaps.bits(key) == bitmap(chosen, LENGTH)
            assert bitmaps.aantal(key) == len(chosen)
            assert {p for p in range(LENGTH) if bitmaps.heeft(key, p)} == chosen
        union = set().union(*(plain.get(key, set()) for key in some))
        assert bitmaps.een_van(some) == bitmap(union, LENGTH)


def test_a_file_holds_none_of_what_a_process_loaded(tmp_path):
    index = build({1: {"kleur": {"rood"}, "vorm": set()}})
    index.geladen[build] = {1: "record"}
    index.tellingen({}, index.alle)
    bewaar(index, tmp_path / "x")
    found = laad(tmp_path / "x")
    assert found.geladen == {}
    assert found.tellingen({}, 1) == index.tellingen({}, 1)
    assert index.geladen == {build: {1: "record"}}
