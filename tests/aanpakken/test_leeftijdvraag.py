"""Who types an age is offered the filter that it is."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.leeftijdvraag import gerichter, lees_leeftijden
from tests import html
from wijkwijzer.wholes.current import current_stand


@pytest.mark.parametrize(
    ("text", "ages", "rest"),
    [
        ("14 jaar", [14], ""),
        ("voetbal 14 jaar", [14], "voetbal"),
        ("iets voor 14 jaar oud in de wijk", [14], "iets voor in de wijk"),
        ("jongeren van 14", [14], "jongeren"),
        ("meisjes vanaf 12 jaar sport", [12], "meisjes sport"),
        ("80-jarigen", [80], ""),
        ("12-jarige", [12], ""),
        ("8-12 jaar", [8, 12], ""),
        ("12 tot 18", [12, 18], ""),
        ("12 en 13 jaar", [12, 13], ""),
        ("van 4 t/m 12", [4, 12], ""),
        ("12 tot en met 18 jaar", [12, 18], ""),
        ("12- tot 18-jarigen", [12, 18], ""),
        ("tussen 4 en 12 jaar spelen", [4, 12], "spelen"),
        ("JONGEREN 16 JAAR", [16], "JONGEREN"),
        # None of an age.
        ("buurt", [], "buurt"),
        ("top 10", [], "top 10"),
        ("jaar 2025", [], "jaar 2025"),
        ("van 2025", [], "van 2025"),
        ("2024-2025", [], "2024-2025"),
        ("stap 1 en 2", [], "stap 1 en 2"),
        ("3-1", [], "3-1"),
        ("1-1", [], "1-1"),
        ("1,5 jaar", [], "1,5 jaar"),
        ("12.000 jaar", [], "12.000 jaar"),
        ("999 jaar", [], ""),
    ],
)
def test_an_age_is_read_in_every_way_that_people_write_one(text, ages, rest):
    assert lees_leeftijden(text) == (ages, rest)


def offered(query: str) -> list[tuple[str, int, str]]:
    stand = current_stand()
    return [(*one,) for one in gerichter(AanpakFilter(QueryDict(query), stand))]


def test_the_list_behind_it_has_as_many_as_it_says(inhoud, client):
    for query in ("q=14+jaar", "q=jongeren+8-12+jaar&laag=gemeente", "q=80-jarigen"):
        lists = offered(query)
        assert lists, query
        for title, number, url in lists:
            page = html.read(client.get(url).content)
            assert page.one(id="aantal").text.startswith(f"{number} "), title


def test_other_words_stay_where_something_has_them_and_filters_always(inhoud):
    found = with_word, without = offered("q=school+14+jaar&thema=problemen")
    assert with_word[0] == "“school”, 14 jaar"
    assert without[0] == "14 jaar"
    assert with_word[1] < without[1]
    asked = [QueryDict(url.partition("?")[2]).dict() for *_, url in found]
    filters = {"thema": "problemen", "leeftijd": "14"}
    assert asked == [filters | {"q": "school"}, filters]
    # Nothing has that word.
    ((title, *_),) = offered("q=qqqzz+14+jaar")
    assert title == "14 jaar"


@pytest.mark.parametrize("query", ["q=14+jaar&leeftijd=12", "q=buurt", ""])
def test_who_chose_an_age_or_typed_none_is_offered_nothing(inhoud, query):
    assert offered(query) == []


@pytest.mark.parametrize("name", ["aanpakken:list", "zoeken:zoeken"])
def test_it_is_offered_in_the_list_and_in_the_search_over_everything(
    inhoud, client, name
):
    page = html.read(client.get(reverse(name), {"q": "14 jaar"}).content)
    (link,) = (a for a in page.all("a") if a.text.strip().startswith("14 jaar: "))
    assert link["href"].endswith("?leeftijd=14")


def test_a_query_of_nothing_but_numbers_takes_no_time():
    assert lees_leeftijden("1-" * 5000)[0] == []
    assert lees_leeftijden("van " * 5000)[0] == []
