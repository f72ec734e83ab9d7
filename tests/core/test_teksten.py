"""Text rules that do not depend on a database."""

from __future__ import annotations

import pytest

from wijkwijzer.core import teksten


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Één", "een"),
        ("ABCD-methode", "abcd-methode"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
    ],
)
def test_accents_and_capitals_do_not_count(text, plain):
    assert teksten.zonder_accenten(text) == plain


def test_names_sort_as_readers_expect():
    names = ["zaal", "Één buurt", "ABCD", "eetclub", "Buurt"]
    assert sorted(names, key=teksten.sorteersleutel) == [
        *("ABCD", "Buurt", "Één buurt", "eetclub", "zaal")
    ]


def test_a_field_with_one_item_per_line_skips_empty_lines():
    assert teksten.regels(" een \r\n\r\n twee\n  \n") == ["een", "twee"]
    assert teksten.regels("") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a en b"),
        (["a", "b", "c"], "a, b en c"),
        (["a en b", "c"], "a en b en c"),
        (["a", "b", "c en d"], "a, b, c en d"),
    ],
)
def test_words_are_told_in_a_row_with_what_stands_before_each(words, told):
    assert "".join(f"{before}{word}" for before, word in teksten.opgesomd(words)) == (
        told
    )
