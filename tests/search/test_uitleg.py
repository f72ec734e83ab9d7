"""What a hit says of itself: its words as they are written, and why it was found."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.search.analyse import Analyse
from wijkwijzer.search.tekst import Zoekdocument
from wijkwijzer.search.uitleg import Trefmarkering, Uitleg
from wijkwijzer.search.vraag import lees_vraag

ANALYSIS = Analyse(
    ["wijk", "café"], [["eenzaam", "geïsoleerd"], ["tête-à-tête", "gesprek"]]
)


def explain(query: str, text: str) -> Uitleg:
    return explain_document(query, Zoekdocument("Een titel", samenvatting=text))


def explain_document(query: str, document: Zoekdocument) -> Uitleg:
    return Trefmarkering(lees_vraag(query, ANALYSIS), ANALYSIS).leg_uit(document)


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        (
            "eenzaam",
            "Wie zich geïsoleerd voelt.",
            "“geïsoleerd” gaat over hetzelfde als “eenzaam”.",
        ),
        (
            "geïsoleerd",
            "Wie zich eenzaam voelt.",
            "“eenzaam” gaat over hetzelfde als “geïsoleerd”.",
        ),
        (
            "gesprek",
            "Een tête-à-tête aan tafel.",
            "“tête à tête” gaat over hetzelfde als “gesprek”.",
        ),
        ("café", "Het wijkcafé is open.", "“café” zit in het woord “wijkcafé”."),
        (
            "restovanharte",
            "Eten bij Resto VanHarte.",
            "“restovanharte” staat hier als “resto vanharte”.",
        ),
        (
            "van harte",
            "Eten bij Resto VanHarte.",
            "“van harte” staat hier als “vanharte”.",
        ),
    ],
)
def test_a_reason_has_the_words_as_they_are_written(query, text, reason):
    assert explain(query, text).redenen == [reason]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("restovanharte", "Bij <mark>Resto</mark> <mark>VanHarte</mark> (R.V.H.)"),
        ("van harte", "Bij Resto <mark>VanHarte</mark> (R.V.H.)"),
        ("rvh", "Bij Resto VanHarte (<mark>R.V.H.</mark>)"),
    ],
)
def test_a_word_is_marked_however_it_is_written(query, marked):
    assert explain(query, "Bij Resto VanHarte (R.V.H.)").samenvatting == marked


@pytest.mark.parametrize("query", ["wijkcafé", "wijkcafe", "wijkca", "Wijkcafés"])
def test_a_word_that_is_literally_there_needs_no_reason(query):
    found = explain(query, "Het wijkcafé is open.")
    assert found.redenen == []
    assert "<mark>wijkcafé</mark>" in found.samenvatting


def test_where_the_summary_has_no_word_of_the_query_another_text_is_quoted():
    words = "woord " * 60
    text = f"{words}eenzaam {words}"
    found = explain_document("eenzaam", Zoekdocument("Een titel", tekst=text))
    assert "<mark>" not in found.samenvatting
    assert found.fragment.startswith("… ")
    assert found.fragment.endswith(" …")
    assert "woord <mark>eenzaam</mark> woord" in found.fragment
    assert len(found.fragment) < 220
    both = Zoekdocument("Een titel", samenvatting="eenzaam", tekst=text)
    assert explain_document("eenzaam", both).fragment is None


def test_other_names_and_keywords_are_quoted_when_no_text_has_the_word():
    for field in ("trefwoorden", "ook"):
        document = Zoekdocument("Een titel", **{field: "Wie eenzaam is"})
        fragment = explain_document("eenzaam", document).fragment
        assert fragment == "Wie <mark>eenzaam</mark> is"


# What editors type is text, also around and between the words that were found.

PIECES = st.sampled_from(
    [
        *("eenzaam", "wijkcafé", "x", " ", " ", "\t"),
        *("<script>", "</mark>", "<mark>", '"', "'", "&", "&lt;", "<!--", "\u00ad"),
    ]
)
MARK = re.compile("</?mark>")


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_shown_of_a_text_is_that_text_and_never_its_markup(text):
    document = Zoekdocument(text, samenvatting=text)
    found = explain_document("eenzaam café", document)
    for shown in (found.titel, found.samenvatting):
        plain = MARK.sub("", shown)
        assert unescape(plain) == text
        assert not {*plain} & {"<", ">", '"', "'"}
        # Only words are marked, each by itself.
        assert MARK.findall(shown) == ["<mark>", "</mark>"] * (shown.count("<mark>"))
        # A soft hyphen stands inside a word.
        words = re.findall(r"[^\W_]+(?:\u00ad+[^\W_]+)*", text)
        assert {*re.findall("<mark>(.*?)</mark>", shown)} <= {
            word for word in words if "eenzaam" in word or "café" in word
        }


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["tekst", "ook"]))
def test_what_is_quoted_of_a_text_is_that_text_and_never_its_markup(text, field):
    document = Zoekdocument("Een titel", **{field: f"{text} eenzaam {text}"})
    fragment = explain_document("eenzaam", document).fragment
    plain = MARK.sub("", fragment)
    assert "<mark>eenzaam</mark>" in fragment
    assert not {*plain} & {"<", ">", '"', "'"}
    assert unescape(plain).strip("… ") in document.woorden_van(
        "samenvatting" if field == "ook" else field
    )
