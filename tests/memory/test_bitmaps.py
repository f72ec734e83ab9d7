"""Bitmaps, packed or in layers, say what plain sets say."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.memory.bitmaps import Bitmaps, bitmap, layered, positions
from wijkwijzer.memory.large.shared import load, save

LENGTH = 301
chosen_positions = st.sets(st.integers(0, LENGTH - 1))


@given(chosen_positions)
def test_a_bitmap_holds_exactly_its_positions(chosen):
    bits = bitmap(chosen, LENGTH)
    assert bits == sum(1 << position for position in chosen)
    assert list(positions(bits)) == sorted(chosen)


@given(chosen_positions, st.integers(0, LENGTH + 9))
def test_positions_can_start_further_on(chosen, skip):
    assert list(positions(bitmap(chosen, LENGTH), skip)) == sorted(chosen)[skip:]


# Packed

sets = st.one_of(
    st.dictionaries(st.text(max_size=3), chosen_positions.filter(bool), max_size=9),
    st.dictionaries(st.integers(0, 99), chosen_positions.filter(bool), max_size=9),
)
# Below which length a list is kept as it is: always, halfway, never.
dense_from = st.sampled_from([0, 1, 32, 1000])


def packed_of(plain, length=LENGTH, dense=32) -> Bitmaps:
    packed: Bitmaps = Bitmaps()
    packed.DENSE, packed.KEEP = dense, 3
    for key, chosen in plain.items():
        for position in chosen:
            packed.add([key], position)
    return packed.close(length)


def unknown_key(plain) -> str | int:
    return "none" if all(isinstance(key, str) for key in plain) else 100


@given(sets, dense_from, st.data())
def test_packed_bitmaps_are_a_dictionary_of_sets_also_out_of_a_file(
    tmp_path_factory, plain, dense, data
):
    packed: Bitmaps = Bitmaps()
    packed.DENSE, packed.KEEP = dense, 3
    for key, chosen in plain.items():
        # In any order, and more than once.
        for position in data.draw(st.permutations(sorted(chosen))):
            packed.add([key], position)
        packed.add_positions(key, array("I", [min(chosen)]))
    packed.close(LENGTH)
    file = tmp_path_factory.mktemp("bitmaps") / "x"
    save(packed, file)
    keys = [*plain, unknown_key(plain)]
    some = data.draw(st.lists(st.sampled_from(keys)))
    for bitmaps in (packed, load(file)):
        assert {*bitmaps} == {*plain}
        for key in keys:
            chosen = plain.get(key, set())
            assert (key in bitmaps) == (key in plain)
            assert bitmaps.bits(key) == bitmap(chosen, LENGTH)
            assert bitmaps.count(key) == len(chosen)
            assert {p for p in range(LENGTH) if bitmaps.has(key, p)} == chosen
        union = set().union(*(plain.get(key, set()) for key in some))
        assert bitmaps.any_of(some) == bitmap(union, LENGTH)


def test_a_file_holds_none_of_the_integers_that_a_process_keeps(tmp_path):
    packed = packed_of({"a": {1, 2, 3}}, dense=1000)
    assert packed.bits("a") == 0b1110
    assert packed._kept
    save(packed, tmp_path / "x")
    assert load(tmp_path / "x")._kept == {}
    assert packed._kept, "the one in use still has them"


# In layers


@given(sets, sets, chosen_positions, dense_from, st.data())
def test_a_layer_takes_the_place_of_the_base_where_records_went(
    below, above, gone, dense, data
):
    # Records that came since stand beyond those of the base.
    new = {LENGTH, LENGTH + 40}
    length = LENGTH + 41
    above = {key: chosen & gone | new for key, chosen in above.items()}
    if {*map(type, below)} != {*map(type, above)}:
        above = {}
    bits = layered(
        packed_of(below, dense=dense),
        packed_of(above, length, dense),
        bitmap(gone | new, length),
    )
    expected = {
        key: below.get(key, set()) - gone | above.get(key, set())
        for key in {*below, *above}
    }
    keys = [*expected, unknown_key(expected)]
    assert {*bits} == {*expected}
    assert len([*bits]) == len(expected), "each key once"
    for key in keys:
        chosen = expected.get(key, set())
        assert (key in bits) == (key in expected)
        assert bits.bits(key) == bitmap(chosen, length)
        assert bits.count(key) == len(chosen)
        assert {p for p in range(length) if bits.has(key, p)} == chosen
    some = data.draw(st.lists(st.sampled_from(keys)))
    union = set().union(*(expected.get(key, set()) for key in some))
    assert bits.any_of(some) == bitmap(union, length)


def test_without_a_layer_the_base_is_asked_itself():
    packed = packed_of({"a": {1}})
    assert layered(packed, None, 0) is packed
