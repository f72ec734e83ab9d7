"""Filters of the praktijkvoorbeelden, and the map that shows the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from aanpakken.models import Aanpak
from kennisdossier.facets import VoorbeeldFilter
from kennisdossier.models import Praktijkvoorbeeld, Provincie
from kennisdossier.whole import PraktijkvoorbeeldDocument
from tests import factories, html
from tests.facets import oracle
from tests.facets.oracle import reading
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.base import build_base
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

LIST = "/praktijkvoorbeelden/"


def found(query: str) -> list[str]:
    return oracle.slugs(VoorbeeldFilter(QueryDict(query), current_stand()))


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


def vary() -> None:
    """Make what the content has no example of: unseen aanpakken, unseen examples."""
    factories.withdraw(Aanpak.objects.get(slug="wijktheater"))
    factories.withdraw(Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht"))
    concept = factories.make_aanpak(status="concept")
    bare = factories.make_record(
        Praktijkvoorbeeld, naam="Kaal", slug="kaal", samenvatting="Er gebeurt iets."
    )
    unseen = factories.make_record(
        Praktijkvoorbeeld, naam="Kaal ook", slug="kaal-ook", status="ter_beoordeling"
    )
    for example in (bare, unseen):
        for aanpak in (concept, Aanpak.objects.get(slug="abcd")):
            example.koppelingen.create(aanpak=aanpak, basis="redactioneel")
    factories.publish(bare)


def test_every_query_finds_and_counts_what_the_rows_say():
    vary()
    records = oracle.voorbeelden(timezone.localdate())
    stands = oracle.stands()
    for facet in VoorbeeldFilter.facets:
        used = {v for values in records.values() for v in values[facet.key]}
        known = stands[0].index(PraktijkvoorbeeldDocument, FACETTEN).waarden(facet.key)
        assert used <= {*known}, facet
        for value in known:
            for stand in stands:
                query = QueryDict(f"{facet.key}={value}")
                oracle.agrees(VoorbeeldFilter(query, stand), records)

    @reading
    @given(oracle.queries(VoorbeeldFilter), st.sampled_from(stands))
    def check(query, stand):
        oracle.agrees(VoorbeeldFilter(query, stand), records)

    check()


def test_an_aanpak_that_readers_do_not_see_is_no_value_of_the_filter(client):
    concept = factories.make_aanpak(naam="Nergens te vinden", status="concept")
    example = Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht")
    example.koppelingen.create(aanpak=concept, basis="redactioneel")
    factories.publish(example)
    content = client.get(f"{LIST}?aanpak={concept.slug}").content.decode()
    assert "Nergens te vinden" not in content
    assert f"“{concept.slug}” bestaat niet" in content
    factories.publish(concept)
    assert found(f"aanpak={concept.slug}") == ["in-beeld-overvecht"]
    factories.withdraw(concept)
    content = client.get(f"{LIST}?aanpak={concept.slug}").content.decode()
    assert "Nergens te vinden" not in content


def test_a_renamed_aanpak_has_its_new_name_in_the_filter():
    before = found("aanpak=wijktheater")
    aanpak = Aanpak.objects.get(slug="wijktheater")
    aanpak.naam, aanpak.slug = "Buurttheater", "buurttheater"
    aanpak.save()
    factories.publish(aanpak)
    assert before
    assert found("aanpak=buurttheater") == before
    (chip,) = VoorbeeldFilter(QueryDict("aanpak=buurttheater"), current_stand()).chips()
    assert chip.label == "Buurttheater"
    assert not VoorbeeldFilter(QueryDict("aanpak=wijktheater"), current_stand()).chips()


def test_a_change_that_is_not_published_changes_no_answer_and_no_count(client):
    before = client.get(LIST).content
    for example in Praktijkvoorbeeld.objects.all():
        example.naam, example.gemeente, example.wijk = "Anders", None, None
        example.save()
        example.themas.clear()
        example.koppelingen.all().delete()
    assert client.get(LIST).content == before


def test_an_index_of_examples_reads_none_of_the_aanpakken_that_they_name():
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            build_base(timezone.localdate())
        return len(captured)

    before = cost()
    for _ in range(3):
        aanpak = factories.make_aanpak()
        example = factories.make_any(Praktijkvoorbeeld)
        example.koppelingen.create(aanpak=aanpak, basis="redactioneel")
        factories.publish(example)
        assert found(f"aanpak={aanpak.slug}") == [example.slug]
    assert cost() == before


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
    records = oracle.voorbeelden(timezone.localdate())
    places = [records[slug]["provincie"] for slug in found(query)]
    for province in Provincie:
        expected = places.count([province.value])
        assert counts.get(str(province.label), 0) == expected
    unknown = places.count(["onbekend"])
    assert sum(counts.values()) + unknown == html.result_count(root)


def test_a_province_on_the_map_leads_to_its_examples(client):
    for link in page(client).one("svg", class_="map").all("a"):
        leads_to = html.read(client.get(link["href"]).content)
        number = int(link["aria-label"].partition(":")[2].split()[0])
        assert html.result_count(leads_to) == number


def test_every_province_has_its_outline(client):
    map_ = page(client).one("svg", class_="map")
    assert len([*map_.all("path")]) == len(Provincie) == 12
