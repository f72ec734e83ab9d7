"""Words that are right, though nothing here is about them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from wijkwijzer.search.spelling import _woorden, is_nederlands

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", ["kerst", "wiet", "halal", "ommen", "crêpepapier"])
def test_opentaal_knows_what_simplemma_does_not(word):
    assert is_nederlands(word)


@pytest.mark.parametrize("word", ["", "kerstt", "vrijwilegers", "kerst\nwiet", "ers"])
def test_what_is_no_word_of_four_letters_or_more_is_not_in_it(word):
    assert not is_nederlands(word)


def test_every_word_of_the_file_is_found_from_the_first_to_the_last():
    words = _woorden().decode().split("\n")[1:-1]
    assert words == sorted(set(words))
    assert all(map(is_nederlands, [*words[:3], *words[::997], *words[-3:]]))


@pytest.mark.parametrize(
    "word",
    [
        *("kerst", "wiet", "halal", "Velp", "Ommen", "kerrie", "bewolking"),
        *("monitoring", "voorbaat", "gepassioneerde", "jeugdwet", "buurtkapper"),
        "maakplaats",
    ],
)
def test_a_word_that_exists_is_not_taken_for_one_that_looks_like_it(client, word):
    found = client.get(reverse("zoeken:zoeken"), {"q": word}).context
    assert found["bedoeld"] is None
    assert not found["aantal"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vrijwilegers", "vrijwilligers"),
        ("kindren", "kinderen"),
        ("oudren", "ouderen"),
        ("teater", "theater"),
        ("eenzaamhied", "eenzaamheid"),
    ],
)
def test_a_typing_error_is_mended_still(client, typed, meant):
    found = client.get(reverse("zoeken:zoeken"), {"q": typed}).context
    assert found["bedoeld"] == meant
    assert found["aantal"]


def test_a_short_word_is_not_taken_for_one_that_only_stands_in_a_text(client):
    found = client.get(reverse("zoeken:zoeken"), {"q": "haaal"}).context
    assert found["bedoeld"] is None
