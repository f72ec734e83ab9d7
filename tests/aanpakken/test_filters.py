"""Filters of the catalogue: OR within a group, AND across, and counts that are true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanpakken.catalogus import catalogus
from aanpakken.filters import AanpakFilter
from aanpakken.models import Aanpak, Doelgroepkoppeling
from interventies.models import Databank, Erkenning, Interventie, Niveau
from tests import factories, html
from wijkwijzer.core.models import Status

pytestmark = pytest.mark.usefixtures("inhoud")

# Examples share one database and only read.
reading = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def filterset(query: str | QueryDict) -> AanpakFilter:
    data = QueryDict(query) if isinstance(query, str) else query
    return AanpakFilter(data, catalogus(), queryset=Aanpak.objects.gepubliceerd())


def found(query: str) -> list[str]:
    hits = filterset(query).treffers()
    slug = dict(Aanpak.objects.values_list("pk", "slug"))
    return [slug[pk] for pk in hits]


def page(client, query: str) -> html.Element:
    response = client.get(f"/aanpakken/?{query}")
    assert response.status_code == 200
    return html.read(response.content)


# The right entries, in the order of their names


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "thema=zeggenschap&laag=gemeente",
            [
                *("abcd", "buurtbemiddeling", "citytrainers", "community-organising"),
                *("moeder-vadercentra", "right-to-challenge", "thuis-op-straat"),
                *("vouchersysteem", "zeven-bouwstenen-buurtagenda"),
            ],
        ),
        ("doelgroep=ouderen", ["goldensports", "studio-bruis"]),
        (
            "leeftijd=14",
            [
                *("abcd", "buurtbemiddeling", "buurtcirkel", "buurtreminiscentie"),
                *("citytrainers", "community-organising", "eigen-kracht-conferentie"),
                *("futsal-chabbab", "moeder-vadercentra", "pbs-in-de-wijk"),
                *("resto-vanharte", "right-to-challenge", "slagkracht-in-de-wijk"),
                *("thuis-op-straat", "vouchersysteem", "wijk-en-psychiatrie"),
                *("wijkacademie-opvoeden", "wijktheater"),
                "zeven-bouwstenen-buurtagenda",
            ],
        ),
        ("niveau=effectief", ["thuis-op-straat"]),
        ("databank=rivm-cgl", ["futsal-chabbab"]),
        ("doelgroep=ouderen&leeftijd=60", ["studio-bruis"]),
        ("doelgroep=ouderen&leeftijd=54", []),
    ],
)
def test_filters_give_the_right_entries(client, query, expected):
    assert html.result_names(page(client, query), "/aanpakken/") == expected


def test_the_whole_list_is_in_the_order_of_the_names_without_articles(client):
    names = html.result_names(page(client, ""), "/aanpakken/")
    assert len(names) == 21
    # "Het vouchersysteem" stands under the V.
    assert names[names.index("vouchersysteem") - 1] == "thuis-op-straat"
    assert names == [a.slug for a in Aanpak.objects.gepubliceerd()]


def test_the_list_can_start_with_what_changed_last(client):
    Aanpak.objects.filter(slug="wijktheater").update(gewijzigd_op=timezone.now())
    yesterday = timezone.now() - timedelta(days=1)
    Aanpak.objects.filter(slug="abcd").update(gewijzigd_op=yesterday)
    Aanpak.objects.exclude(slug__in=["abcd", "wijktheater"]).update(
        gewijzigd_op=yesterday - timedelta(days=1)
    )
    names = html.result_names(page(client, "sorteer=recent"), "/aanpakken/")
    assert names[:2] == ["wijktheater", "abcd"]


def test_values_of_one_group_are_alternatives():
    both = {*found("doelgroep=ouderen&doelgroep=ouders")}
    assert both == {*found("doelgroep=ouderen")} | {*found("doelgroep=ouders")}
    assert len(both) > len(found("doelgroep=ouderen"))


def test_groups_must_all_fit():
    both = {*found("doelgroep=kinderen&laag=gemeente")}
    assert both == {*found("doelgroep=kinderen")} & {*found("laag=gemeente")}


@pytest.mark.parametrize(
    ("age", "admitted"),
    [(7, False), (8, True), (14, True), (18, True), (19, False)],
)
def test_an_age_bound_counts_itself(age, admitted):
    assert ("futsal-chabbab" in found(f"leeftijd={age}")) is admitted


def test_an_open_age_bound_admits_every_age():
    assert "goldensports" in found("leeftijd=120")
    assert "goldensports" not in found("leeftijd=64")
    assert "abcd" in found("leeftijd=0")


def test_the_ages_of_another_group_than_the_primary_do_not_count():
    Doelgroepkoppeling.objects.filter(aanpak__slug="wijktheater").update(
        rol="secundair", leeftijd_van=10, leeftijd_tot=20
    )
    assert "wijktheater" not in found("leeftijd=14")


# True counts


def walk(client, query: str) -> int:
    """Follow every number beside a filter; return how many were followed."""
    start = page(client, query)
    followed = 0
    for option in html.options(start):
        if option.count == 0:
            assert option.disabled or option.checked
            continue
        # A group ignores its own choices: its values are alternatives.
        data = QueryDict(query, mutable=True)
        data.setlist(option.key, [option.value])
        leads_to = page(client, data.urlencode())
        assert html.result_count(leads_to) == option.count, option
        shown = html.result_names(leads_to, "/aanpakken/")
        assert len(shown) == min(option.count, 24)
        followed += 1
    return followed


@pytest.mark.parametrize(
    ("query", "at_least"),
    [
        ("", 60),
        ("thema=zeggenschap&laag=gemeente", 40),
        ("doelgroep=ouderen&doelgroep=kinderen&leeftijd=14", 20),
        ("erkenning=onbekend&niveau=goed-onderbouwd&sorteer=recent", 20),
    ],
)
def test_every_count_is_the_number_of_results_it_leads_to(client, query, at_least):
    assert walk(client, query) >= at_least


def test_counts_stay_true_for_more_entries_than_fit_on_a_page(client):
    for _ in range(10):
        factories.make_complete_aanpak()
    assert html.result_count(page(client, "")) == 31
    options = html.options(page(client, ""))
    for option in [o for o in options if o.key in {"laag", "thema", "vorm"}]:
        if option.count:
            leads_to = page(client, f"{option.key}={option.value}")
            assert html.result_count(leads_to) == option.count, option


def test_zeros_are_shown_and_not_selectable(client):
    zeros = [o for o in html.options(page(client, "doelgroep=ouderen")) if not o.count]
    assert zeros
    assert all(option.disabled for option in zeros)


@pytest.fixture
def varied(inhoud):
    """The content with what it has no example of: ends, unseen entries, no links."""
    today = timezone.localdate()
    ends = ["9000", "2001-02-03", str(today), f"{today:%Y-%m}", f"{today:%Y}", None]
    events = [*Erkenning.objects.order_by("pk")]
    for number, erkenning in enumerate(events):
        Erkenning.objects.filter(pk=erkenning.pk).update(
            datum=None, geldig_tot=ends[number % len(ends)]
        )
    hidden = Interventie.objects.filter(slug__in=["thuis-op-straat", "abcd"])
    hidden.update(status=Status.CONCEPT)
    Aanpak.objects.filter(slug="goldensports").update(status=Status.CONCEPT)
    factories.make_aanpak()
    factories.make_complete_aanpak(status=Status.TER_BEOORDELING)
    rich = factories.make_complete_aanpak(tags=["sport", "bijzonder"])
    interventie = factories.make_interventie()
    Aanpak.objects.filter(pk=rich.pk).update(interventie=interventie)
    for databank, niveau in zip(
        Databank.objects.all(), Niveau.objects.all(), strict=False
    ):
        factories.make_erkenning(interventie, databank=databank, niveau=niveau)
        factories.make_vermelding(interventie, databank=databank)


def queries() -> st.SearchStrategy[QueryDict]:
    """Any choice of existing and unknown values in any number of groups."""
    values = {
        key: [*(waarde.slug for waarde in facet.waarden), "bestaatniet"]
        for key, facet in catalogus().facetten.items()
    }
    chosen = st.fixed_dictionaries(
        {},
        optional={
            k: st.lists(st.sampled_from(v), max_size=4) for k, v in values.items()
        },
    )
    age = st.none() | st.integers(0, 120)

    def build(parts) -> QueryDict:
        selection, leeftijd = parts
        # Few groups at a time, or nothing is ever found.
        query = QueryDict(mutable=True)
        for key, slugs in [*selection.items()][:3]:
            query.setlist(key, slugs)
        if leeftijd is not None:
            query["leeftijd"] = str(leeftijd)
        return query

    return st.tuples(chosen, age).map(build)


def test_the_index_finds_what_the_plain_queryset_finds(varied):
    @reading
    @given(queries())
    def check(query):
        filters = filterset(query)
        assert {*filters.treffers()} == {*filters.qs.values_list("pk", flat=True)}
        assert len(filters.treffers()) == filters.qs.count()

    check()


def test_every_count_is_what_the_plain_queryset_counts(varied):
    @reading
    @given(queries(), st.data())
    def check(query, data):
        facet = data.draw(st.sampled_from(filterset(query).facetten()))
        for option in facet.opties:
            alone = query.copy()
            alone.setlist(facet.sleutel, [option.waarde])
            assert option.aantal == filterset(alone).qs.count(), (query, option)

    check()


def test_no_query_string_of_our_own_keys_is_an_error(varied, client):
    keys = [*catalogus().facetten, "leeftijd", "sorteer", "pagina", "q", "onbekend"]
    pairs = st.tuples(st.sampled_from(keys), st.text(max_size=30))

    @settings(reading, max_examples=40)
    @given(st.lists(pairs, max_size=6))
    def check(items):
        query = QueryDict(mutable=True)
        for key, value in items:
            query.appendlist(key, value.encode(errors="replace").decode())
        for path in ("/aanpakken/", "/interventies/"):
            response = client.get(f"{path}?{query.urlencode()}")
            assert response.status_code == 200

    check()
