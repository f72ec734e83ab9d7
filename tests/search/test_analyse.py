import pytest

from wijkwijzer.search.analyse import Analyse, analyse_van
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
