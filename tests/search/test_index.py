import pytest

from wijkwijzer.search.analyse import Analyse
from wijkwijzer.search.index import Zoekindex
from wijkwijzer.search.tekst import Zoekdocument
from wijkwijzer.search.vraag import lees_vraag

ANALYSE = Analyse(
    ["wijk", "buurt", "bemiddeling", "theater", "ouder", "werk"],
    [["burenruzie", "buurtbemiddeling"], ["samen eten", "maaltijd"]],
)


def index_of(*documents):
    return Zoekindex.van(documents, ANALYSE)


def search(index, text, **kwargs):
    return list(index.zoek(lees_vraag(text, ANALYSE), **kwargs).volgorde())


def titles(*texts):
    return index_of(*(Zoekdocument(text) for text in texts))


def test_a_title_weighs_more_than_a_summary_tags_and_text():
    index = index_of(
        Zoekdocument("a", tekst="muziek"),
        Zoekdocument("b", trefwoorden="muziek"),
        Zoekdocument("c", samenvatting="muziek"),
        Zoekdocument("muziek"),
    )
    assert search(index, "muziek") == [3, 2, 1, 0]


def test_a_literal_match_beats_a_lemma_a_part_and_a_synonym():
    index = titles(
        "buurtbemiddeling", "wijkbemiddeling", "bemiddelingen", "bemiddeling"
    )
    assert search(index, "bemiddeling") == [3, 2, 0, 1]
    assert search(titles("buurtbemiddeling", "burenruzies"), "burenruzie") == [1, 0]


def test_equal_scores_keep_the_order_of_the_index():
    assert search(titles("muziek", "muziek", "muziek"), "muziek") == [0, 1, 2]


def test_all_words_must_be_there():
    index = titles("muziek", "muziek theater", "theater")
    result = index.zoek(lees_vraag("muziek theater", ANALYSE))
    assert list(result.volgorde()) == [1]
    assert not result.gedeeltelijk


def test_without_a_complete_match_those_with_some_words_are_found_and_it_says_so():
    index = titles("muziek", "theater")
    result = index.zoek(lees_vraag("muziek theater dans", ANALYSE))
    assert set(result.volgorde()) == {0, 1}
    assert result.gedeeltelijk


def test_the_last_word_may_be_half_typed():
    assert search(titles("jongerenwerk", "muziek"), "jonger") == [0]


def test_a_compound_is_found_where_it_is_written_as_two_words():
    assert search(titles("wijk theater", "theater wijk"), "wijktheater") == [0]


def test_a_real_word_is_no_typing_error_though_no_record_has_it():
    assert titles("groep").verbeterd(lees_vraag("groen", ANALYSE)) is None


def test_the_word_that_was_meant_keeps_its_accents():
    assert titles("geïsoleerd").verbeterd(lees_vraag("geisoleert", ANALYSE)) == (
        "geïsoleerd"
    )


def test_a_phrase_must_be_there_word_for_word():
    index = titles("theater in de wijk", "wijk in de theater", "theater wijk")
    assert search(index, '"theater in de wijk"') == [0]
    assert search(index, '"wijken"') == []


def test_an_excluded_word_is_excluded_in_every_form():
    index = titles("muziek theater", "muziek wijktheater", "muziek theaters", "muziek")
    assert search(index, "muziek -theater") == [3]


def test_an_excluded_phrase_excludes_only_the_phrase():
    index = titles("muziek in de wijk", "muziek wijk")
    assert search(index, 'muziek -"in de wijk"') == [1]


def test_only_an_excluded_word_gives_everything_else():
    assert search(titles("muziek", "theater"), "-theater") == [0]


def test_a_synonym_of_two_words_needs_both():
    index = titles("samen eten", "samen", "eten")
    assert search(index, "maaltijd") == [0]


def test_a_phrase_with_a_synonym_finds_either():
    index = titles("maaltijd", "samen koken en eten", "eten")
    assert search(index, "samen eten") == [1, 0]


def test_a_search_stays_within_the_given_records():
    assert search(titles("muziek", "muziek"), "muziek", basis=0b10) == [1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("buurtbemideling", "buurtbemiddeling"),
        ("theaetr", "theater"),
        ("muzeik theater", "muziek theater"),
        ("Muzeik", "muziek"),
    ],
)
def test_a_typing_error_gives_the_word_that_was_meant(typed, meant):
    index = titles("buurtbemiddeling", "theater", "muziek")
    assert index.verbeterd(lees_vraag(typed, ANALYSE)) == meant


@pytest.mark.parametrize("typed", ["muziek", "muz", "qqqqqqq", "mxzxxk"])
def test_a_word_that_is_right_or_far_from_any_other_is_left_alone(typed):
    assert titles("muziek").verbeterd(lees_vraag(typed, ANALYSE)) is None


def test_of_two_near_words_the_more_common_one_is_meant():
    index = titles("wijkgids", "wijkgids", "wijkgidz")
    assert index.verbeterd(lees_vraag("wijkgidx", ANALYSE)) == "wijkgids"


def test_a_misspelt_synonym_is_mended_though_no_record_has_it():
    index = titles("buurtbemiddeling")
    assert index.verbeterd(lees_vraag("burenruzei", ANALYSE)) == "burenruzie"
