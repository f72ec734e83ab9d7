from time import thread_time

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


@pytest.mark.parametrize(
    "asked", ["restovanharte", "resto vanharte", "Resto van Harte", "resto-vanharte"]
)
def test_a_name_is_found_written_together_and_apart(asked):
    assert search(titles("theater", "Resto VanHarte"), asked) == [1]


def test_another_name_and_one_in_brackets_are_names_too():
    index = index_of(
        Zoekdocument("Thuis op Straat (TOS)"), Zoekdocument("Iets", ook="Bij Ons")
    )
    assert search(index, "thuisopstraat") == [0]
    assert search(index, "bijons") == [1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("denhaag", [0, 3, 2]),
        ("incentrumden", [1]),
        ("haagcentrum", []),
        ("denhaa", [0, 3]),
        ("denhaa.", []),
        ("enhaag", []),
        ("communityorganizing", [4]),
        ("3tuinen", [5]),
        ("2024", []),
    ],
)
def test_words_next_to_each_other_are_found_written_as_one(asked, found):
    index = index_of(
        Zoekdocument("Samen in Den Haag", samenvatting="centrum"),
        Zoekdocument("In centrum, den beginne. Haag"),
        Zoekdocument("a", tekst="den haag"),
        Zoekdocument("b", trefwoorden="den haag"),
        Zoekdocument("Community Organising"),
        Zoekdocument("3 tuinen 20 24"),
    )
    assert search(index, asked) == found


def test_a_name_written_apart_is_found_though_other_texts_write_it_as_one():
    index = index_of(
        Zoekdocument("Buurt kracht"),
        Zoekdocument("buurtkracht"),
        Zoekdocument("b", tekst="een buurt kracht geven"),
    )
    assert search(index, "buurtkracht") == [1, 0]


def test_a_row_of_letters_that_can_be_read_in_many_ways_is_soon_read():
    index = titles(" ".join("a" * length for length in range(1, 61)))
    start = thread_time()
    assert search(index, "a" * 60) == [0]
    assert search(index, "a" * 59 + "b") == []
    assert thread_time() - start < 1


def test_a_synonym_of_two_words_is_one_that_is_written_together_too():
    assert search(titles("wijk", "maaltijd", "samen eten"), "sameneten") == [2, 1]


def test_a_name_of_several_words_is_asked_as_a_whole():
    index = titles("straat bij een thuis", "over thuis op straat", "Thuis op Straat")
    assert search(index, "thuis op straat") == [2, 1]
    assert search(index, "straat thuis") == [0, 1, 2]


def test_a_word_is_found_that_the_query_writes_apart():
    assert search(titles("vanharte"), "van harte") == [0]


def test_a_stop_word_makes_no_other_word_of_the_next_one():
    assert search(titles("een opgave", "gave"), "op gave") == [1]


def test_a_function_word_of_a_name_finds_nothing_by_itself():
    index = titles("den haag", "in den beginne", "wijk")
    result = index.zoek(lees_vraag("den haag", ANALYSE))
    assert list(result.volgorde()) == [0]


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


@pytest.mark.parametrize(
    ("typed", "near"), [("elderly", "elders"), ("koffirs", "koffie")]
)
def test_two_wrong_letters_in_a_short_word_are_another_word(typed, near):
    assert titles(near).verbeterd(lees_vraag(typed, ANALYSE)) is None


def test_two_wrong_letters_are_another_word_when_one_is_the_first():
    index = titles("wijkgidsen")
    assert index.verbeterd(lees_vraag("zijkgidzen", ANALYSE)) is None
    assert index.verbeterd(lees_vraag("wijkgibzen", ANALYSE)) == "wijkgidsen"


def test_a_compound_of_known_words_is_no_typing_error():
    assert titles("buurtwerk").verbeterd(lees_vraag("buurtwijk", ANALYSE)) is None


def test_of_two_near_words_the_more_common_one_is_meant():
    index = titles("wijkgids", "wijkgids", "wijkgidz")
    assert index.verbeterd(lees_vraag("wijkgidx", ANALYSE)) == "wijkgids"


def test_a_misspelt_synonym_is_mended_though_no_record_has_it():
    index = titles("buurtbemiddeling")
    assert index.verbeterd(lees_vraag("burenruzei", ANALYSE)) == "burenruzie"


@pytest.mark.parametrize("text", ["zzdenhaag", '"zzdenhaag"', "zzdenh", "zzdenhaag"])
def test_a_name_written_as_one_word_is_found_in_quotes_and_half_typed(text):
    assert search(titles("zzden haag", "haag", "zzden"), text) == [0]


def test_a_name_written_as_one_word_can_be_left_out():
    assert search(titles("zzden haag muziek", "muziek"), "muziek -zzdenhaag") == [1]


def test_a_half_typed_name_is_only_looked_for_where_names_stand():
    index = index_of(Zoekdocument("a", tekst="zzden haag"))
    assert search(index, "zzdenh") == []
    assert search(index, "zzdenhaag") == [0]


@pytest.mark.parametrize("text", ["zzmoederzzvader", "zzmoederenzzvader"])
def test_a_name_as_one_word_may_lack_its_little_words(text):
    assert search(titles("zzmoeder en zzvader", "zzmoeder zzoma"), text) == [0]


def test_words_apart_are_no_name_without_its_little_words():
    index = titles("zzmoeder en zzvader", "zzvader, ook zzmoeder")
    assert set(search(index, "zzmoeder zzvader")) == {0, 1}
