import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.search.analyse import Analyse
from wijkwijzer.search.vraag import MAX_WOORDEN, lees_vraag

ANALYSE = Analyse(["wijk", "theater"], [["samen eten", "maaltijd"]])


def ask(text):
    return lees_vraag(text, ANALYSE)


def words(query):
    return [" ".join(w.exact for w in term.woorden) for term in query.termen]


def test_question_words_are_left_out():
    question = ask("Wat kan ik doen tegen eenzaamheid onder ouderen?")
    assert words(question) == ["eenzaamheid", "ouderen"]


def test_a_query_of_only_stop_words_is_searched_as_it_is():
    assert words(ask("de het een")) == ["de", "het", "een"]


def test_quotes_make_a_phrase_with_its_stop_words():
    query = ask('theater "in de wijk"')
    assert words(query) == ["theater"]
    assert [[w.exact for w in phrase] for phrase in query.frases] == [
        ["in", "de", "wijk"]
    ]


def test_typographic_and_unclosed_quotes_work_too():
    assert ask("“in de wijk").frases == ask('"in de wijk"').frases


def test_a_minus_before_a_word_excludes_it():
    query = ask("jongeren -voetbal")
    assert words(query) == ["jongeren"]
    assert [[w.exact for w in weg] for weg in query.uitgesloten] == [["voetbal"]]


def test_a_minus_inside_a_word_excludes_nothing():
    assert ask("Kracht-conferentie").uitgesloten == ()


def test_words_with_a_synonym_together_are_one_term():
    query = ask("samen eten in de wijk")
    assert words(query) == ["samen eten", "wijk"]
    assert query.termen[0].synoniemen == (("maaltijd",),)


@pytest.mark.parametrize("text", ["zzpuber", "zzpubers", "zz boys", "zz boy"])
def test_a_word_without_a_known_lemma_has_its_synonyms_in_singular_and_plural(text):
    words = [["zzpubers", "maaltijd"], ["zz boy", "maaltijd"], ["zzpubers", "zz boy"]]
    assert ("maaltijd",) in lees_vraag(text, Analyse([], words)).termen[0].synoniemen


def test_a_synonym_of_one_word_is_one_also_when_it_is_typed_apart():
    analyse = Analyse([], [["zz2zz", "maaltijd"]])
    assert ("maaltijd",) in lees_vraag("zz 2 zz", analyse).termen[0].synoniemen


@pytest.mark.parametrize(
    ("text", "half"), [("jongerenw", True), ("jo", False), ("jongerenw ", True)]
)
def test_only_a_last_word_of_three_letters_may_be_half_typed(text, half):
    assert ask(text).termen[-1].voorvoegsel is half


def test_a_word_before_the_last_is_complete():
    first, last = ask("theater wijk").termen
    assert (first.voorvoegsel, last.voorvoegsel) == (False, True)


def test_a_complete_text_has_no_half_typed_word():
    assert not lees_vraag("theater", ANALYSE, af=True).termen[0].voorvoegsel


def test_after_a_closing_question_mark_no_word_is_half_typed():
    assert not ask("theater?").termen[0].voorvoegsel


@pytest.mark.parametrize("text", ["", " ", "-", '"', '""', "...", "--", "- -", "\x00"])
def test_nothing_to_search_for_is_no_query(text):
    assert not ask(text)


def test_a_pasted_text_is_cut():
    assert len(ask("theater " * 500).termen) <= MAX_WOORDEN


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    lees_vraag(text, ANALYSE)
