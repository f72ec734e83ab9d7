"""Filters of the register: recognition, level and databank."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from aanpakken.facets import AanpakFilter
from aanpakken.whole import AanpakDocument
from interventies.facets import InterventieFilter
from interventies.models import Erkenningsstatus, Niveau
from interventies.whole import InterventieDocument
from tests import factories, html
from tests.facets import oracle
from tests.facets.oracle import reading
from wijkwijzer.core.templatetags.wijkwijzer import aanpakkaart
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory.number import read_changes
from wijkwijzer.wholes.base import build_base
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.layers import lay_over
from wijkwijzer.wholes.stand import Stand

pytestmark = pytest.mark.usefixtures("inhoud")


def found(query: str, stand: Stand | None = None) -> list[str]:
    filterset = InterventieFilter(QueryDict(query), stand or current_stand())
    return oracle.slugs(filterset)


def stand_of(day: date) -> Stand:
    stand = lay_over(build_base(day), read_changes(), None)
    assert stand
    return stand


def page(client, query: str) -> html.Element:
    response = client.get(f"/interventies/?{query}")
    assert response.status_code == 200
    return html.read(response.content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("niveau=effectief", ["thuis-op-straat"]),
        ("niveau=goed-beschreven", ["buurtcirkel", "resto-vanharte"]),
        ("databank=rivm-cgl", ["futsal-chabbab"]),
        ("databank=rivm-cgl&niveau=effectief", []),
        ("erkenning=geldig", []),
    ],
)
def test_filters_give_the_right_entries(client, query, expected):
    assert html.result_names(page(client, query), "/interventies/") == expected


@pytest.mark.parametrize(
    "query", ["", "niveau=goed-onderbouwd", "databank=movisie&erkenning=onbekend"]
)
def test_every_count_is_the_number_of_results_it_leads_to(client, query):
    followed = 0
    for option in html.options(page(client, query)):
        if not option.count:
            assert option.disabled or option.checked
            continue
        data = QueryDict(query, mutable=True)
        data.setlist(option.key, [option.value])
        leads_to = page(client, data.urlencode())
        assert html.result_count(leads_to) == option.count, option
        assert len(html.result_names(leads_to, "/interventies/")) == option.count
        followed += 1
    assert followed >= 5


@pytest.mark.long
def test_every_query_finds_and_counts_what_the_rows_say():
    oracle.vary()
    records = oracle.interventies(timezone.localdate())
    stands = oracle.stands()
    for facet in InterventieFilter.facets:
        for value in stands[0].index(InterventieDocument, FACETTEN).waarden(facet.key):
            for stand in stands:
                query = QueryDict(f"{facet.key}={value}")
                oracle.agrees(InterventieFilter(query, stand), records)

    @reading
    @given(oracle.queries(InterventieFilter), st.sampled_from(stands))
    def check(query, stand):
        oracle.agrees(InterventieFilter(query, stand), records)

    check()


def test_the_content_that_is_varied_has_every_status_and_level():
    oracle.vary()
    records = oracle.interventies(timezone.localdate()).values()
    statuses = {status for values in records for status in values["erkenning"]}
    assert statuses == {*Erkenningsstatus.values}
    levels = {level for values in records for level in values["niveau"]}
    main = {*Niveau.objects.filter(hoofdniveau=None).values_list("slug", flat=True)}
    assert levels == {*main, "onbekend"}


def test_the_highest_level_counts_and_a_step_counts_as_its_level():
    interventie = factories.make_interventie()
    levels = {niveau.slug: niveau for niveau in Niveau.objects.all()}
    factories.make_erkenning(interventie, niveau=levels["goed-beschreven"])
    factories.make_erkenning(interventie, niveau=None)
    factories.make_erkenning(interventie, niveau=levels["effectief-goede-aanwijzingen"])
    assert interventie.slug in found("niveau=effectief")
    assert interventie.slug not in found("niveau=goed-beschreven")
    assert interventie.slug not in found("niveau=onbekend")


@pytest.mark.parametrize("end", ["2031-03-31", "2031-03", "2031"])
def test_a_recognition_holds_through_the_last_day_of_what_a_source_says(end):
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie, geldig_tot=end)
    last = date(2031, 12 if end == "2031" else 3, 31)
    for day, status in (
        (last, Erkenningsstatus.GELDIG),
        (last + timedelta(days=1), Erkenningsstatus.VERLOPEN),
    ):
        stand = stand_of(day)
        for other in Erkenningsstatus:
            hits = found(f"erkenning={other}", stand)
            assert (interventie.slug in hits) is (other == status), (day, other)


def test_a_level_probably_lapses_on_the_day_after_the_usual_term():
    """The day decides: nobody publishes anything in between."""
    interventie = factories.make_interventie()
    niveau = Niveau.objects.get(slug="goed-onderbouwd")
    factories.make_erkenning(interventie, niveau=niveau, datum="2026-03-31")
    aanpak = factories.make_aanpak(interventie=interventie)
    last = date(2031, 3, 31)
    for day, status in (
        (last, Erkenningsstatus.ONBEKEND),
        (last + timedelta(days=1), Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN),
    ):
        stand = stand_of(day)
        assert interventie.slug in found(f"erkenning={status}", stand)
        query = QueryDict(f"erkenning={status}")
        assert aanpak.slug in oracle.slugs(AanpakFilter(query, stand))
        document = stand.get(AanpakDocument, aanpak.slug)
        assert document.geldigheid.status == status
        card = aanpakkaart(document, kop=3)
        assert ("waarschijnlijk verlopen" in card) is status.vervallen


def test_an_entry_that_was_withdrawn_is_in_no_list_and_no_count(client):
    before = {(o.key, o.value): o.count for o in html.options(page(client, ""))}
    entry = factories.make_interventie()
    factories.make_erkenning(entry, niveau=Niveau.objects.get(slug="effectief"))
    assert entry.slug in found("niveau=effectief")
    factories.withdraw(entry)
    assert entry.slug not in found("")
    after = {(o.key, o.value): o.count for o in html.options(page(client, ""))}
    assert after == before
