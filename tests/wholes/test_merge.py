"""What two editors made of one record is put together, and nothing of it is lost."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain
from typing import Any

import pytest

from tests.wholes.test_documents import Editor, documents, in_normal_form
from wijkwijzer.wholes.declaration import spec_of
from wijkwijzer.wholes.merge import Choice, Merged, merge
from wijkwijzer.wholes.registry import wholes

pytestmark = pytest.mark.usefixtures("inhoud")


def aanpak() -> tuple[type[Any], dict[str, Any]]:
    declared = wholes()["aanpak"]
    steps = [
        {"naam": word, "toelichting": f"Zo gaat {word}."} for word in ("Een", "Twee")
    ]
    data = next(d for d in documents(declared).values() if d["slug"] == "abcd")
    return declared, deepcopy(data) | {"stappen": steps}


def merged(change_mine, change_theirs, choices=None) -> Merged:
    declared, base = aanpak()
    mine, theirs = deepcopy(base), deepcopy(base)
    change_mine(mine)
    change_theirs(theirs)
    return merge(declared, base, mine, theirs, choices)


def set_to(**values: Any):
    return lambda data: data.update(values)


def nothing(data: Any) -> None:
    pass


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    spec = spec_of(wholes()["aanpak"])
    return in_normal_form(spec, one) == in_normal_form(spec, other)


# Fields


def test_what_each_changed_alone_is_as_he_made_it():
    found = merged(set_to(naam="Mijn naam"), set_to(doel="Haar doel"))
    assert (found.data["naam"], found.data["doel"]) == ("Mijn naam", "Haar doel")
    assert not found.conflicts


def test_what_both_changed_in_one_way_is_no_conflict():
    found = merged(set_to(naam="Zo"), set_to(naam="Zo"))
    assert (found.data["naam"], found.conflicts) == ("Zo", [])


def test_what_both_changed_is_a_conflict_and_stays_mine_until_somebody_chooses():
    found = merged(set_to(naam="Mijn naam"), set_to(naam="Haar naam"))
    (conflict,) = found.conflicts
    assert (conflict.key, conflict.place) == ("naam", ("naam",))
    assert (conflict.mine, conflict.theirs) == ("Mijn naam", "Haar naam")
    assert (found.data["naam"], found.is_settled) == ("Mijn naam", False)


@pytest.mark.parametrize(
    ("choice", "name"), [(Choice.MINE, "Mijn naam"), (Choice.THEIRS, "Haar naam")]
)
def test_who_chooses_gets_what_he_chose(choice, name):
    found = merged(
        set_to(naam="Mijn naam"), set_to(naam="Haar naam"), {"naam": str(choice)}
    )
    assert (found.data["naam"], found.is_settled) == (name, True)


def test_a_choice_that_is_none_leaves_the_conflict():
    found = merged(set_to(naam="A"), set_to(naam="B"), {"naam": "wat anders"})
    assert not found.is_settled


# Parts


def step(title: str, text: str = "Nieuw.") -> dict[str, str]:
    return {"naam": title, "toelichting": text}


def titles(found: Merged) -> list[str]:
    return [data["naam"] for data in found.data["stappen"]]


def test_parts_that_both_added_are_all_there_each_where_it_was_put():
    found = merged(
        lambda d: d["stappen"].insert(1, step("Mijn stap")),
        lambda d: d["stappen"].append(step("Haar stap")),
    )
    assert titles(found) == ["Een", "Mijn stap", "Twee", "Haar stap"]
    assert not found.conflicts


def test_fields_of_one_part_are_put_together():
    found = merged(
        lambda d: d["stappen"][0].update(naam="Eerst"),
        lambda d: d["stappen"][0].update(toelichting="Zo gaat een nu."),
    )
    assert found.data["stappen"][0] == step("Eerst", "Zo gaat een nu.")
    assert not found.conflicts


def test_a_part_that_only_one_touched_is_gone_when_the_other_took_it_away():
    found = merged(nothing, lambda d: d["stappen"].pop(0))
    assert titles(found) == ["Twee"]
    found = merged(lambda d: d["stappen"].pop(0), nothing)
    assert titles(found) == ["Twee"]


@pytest.mark.parametrize(
    ("choice", "left"),
    [("", ["Een", "Twee"]), (Choice.MINE, ["Een", "Twee"]), (Choice.THEIRS, ["Twee"])],
)
def test_a_part_that_one_changed_and_the_other_took_away_is_a_conflict(choice, left):
    key = (
        merged(
            lambda d: d["stappen"][0].update(toelichting="Zo gaat een nu."),
            lambda d: d["stappen"].pop(0),
        )
        .conflicts[0]
        .key
    )
    found = merged(
        lambda d: d["stappen"][0].update(toelichting="Zo gaat een nu."),
        lambda d: d["stappen"].pop(0),
        {key: str(choice)},
    )
    assert titles(found) == left
    assert found.conflicts[0].theirs is None
    assert found.conflicts[0].mine["toelichting"] == "Zo gaat een nu."


def test_a_part_that_i_took_away_and_the_other_changed_is_a_conflict():
    found = merged(
        lambda d: d["stappen"].pop(0),
        lambda d: d["stappen"][0].update(toelichting="Zo gaat een nu."),
    )
    assert found.conflicts[0].mine is None
    assert found.conflicts[0].place == ("stappen", 0)
    assert titles(found) == ["Twee"]


def test_the_order_is_that_of_who_changed_it():
    def turn(data):
        data["stappen"].reverse()

    assert titles(merged(turn, nothing)) == ["Twee", "Een"]
    assert titles(merged(nothing, turn)) == ["Twee", "Een"]


# Anything


@pytest.mark.parametrize("soort", [*wholes()])
def test_what_one_editor_did_is_what_comes_out(soort):
    declared = wholes()[soort]
    editor = Editor(soort)
    for base in [*documents(declared).values()][:6]:
        edited = editor.edit(declared, base)
        for mine, theirs in [(edited, base), (base, edited), (edited, edited)]:
            found = merge(declared, base, mine, theirs)
            assert not found.conflicts
            spec = spec_of(declared)
            assert in_normal_form(spec, found.data) == in_normal_form(spec, edited)


@pytest.mark.parametrize("soort", [*wholes()])
def test_no_word_of_either_editor_is_lost_without_a_conflict(soort):
    declared = wholes()[soort]
    editor = Editor(f"two {soort}")
    for base in [*documents(declared).values()][:12]:
        mine, theirs = editor.edit(declared, base), editor.edit(declared, base)
        found = merge(declared, base, mine, theirs)
        known = {*texts(found.data)}
        known |= {*chain(*(texts([c.mine, c.theirs]) for c in found.conflicts))}
        for edited in (mine, theirs):
            assert {*texts(edited)} - {*texts(base)} <= known
        assert len({c.key for c in found.conflicts}) == len(found.conflicts)
        settled = {c.key: "mijn" for c in found.conflicts}
        assert merge(declared, base, mine, theirs, settled).is_settled


def texts(value: Any):
    if isinstance(value, dict):
        yield from chain(*map(texts, value.values()))
    elif isinstance(value, list):
        yield from chain(*map(texts, value))
    elif isinstance(value, str):
        yield value
