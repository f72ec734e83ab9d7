"""A difference in the words of readers, and nothing that was taken out."""

from __future__ import annotations

import pytest

from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from wijkwijzer.nieuws.verschil import HOOGSTENS, verschillen
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

MOVISIE = "Movisie"
LONG = [f"woord{number}" for number in range(200)]


def told(before: dict, after: dict, declared=AanpakDocument):
    return [
        (v.waarvan, v.was, v.nu)
        for v in verschillen(current_stand(), declared, before, after)
    ]


def test_of_a_choice_a_term_and_a_date_it_is_told_what_it_was():
    before = {"niveau": "goed-beschreven", "datum": "2020-06"}
    after = {"niveau": "goed-onderbouwd", "datum": "2020-06-18"}
    same = {"databank": "movisie", "bron_url": "https://voorbeeld.example/"}
    assert told(
        {"erkenningen": [same | before]},
        {"erkenningen": [same | after]},
        InterventieDocument,
    ) == [
        (f"Erkenningen, {MOVISIE}: niveau", "Goed Beschreven", "Goed Onderbouwd"),
        (f"Erkenningen, {MOVISIE}: datum van het besluit", "juni 2020", "18 juni 2020"),
    ]


def test_parts_that_begin_the_same_are_told_apart_by_more_of_what_they_are():
    one = {"databank": "movisie", "niveau": "goed-beschreven", "bron_url": "a"}
    two = {"databank": "movisie", "niveau": "goed-onderbouwd", "bron_url": "b"}
    found = told(
        {"erkenningen": [one, two]},
        {"erkenningen": [one, two | {"geldig_tot": "2030-07"}]},
        InterventieDocument,
    )
    label = f"Erkenningen, {MOVISIE}, Goed Onderbouwd: geldig tot"
    assert found == [(label, "", "juli 2030")]


def test_of_a_long_text_only_the_words_around_what_is_new_are_told():
    text = " ".join(LONG)
    ((_, was, nu),) = told(
        {"omschrijving": text},
        {"omschrijving": text.replace("woord100", "nieuw")},
    )
    assert was == ""
    assert "nieuw" in nu
    assert "woord100 " not in nu
    assert nu.startswith("… ")
    assert nu.endswith(" …")
    assert len(nu.split()) <= HOOGSTENS + 2


def test_a_part_that_went_away_is_told_without_the_words_of_editors():
    step = {"naam": "Bel Jan Jansen", "toelichting": "Op nummer 12."}
    ((label, was, nu),) = told({"stappen": [step]}, {"stappen": []})
    assert (label, was, nu) == ("Stappen", "", "")


def test_another_order_is_told_once_however_much_moved():
    steps = [{"naam": f"Stap {letter}"} for letter in "abcd"]
    (one,) = verschillen(
        current_stand(),
        AanpakDocument,
        {"stappen": steps},
        {"stappen": steps[::-1]},
    )
    assert one.verplaatst


def test_what_a_page_shows_nowhere_is_not_told():
    assert told({"sorteernaam": "a"}, {"sorteernaam": "b"}) == []
