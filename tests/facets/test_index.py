"""Selections and counts on bitmaps give what plain sets give."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.facets.declaration import Facet, Waarde
from wijkwijzer.facets.index import FacetIndex, FacetIndexer
from wijkwijzer.memory.bitmaps import bitmap, positions

VALUES = {"kleur": ["rood", "groen", "blauw"], "vorm": ["rond", "vierkant"]}


@dataclass
class Thing:
    """A document: what a facet reads of it."""

    kleur: list[str] = field(default_factory=list)
    vorm: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def facet(key: str) -> Facet:
    waarden = [Waarde(value, value.title()) for value in VALUES[key]]
    return Facet(key, key.title(), lambda stand: waarden, key)


TAG = Facet(
    "tag",
    "Trefwoord",
    named=lambda thing, stand: [Waarde(tag.lower(), tag) for tag in thing.tags],
    counts=False,
)
FACETS = [facet("kleur"), facet("vorm"), TAG]


class Seen(SimpleNamespace):
    """The records that readers see, by position."""

    all: int
    gone: int


def build(
    content: list[Thing], top: dict[int, Thing | None] | None = None
) -> FacetIndex:
    """The index of some things, with others in their place since."""
    indexer: FacetIndexer = FacetIndexer(FACETS)
    stand: Any = None
    base = indexer.start(stand)
    for position, thing in enumerate(content):
        base.add(position, thing)
    length = len(content)
    bits = (1 << length) - 1
    if top is None:
        records: Any = Seen(all=bits, gone=0)
        return indexer.layer(stand, base.close(length), None, records)
    layer = indexer.start(stand)
    for position, thing in top.items():
        bits &= ~(1 << position)
        if thing is not None:
            layer.add(position, thing)
            bits |= 1 << position
    longest = max([length, *(position + 1 for position in top)])
    records = Seen(all=bits, gone=bitmap(top, longest))
    return indexer.layer(stand, base.close(length), layer.close(longest), records)


things = st.builds(
    Thing,
    *(
        st.lists(st.sampled_from([*values, "oud"]), max_size=3)
        for values in VALUES.values()
    ),
    st.lists(st.sampled_from(["Sport", "Kunst", "Koffie"]), max_size=3),
)
contents = st.lists(things, max_size=20)
selections = st.dictionaries(
    st.sampled_from([*VALUES, "onbekende-facet"]),
    st.lists(st.sampled_from(["rood", "groen", "rond", "bestaatniet"]), max_size=3),
)


def plain(content: dict[int, Thing], selection, base: set[int]) -> set[int]:
    """The same selection as a definition: OR within a facet, AND across facets."""
    return {
        position
        for position in base
        if all(
            not slugs
            or key not in VALUES
            or {*getattr(content[position], key)} & {*slugs}
            for key, slugs in selection.items()
        )
    }


@given(contents, selections, st.data())
def test_a_selection_is_or_within_a_facet_and_and_across_facets(
    content, selection, data
):
    index = build(content)
    numbered = dict(enumerate(content))
    base = data.draw(st.sets(st.sampled_from([*numbered]))) if content else set()
    found = index.select(selection, bitmap(base, len(content)))
    assert {*positions(found)} == plain(numbered, selection, base)


@given(contents, selections)
def test_a_count_is_what_choosing_only_that_value_in_its_facet_gives(
    content, selection
):
    index = build(content)
    numbered = dict(enumerate(content))
    assert index.counts(selection, index.all) == {
        key: {
            value: len(plain(numbered, {**selection, key: [value]}, {*numbered}))
            for value in values
        }
        for key, values in VALUES.items()
    }


@given(
    contents,
    st.dictionaries(st.integers(0, 24), st.none() | things, max_size=8),
    selections,
)
def test_in_layers_it_says_what_an_index_of_now_says(content, changes, selection):
    # What is new stands beyond what there was, without gaps.
    new = [thing for position, thing in changes.items() if position >= len(content)]
    top = {p: thing for p, thing in changes.items() if p < len(content)}
    top |= dict(enumerate(filter(None, new), len(content)))
    now = {**dict(enumerate(content)), **top}
    stays = [position for position, thing in sorted(now.items()) if thing is not None]
    layers = build(content, top)
    whole = build([now[position] for position in stays])
    assert layers.counts(selection, layers.all) == whole.counts(selection, whole.all)
    assert layers.waarden("tag") == whole.waarden("tag")
    for place, position in enumerate(stays):
        for key in ("kleur", "vorm", "tag"):
            assert [*layers.values_at(key, position)] == [*whole.values_at(key, place)]
    for tag in ("sport", "kunst", "koffie"):
        assert layers.known("tag", tag) == whole.known("tag", tag)


def test_an_empty_catalogue_has_only_zeros():
    index = build([])
    assert index.all == 0
    assert index.counts({}, 0)["kleur"] == {"rood": 0, "groen": 0, "blauw": 0}


# Words of values


@pytest.fixture
def index() -> FacetIndex:
    return build([Thing(["rood"], ["rond"], ["Sport", "Één"]), Thing(tags=["Zang"])])


def test_values_of_a_list_come_in_its_order_also_those_without_a_record(index):
    assert [*index.waarden("kleur")] == ["rood", "groen", "blauw"]
    assert index.known("kleur", "blauw")
    assert not index.known("kleur", "paars")


def test_values_that_documents_name_come_by_their_label(index):
    assert [w.label for w in index.waarden("tag").values()] == ["Één", "Sport", "Zang"]
    assert index.label("tag", "sport") == "Sport"
    assert not index.known("tag", "kunst")


def test_a_value_that_does_not_exist_is_called_by_its_slug(index):
    assert index.label("kleur", "groen") == "Groen"
    assert [index.label(key, "weg") for key in ("kleur", "tag")] == ["weg", "weg"]


@pytest.mark.parametrize(
    ("key", "slugs", "ordered"),
    [
        ("kleur", ["blauw", "weg", "rood", "blauw"], ["Rood", "Blauw"]),
        ("tag", ["zang", "één", "zang"], ["Één", "Zang"]),
    ],
)
def test_some_values_come_in_the_order_of_the_form_each_once(
    index, key, slugs, ordered
):
    assert [waarde.label for waarde in index.ordered(key, slugs)] == ordered
