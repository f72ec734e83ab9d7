"""Filters of the catalogue: OR within a group, AND across, and counts that are true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from aanpakken.facets import AanpakFilter
from aanpakken.models import (
    Aanpak,
    Actorlaag,
    Doelgroep,
    Doelgroepkoppeling,
    Reflectiethema,
    Vorm,
)
from aanpakken.whole import AanpakDocument
from tests import factories, html
from tests.facets import oracle
from tests.facets.oracle import reading
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.facets import lists
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory.bitmaps import positions
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")


def found(query: str) -> list[str]:
    return oracle.slugs(AanpakFilter(QueryDict(query), current_stand()))


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
                *("abcd", "community-organising", "moeder-vadercentra"),
                *("right-to-challenge", "thuis-op-straat", "vouchersysteem"),
                "zeven-bouwstenen-buurtagenda",
                # These only touch on it.
                *("buurtbemiddeling", "citytrainers"),
            ],
        ),
        ("doelgroep=ouderen", ["goldensports", "studio-bruis"]),
        (
            "leeftijd=14",
            [
                # First those of which a source names a fitting age.
                *(
                    "citytrainers",
                    "futsal-chabbab",
                    "pbs-in-de-wijk",
                    "thuis-op-straat",
                ),
                *("abcd", "buurtbemiddeling", "buurtcirkel", "buurtreminiscentie"),
                *("community-organising", "eigen-kracht-conferentie"),
                *("moeder-vadercentra", "resto-vanharte"),
                *("right-to-challenge", "slagkracht-in-de-wijk", "vouchersysteem"),
                *("wijk-en-psychiatrie", "wijkacademie-opvoeden", "wijktheater"),
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
    by_name = sorted(
        Aanpak.objects.gepubliceerd(),
        key=lambda aanpak: sorteersleutel(aanpak.sorteernaam or aanpak.naam),
    )
    assert names == [aanpak.slug for aanpak in by_name]


def test_the_list_can_start_with_what_was_published_last(client):
    for slug in ("wijktheater", "abcd"):
        Aanpak.objects.filter(slug=slug).update(eigenaar="De buurt")
        factories.publish(Aanpak.objects.get(slug=slug))
    # A change that readers do not see, and a version like the one before.
    Aanpak.objects.get(slug="buurtcirkel").save()
    factories.publish(Aanpak.objects.get(slug="futsal-chabbab"))
    names = html.result_names(page(client, "sorteer=recent"), "/aanpakken/")
    assert names[:2] == ["abcd", "wijktheater"]
    first_before = page(client, "sorteer=recent&thema=zeggenschap&niveau=onbekend")
    assert html.result_names(first_before, "/aanpakken/")[0] == "abcd"


def test_what_was_published_in_one_moment_is_in_the_order_of_the_names():
    now = timezone.now() + timedelta(days=1)
    made = [
        factories.make_aanpak(naam=name, status="concept")
        for name in ("Zon", "appels", "Élan")
    ]
    for aanpak in made:
        factories.publish(aanpak, at=now)
    zon, appels, elan = [aanpak.slug for aanpak in made]
    assert found("sorteer=recent")[:3] == [appels, elan, zon]


def test_values_of_one_group_are_alternatives():
    both = {*found("doelgroep=ouderen&doelgroep=ouders")}
    assert both == {*found("doelgroep=ouderen")} | {*found("doelgroep=ouders")}
    assert len(both) > len(found("doelgroep=ouderen"))


def test_groups_must_all_fit():
    both = {*found("doelgroep=kinderen&laag=gemeente")}
    assert both == {*found("doelgroep=kinderen")} & {*found("laag=gemeente")}


@pytest.mark.parametrize(
    ("slug", "lowest", "highest"),
    [
        # "2 tot en met 18 jaar", and "tussen de 8 en 18", as people mean it.
        ("pbs-in-de-wijk", 2, 18),
        ("futsal-chabbab", 8, 18),
        # "4 tot 20 jaar": who has that age is past it.
        ("thuis-op-straat", 4, 19),
    ],
)
def test_an_age_bound_counts_itself_when_the_source_says_so(slug, lowest, highest):
    admitted = [age for age in range(25) if slug in found(f"leeftijd={age}")]
    assert admitted == [*range(lowest, highest + 1)]


def test_an_open_age_bound_admits_every_age():
    assert "goldensports" in found("leeftijd=120")
    assert "goldensports" not in found("leeftijd=64")
    assert "abcd" in found("leeftijd=0")


def test_the_ages_of_another_group_than_the_primary_do_not_count():
    goldensports = Aanpak.objects.get(slug="goldensports")
    Doelgroepkoppeling.objects.create(
        aanpak=goldensports,
        doelgroep=Doelgroep.objects.get(slug="jongeren"),
        rol="secundair",
        omschrijving="jongeren die helpen",
        leeftijd_van=10,
        leeftijd_tot=20,
    )
    factories.publish(goldensports)
    assert "goldensports" not in found("leeftijd=14")


def test_what_names_an_age_is_counted_apart_from_what_leaves_it_open(client):
    document = page(client, "leeftijd=14")
    heads = [h.text for h in document.one(id="resultaten").all("h3")]
    assert heads == [
        "4 aanpakken noemen een leeftijd die past bij 14 jaar",
        "15 aanpakken noemen geen leeftijd",
    ]


@pytest.mark.parametrize("order", ["", "&sorteer=recent", "&q=buurt"])
def test_whatever_the_order_what_names_an_age_comes_first(order):
    filterset = AanpakFilter(QueryDict(f"leeftijd=14{order}"), current_stand())
    positions = [*filterset.treffers()]
    named = [bool(filterset.named >> position & 1) for position in positions]
    assert named == sorted(named, reverse=True)
    assert not all(named)


def test_a_page_in_the_middle_goes_on_where_the_one_before_ended(client, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGINA", 3)
    heads = [
        [h.text for h in page(client, f"leeftijd=14&pagina={n}").all("h3")]
        for n in (1, 2, 3)
    ]
    assert [len(found) for found in heads] == [1, 2, 1]
    assert heads[2][0].endswith("noemen geen leeftijd")


def touching(theme: str) -> set[str]:
    """What only touches on a theme, as its versions say."""
    return {
        aanpak.slug
        for aanpak in current_stand().all(AanpakDocument)
        for link in aanpak.themas
        if link.thema.slug == theme and link.zijdelings
    }


def heads_of_groups(client, query: str) -> list[str]:
    return [head.text for head in page(client, query).all("h3", class_="group-title")]


def test_what_is_about_a_theme_comes_before_what_only_touches_on_it(client):
    weak, slugs = touching("zeggenschap"), found("thema=zeggenschap")
    assert weak
    first = [slug for slug in slugs if slug not in weak]
    assert slugs == [*first, *(slug for slug in slugs if slug in weak)]
    few = len(slugs) - len(first)
    assert heads_of_groups(client, "thema=zeggenschap") == [
        f"{len(first)} aanpakken gaan over dit thema",
        f"{few} aanpakken raken er zijdelings aan"
        if few > 1
        else "1 aanpak raakt er zijdelings aan",
    ]


def test_an_aanpak_that_is_about_one_of_the_chosen_themes_comes_first(client):
    asked = "thema=zeggenschap&thema=verbinding"
    slugs = found(asked)
    both = {"zeggenschap", "verbinding"}
    about = {
        aanpak.slug
        for aanpak in current_stand().all(AanpakDocument)
        for link in aanpak.themas
        if link.thema.slug in both and not link.zijdelings
    }
    assert {*slugs[: len(about)]} == about
    rest = len(slugs) - len(about)
    heads = [f"{len(about)} aanpakken gaan over een van deze thema’s"]
    assert heads_of_groups(client, asked)[:1] == (heads if rest else [])


def test_a_list_of_what_is_about_a_theme_alone_has_no_headings(client):
    assert not touching("verbinding") & {*found("thema=verbinding&q=buurtcirkel")}
    assert heads_of_groups(client, "thema=verbinding&q=buurtcirkel") == []


def test_what_changed_last_is_told_in_its_order_whatever_the_theme(client):
    asked = "thema=problemen&sorteer=recent"
    filterset = AanpakFilter(QueryDict(asked), current_stand())
    times = [filterset.index.records[p].at for p in filterset.treffers()]
    assert times == sorted(times, reverse=True)
    assert heads_of_groups(client, asked) == []


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


@pytest.mark.once
@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "at_least"),
    [
        ("thema=zeggenschap&laag=gemeente", 40),
        ("doelgroep=ouderen&doelgroep=kinderen&leeftijd=14&sorteer=recent", 20),
    ],
)
def test_every_count_is_the_number_of_results_it_leads_to(client, query, at_least):
    assert walk(client, query) >= at_least


def test_counts_stay_true_for_more_entries_than_fit_on_a_page(client):
    ring, vorm = Actorlaag.objects.get(slug="gemeente"), Vorm.objects.first()
    thema = Reflectiethema.objects.get(slug="verbinding")
    for _ in range(10):
        aanpak = factories.make_aanpak(status="concept", vorm=vorm)
        aanpak.themakoppelingen.create(thema=thema, basis="expliciet", sterkte="sterk")
        aanpak.uitvoeringen.create(
            naam="x", rol="uitvoerder", laag=ring, laag_basis="redactioneel"
        )
        factories.publish(aanpak)
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
    oracle.vary()


AGES = st.integers(0, 120).map(str)
WORDS = st.sampled_from(
    ["buren", "eenzaam", "buurtbemideling", "sport -theater", "theater sport qqqq"]
)
ORDERS = st.sampled_from(["naam", "recent", "relevantie"])


@pytest.mark.long
def test_every_value_finds_and_counts_what_the_rows_say(varied):
    records = oracle.aanpakken(timezone.localdate())
    for stand in oracle.stands():
        for facet in AanpakFilter.facets:
            known = {*stand.index(AanpakDocument, FACETTEN).waarden(facet.key)}
            used = {v for values in records.values() for v in values[facet.key]}
            assert used, facet
            for value in {*used, *known}:
                query = QueryDict(mutable=True)
                query[facet.key] = value
                oracle.agrees(AanpakFilter(query, stand), records)


@pytest.mark.long
def test_every_query_finds_and_counts_what_the_rows_say(varied):
    records = oracle.aanpakken(timezone.localdate())
    queries = oracle.queries(AanpakFilter, leeftijd=AGES, q=WORDS, sorteer=ORDERS)
    stands = oracle.stands()

    @reading
    @given(queries, st.sampled_from(stands))
    def check(query, stand):
        oracle.agrees(AanpakFilter(query, stand), records)

    check()


@pytest.mark.long
def test_a_filter_changes_nothing_in_the_order_of_what_fits_as_well(varied):
    stand = current_stand()

    @reading
    @given(oracle.queries(AanpakFilter), ORDERS, WORDS | st.none())
    def check(query, order, words):
        query["sorteer"] = order
        whole = QueryDict(mutable=True)
        whole["sorteer"] = order
        if words:
            query["q"] = whole["q"] = words
        filterset = AanpakFilter(query, stand)
        hits = oracle.slugs(filterset)
        everything = oracle.slugs(AanpakFilter(whole, stand))
        records = filterset.index.records
        # What only touches on the theme comes after what is about it.
        late = {records[p].slug for p in positions(filterset.bits & ~filterset.volop)}
        in_order = [slug for slug in everything if slug in hits]
        assert hits == sorted(in_order, key=late.__contains__)

    check()


def test_a_change_that_is_not_published_changes_no_answer_and_no_count(client):
    queries = ["", "thema=zeggenschap&laag=gemeente", "leeftijd=14&niveau=onbekend"]
    before = [client.get(f"/aanpakken/?{query}").content for query in queries]
    for aanpak in Aanpak.objects.all():
        aanpak.naam, aanpak.rubriek, aanpak.vorm = "Anders", "interventie", None
        aanpak.interventie = None
        aanpak.save()
        for parts in ("uitvoeringen", "themakoppelingen", "doelgroepkoppelingen"):
            getattr(aanpak, parts).all().delete()
    factories.make_complete_aanpak(status="concept")
    assert [client.get(f"/aanpakken/?{q}").content for q in queries] == before


@pytest.mark.long
def test_a_renamed_term_is_renamed_in_the_filter_at_once(client):
    Reflectiethema.objects.filter(slug="verbinding").update(naam="Verbondenheid")
    labels = {o.label for o in html.options(page(client, "")) if o.key == "thema"}
    assert "Verbondenheid" in labels


@pytest.mark.long
def test_no_query_string_of_our_own_keys_is_an_error(varied, client):
    keys = [*AanpakFilter.base_filters, "sorteer", "pagina", "onbekend"]
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


def test_what_is_going_on_is_the_first_entrance(client):
    groups = page(client, "").all("details", class_="facet")
    assert next(iter(groups)).one("summary").text == "Wat speelt er?"
