"""What a hit says of itself: its words as they are written, and why it was found."""

from __future__ import annotations

import pytest

from wijkwijzer.search.analyse import Analyse
from wijkwijzer.search.index import Zoekdocument
from wijkwijzer.search.uitleg import Markering, Uitleg
from wijkwijzer.search.vraag import lees_vraag

ANALYSIS = Analyse(
    ["wijk", "café"], [["eenzaam", "geïsoleerd"], ["tête-à-tête", "gesprek"]]
)


def explain(query: str, text: str) -> Uitleg:
    mark = Markering(lees_vraag(query, ANALYSIS), ANALYSIS)
    return mark.leg_uit(Zoekdocument(titel="Een titel", samenvatting=text))


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        (
            "eenzaam",
            "Wie zich geïsoleerd voelt.",
            "“geïsoleerd” betekent bijna hetzelfde als “eenzaam”.",
        ),
        (
            "geïsoleerd",
            "Wie zich eenzaam voelt.",
            "“eenzaam” betekent bijna hetzelfde als “geïsoleerd”.",
        ),
        (
            "gesprek",
            "Een tête-à-tête aan tafel.",
            "“tête à tête” betekent bijna hetzelfde als “gesprek”.",
        ),
        ("café", "Het wijkcafé is open.", "“café” zit in het woord “wijkcafé”."),
    ],
)
def test_a_reason_has_the_words_as_they_are_written(query, text, reason):
    assert explain(query, text).redenen == [reason]


@pytest.mark.parametrize("query", ["wijkcafé", "wijkcafe", "wijkca", "Wijkcafés"])
def test_a_word_that_is_literally_there_needs_no_reason(query):
    found = explain(query, "Het wijkcafé is open.")
    assert found.redenen == []
    assert "<mark>wijkcafé</mark>" in found.samenvatting
