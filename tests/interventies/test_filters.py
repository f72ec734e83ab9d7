"""Filters of the register: recognition, level and databank."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from interventies.catalogus import register
from interventies.filters import InterventieFilter
from interventies.models import Interventie, Niveau
from tests import factories, html
from tests.aanpakken.test_filters import reading, varied  # noqa: F401

pytestmark = pytest.mark.usefixtures("inhoud")


def filterset(query: QueryDict) -> InterventieFilter:
    return InterventieFilter(
        query, register(), queryset=Interventie.objects.gepubliceerd()
    )


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


def test_index_and_counts_agree_with_the_plain_queryset(varied):  # noqa: F811
    values = {
        key: [*(waarde.slug for waarde in facet.waarden), "bestaatniet"]
        for key, facet in register().facetten.items()
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


def test_the_highest_level_counts_and_a_step_counts_as_its_level():
    interventie = factories.make_interventie()
    levels = {niveau.slug: niveau for niveau in Niveau.objects.all()}
    factories.make_erkenning(interventie, niveau=levels["goed-beschreven"])
    factories.make_erkenning(interventie, niveau=None)
    factories.make_erkenning(interventie, niveau=levels["effectief-goede-aanwijzingen"])
    found = Interventie.objects.with_hoogste_niveau().get(pk=interventie.pk)
    assert found.hoogste_niveau == "effectief"
    hits = filterset(QueryDict("niveau=effectief")).treffers()
    assert interventie.pk in hits
    assert (
        interventie.pk not in filterset(QueryDict("niveau=goed-beschreven")).treffers()
    )
