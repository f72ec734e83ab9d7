"""What a query string asks: a value that may be empty, a number of any length."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from wijkwijzer.core.adresvraag import lees_getal, lees_waarde

pytestmark = pytest.mark.once


@pytest.mark.parametrize("query", ["", "x=", "x=+", "x=&x=", "y=1"])
def test_an_empty_value_is_as_if_it_is_not_there(query):
    assert lees_waarde(QueryDict(query), "x", "anders") == "anders"


@pytest.mark.parametrize("query", ["x=1", "x=2&x=1", "x=1&x=", "x=1&x=+"])
def test_of_a_key_the_last_value_counts(query):
    assert lees_waarde(QueryDict(query), "x", "anders") == "1"


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_digits_are_a_number(text, number):
    assert lees_getal(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", " 1", "-1", "+1", "1.0", "1e3", "1_0", "¹", "١٤", "9" * 19, "9" * 9999],
)
def test_anything_else_is_no_number(text):
    assert lees_getal(text) is None
