import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.search.analyse import WOORD, Analyse, analyse_van, tokens
from wijkwijzer.search.models import Synoniemgroep, Woorddeel
from wijkwijzer.wholes.current import current_stand

PARTS = ["wijk", "buurt", "bemiddeling", "theater", "moeder", "centrum", "jongere"]


@pytest.fixture(scope="module")
def analyse():
    return Analyse([*PARTS, "werker"], [["samen eten", "maaltijd"], ["kids", "kind"]])


def only(analyse, text):
    (word,) = analyse.woorden(text)
    return word


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("kinderen", "kind"),
        ("gezinnen", "gezin"),
        ("jongeren", "jongere"),
        ("ouderen", "ouderen"),
        ("Wijken", "wijk"),
        ("moedercentra", "moedercentrum"),
    ],
)
def test_a_form_has_the_lemma_that_readers_mean(analyse, form, lemma):
    assert only(analyse, form).lemma == lemma


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Buurtbemiddeling", ("buurt", "bemiddeling")),
        ("wijktheater", ("wijk", "theater")),
        ("jongerenwerkers", ("jongere", "werker")),
        ("moedercentra", ("moeder", "centrum")),
    ],
)
def test_a_compound_has_the_lemmas_of_its_parts(analyse, compound, parts):
    assert only(analyse, compound).delen == parts


@pytest.mark.parametrize("word", ["werkelijk", "verband", "eenzaam", "wijk", "bewoner"])
def test_a_word_that_is_no_compound_has_no_parts(analyse, word):
    assert only(analyse, word).delen == ()


def test_accents_and_capitals_make_no_difference(analyse):
    assert only(analyse, "FINANCIËLE") == only(analyse, "financiële")
    assert only(analyse, "één").exact == "een"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("T.O.S.", "tos"),
        ("t.o.s", "tos"),
        ("buurt\u00adtheater", "buurttheater"),
        ("cafe\u0301", "cafe"),
        ("\u0130stanbul", "istanbul"),
        ("I\u015e\u0131K", "isik"),
        ("thema's", "themas"),
        ("thema\u2019s", "themas"),
        ("&", "en"),
        ("organizing", "organising"),
        ("communityOrganizing", "communityorganising"),
        ("organized", "organised"),
        ("verhuizing", "verhuizing"),
        ("prijzen", "prijzen"),
        ("horizon", "horizon"),
    ],
)
def test_one_word_has_one_form_however_it_is_typed(analyse, written, word):
    assert only(analyse, written).exact == word


@pytest.mark.parametrize("plural", ["thema's", "thema\u2019s", "themas", "foto`s"])
def test_a_plural_is_one_with_and_without_its_apostrophe(analyse, plural):
    assert only(analyse, plural).lemma in {"thema", "foto"}
    assert "'" in only(analyse, plural).vorm


def test_an_initial_and_the_end_of_a_sentence_are_no_acronym():
    assert tokens("H. de Vries. A. woont in b.") == [
        *("h", "de", "vries", "a", "woont", "in", "b"),
    ]


PIECES = st.sampled_from(
    [
        *("wijk", "s", "t.", "o.", "'s", "\u2019", "&", " ", ".", "-", "_", "1"),
        *("\u00ad", "\u0301", "\u00e9", "\u200b", "E", "x.y"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_has_the_words_that_are_marked_in_it(text):
    marked = [tokens(match.group()) for match in WOORD.finditer(text)]
    assert [word for (word,) in marked] == tokens(text)


def test_a_word_of_a_thousand_letters_is_cut(analyse):
    assert len(only(analyse, "wijk" * 250).exact) == 60


def test_synonyms_work_both_ways_and_may_be_phrases(analyse):
    assert analyse.synoniemen["samen", "eten"] == [("maaltijd",)]
    assert analyse.synoniemen[("maaltijd",)] == [("samen", "eten")]


def test_a_term_is_no_synonym_of_itself(analyse):
    assert ("kind",) not in analyse.synoniemen[("kind",)]


def test_the_editors_lists_are_used_at_once(db):
    Woorddeel.objects.create(woord="knikker")
    Synoniemgroep.objects.create(naam="test", termen="zzknikkeren\nzzbikkelen")
    analyse = analyse_van(current_stand())
    assert only(analyse, "buurtknikkers").delen == ("buurt", "knikker")
    assert analyse.synoniemen[("zzknikkeren",)] == [("zzbikkelen",)]


def test_the_same_lists_give_the_same_analysis(db):
    before = current_stand()
    Synoniemgroep.objects.create(naam="test", termen="a\nb")
    Synoniemgroep.objects.filter(naam="test").delete()
    assert current_stand() is not before
    assert analyse_van(current_stand()) is analyse_van(before)
