"""Terms of the glossary in texts: marked once, where they help, and never in markup."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from kennisdossier.markering import Begrippenlijst
from kennisdossier.whole import BegripDocument
from tests.html import without_tips


def begrip(slug: str, **fields: Any) -> BegripDocument:
    fields = {"naam": slug.replace("_", " "), "definitie": "Zo."} | fields
    return BegripDocument(uuid=uuid4(), slug=slug, **fields)


def lijst(**varianten: str) -> Begrippenlijst:
    return Begrippenlijst(
        begrip(slug, varianten=[vorm] if vorm else [])
        for slug, vorm in varianten.items()
    )


def mark(html: str, **varianten: str) -> str:
    return str(lijst(**varianten).markering()(html))


def test_a_term_becomes_a_link_with_a_button_that_tells_its_meaning():
    marked = mark("<p>Veel bonding hier.</p>", bonding="")
    assert '<a href="/begrippen/bonding/">bonding</a><button' in marked
    assert 'popovertarget="begrip-bonding"' in marked
    assert (
        'id="begrip-bonding"><strong>bonding</strong>: Zo.</span> hier.</p>' in marked
    )


def test_only_the_first_occurrence_on_a_page_is_marked():
    markering = lijst(bonding="").markering()
    first, second = markering("<p>bonding bonding</p>"), markering("<p>bonding</p>")
    assert first.count("<a ") == 1
    assert second == "<p>bonding</p>"


def test_the_text_keeps_its_capitals_and_variants_lead_to_the_term():
    marked = mark(
        "<p>Gemeenschapsvorming</p>", samenlevingsopbouw="gemeenschapsvorming"
    )
    assert '<a href="/begrippen/samenlevingsopbouw/">Gemeenschapsvorming</a>' in marked


def test_the_longest_term_wins():
    marked = mark("<p>een third place hier</p>", place="", third_place="")
    assert ">third place</a>" in marked
    assert ">place</a>" not in marked


def test_a_part_of_a_word_is_no_term():
    for text in ("bondingen", "her-bonding", "xbonding"):
        assert mark(f"<p>{text}</p>", bonding="") == f"<p>{text}</p>"


def test_an_abbreviation_is_only_itself_in_capitals():
    assert "<a " in mark("<p>PBS werkt</p>", afk="PBS")
    assert "<a " not in mark("<p>pbs werkt</p>", afk="PBS")


def test_links_headings_and_attributes_are_left_alone():
    for html in (
        '<p><a href="/bonding/">bonding</a></p>',
        "<h3>bonding</h3>",
        '<p><img alt="bonding"></p>',
        "<table><tr><th>bonding</th></tr></table>",
    ):
        assert mark(html, bonding="") == html


def test_a_term_inside_emphasis_is_marked_and_the_markup_stays():
    assert mark("<p><em>bonding</em></p>", bonding="").startswith('<p><em><a href="')


def test_the_own_page_of_a_term_does_not_link_to_itself():
    markering = lijst(bonding="").markering(behalve="bonding")
    assert markering("<p>bonding</p>") == "<p>bonding</p>"


def test_a_term_that_everyone_knows_is_not_marked():
    known = begrip("wijk", markeren=False)
    assert Begrippenlijst([known]).markering()("<p>wijk</p>") == "<p>wijk</p>"


def test_what_a_definition_says_is_never_markup():
    evil = begrip("x", naam='x"<b>', varianten=["woord"], definitie="<script>")
    marked = Begrippenlijst([evil]).markering()("<p>woord</p>")
    assert "<script>" not in marked
    assert "<b>" not in marked
    assert "&lt;script&gt;" in marked


def test_no_terms_at_all_leaves_a_text_as_it_is():
    assert Begrippenlijst([]).markering()("<p>tekst</p>") == "<p>tekst</p>"


LINK = re.compile(r'<a href="/begrippen/\w+/">(.*?)</a>')


@given(st.text(alphabet="ab <>/&;x\n", max_size=40))
def test_taking_the_marks_out_gives_the_text_back(text):
    html = f"<p>{escape(text)}</p>"
    marked = mark(html, ab="b", xa="x a")
    assert LINK.sub(r"\1", without_tips(marked)) == html
