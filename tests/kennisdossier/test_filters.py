"""Filters of the praktijkvoorbeelden, and the map that shows the same."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kennisdossier.catalogus import kennis
from kennisdossier.filters import VoorbeeldFilter
from kennisdossier.models import Praktijkvoorbeeld, Provincie
from tests import html
from tests.aanpakken.test_filters import reading

pytestmark = pytest.mark.usefixtures("inhoud")

LIST = "/praktijkvoorbeelden/"


def filterset(query: QueryDict) -> VoorbeeldFilter:
    return VoorbeeldFilter(
        query,
        kennis().voorbeelden,
        queryset=Praktijkvoorbeeld.objects.gepubliceerd(),
    )


def page(client, query: str = "") -> html.Element:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return html.read(response.content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "gemeente=utrecht",
            {"krachtstation-kanaleneiland", "in-beeld-overvecht", "culturele-zondagen"},
        ),
        ("gemeente=deventer", {"kunstcircuit-deventer"}),
        ("provincie=pv20&aanpak=slagkracht-in-de-wijk", {"wijkvernieuwing-groningen"}),
        ("gemeente=deventer&provincie=pv20", set()),
    ],
)
def test_filters_give_the_right_examples(client, query, expected):
    assert {*html.result_names(page(client, query), LIST)} == expected


def test_every_count_is_the_number_of_results_it_leads_to(client):
    followed = 0
    for option in html.options(page(client)):
        if not option.count:
            continue
        leads_to = page(client, f"{option.key}={option.value}")
        assert html.result_count(leads_to) == option.count, option
        followed += 1
    assert followed >= 10


def test_index_and_counts_agree_with_the_plain_queryset():
    values = {
        key: [*(waarde.slug for waarde in facet.waarden), "bestaatniet"]
        for key, facet in kennis().voorbeelden.facetten.items()
    }

    @reading
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                key: st.lists(st.sampled_from(slugs), max_size=3)
                for key, slugs in values.items()
            },
        )
    )
    def check(selection):
        query = QueryDict(mutable=True)
        for key, slugs in selection.items():
            query.setlist(key, slugs)
        filters = filterset(query)
        assert {*filters.treffers()} == {*filters.qs.values_list("pk", flat=True)}
        for facet in filters.facetten():
            for option in facet.opties:
                alone = query.copy()
                alone.setlist(facet.sleutel, [option.waarde])
                assert option.aantal == filterset(alone).qs.count(), option

    check()


# The map


def map_counts(root: html.Element) -> dict[str, int]:
    """What the map says per province, from the names of its links."""
    counts = {}
    for link in root.one("svg", class_="map").all("a"):
        name, _, number = link["aria-label"].partition(":")
        counts[name] = int(number.split()[0])
    return counts


@pytest.mark.parametrize("query", ["", "aanpak=wijktheater", "thema=verbinding"])
def test_the_map_and_the_list_show_the_same_examples(client, query):
    root = page(client, query)
    counts = map_counts(root)
    listed = filterset(QueryDict(query)).qs
    for province in Provincie:
        expected = listed.filter(gemeente__provincie=province).distinct().count()
        assert counts.get(str(province.label), 0) == expected
    unknown = listed.filter(gemeente=None).distinct().count()
    assert sum(counts.values()) + unknown == html.result_count(root)


def test_a_province_on_the_map_leads_to_its_examples(client):
    for link in page(client).one("svg", class_="map").all("a"):
        leads_to = html.read(client.get(link["href"]).content)
        number = int(link["aria-label"].partition(":")[2].split()[0])
        assert html.result_count(leads_to) == number


def test_every_province_has_its_outline(client):
    map_ = page(client).one("svg", class_="map")
    assert len([*map_.all("path")]) == len(Provincie) == 12
