"""Home, the pages about the site, and what a reader sees when something is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from aanpakken.models import Aanpak, Actorlaag, Criterium, Doelgroep, Reflectiethema
from interventies.models import Databank, Niveau
from tests import factories, html
from wijkwijzer.core.models import Bron, Broncorrectie
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.models import Versie

pytestmark = pytest.mark.usefixtures("inhoud")


def page(client, address: str, status: int = 200) -> html.Element:
    response = client.get(address)
    assert response.status_code == status
    return html.read(response.content)


def links(element: html.Element) -> dict[str, str]:
    return {a.get("href"): a.text for a in element.all("a")}


# Home


def test_home_counts_what_the_lists_show(client):
    main = page(client, "/").one("main")
    assert "21" in links(main)["/aanpakken/"]
    assert "17" in links(main)["/interventies/"]
    factories.withdraw(Aanpak.objects.get(slug="abcd"))
    assert "20" in links(page(client, "/").one("main"))["/aanpakken/"]


def test_every_number_on_home_is_the_number_of_results_it_leads_to(client):
    main = page(client, "/").one("main")
    expected = {
        **{f"doelgroep={d.slug}": d.naam for d in Doelgroep.objects.all()},
        **{f"laag={laag.slug}": laag.kort for laag in Actorlaag.objects.all()},
    }
    shown = 0
    for query in expected:
        for link in main.all("a", href=f"/aanpakken/?{query}"):
            digits = [w for w in around(link).split() if w.isdecimal()]
            if not digits:
                continue
            count = html.result_count(page(client, f"/aanpakken/?{query}"))
            assert int(digits[0]) == count, query
            shown += 1
    assert shown >= 10


def around(link: html.Element) -> str:
    item = next((e for e in link.above() if e.name == "li"), link)
    return item.text


def test_home_leads_to_every_theme_and_ring(client):
    found = links(page(client, "/").one("main"))
    for thema in Reflectiethema.objects.all():
        assert thema.get_absolute_url() in found
    for laag in Actorlaag.objects.all():
        assert f"/aanpakken/?laag={laag.slug}" in found


def test_home_offers_only_groups_for_which_there_is_something(client):
    new = factories.make_doelgroep()
    found = links(page(client, "/"))
    assert f"/aanpakken/?doelgroep={new.slug}" not in found
    assert "/aanpakken/?doelgroep=ouderen" in found


def bijgewerkt(client) -> html.Element:
    return page(client, "/").one("section", aria_labelledby="recent")


@pytest.mark.long
def test_home_says_since_when_everything_stands_while_nothing_changed(client):
    moment = datetime(2026, 11, 28, 12, tzinfo=UTC)
    Versie.objects.filter(soort="aanpak").update(op=moment)
    current_stand.reset()
    section = bijgewerkt(client)
    assert section.one("time")["datetime"] == "2026-11-28"
    assert not [*section.all("li")]


def test_home_shows_what_changed_since_with_its_day_and_the_last_first(client):
    last = timezone.localtime() + timedelta(days=9)
    for name, days in {"Vierde": 6, "Derde": 5, "Tweede": 3, "Eerste": 1}.items():
        made = factories.make_aanpak(naam=name, status="concept")
        factories.publish(made, at=last - timedelta(days=days))
    shown = [
        (item.one("a").text, item.one("time")["datetime"])
        for item in bijgewerkt(client).all("li")
    ]
    assert shown == [
        (name, (last - timedelta(days=days)).date().isoformat())
        for name, days in {"Eerste": 1, "Tweede": 3, "Derde": 5}.items()
    ]


def test_home_gives_no_order_to_what_came_together(client):
    made = factories.make_aanpak(naam="Net gewijzigd", status="concept")
    factories.publish(made, at=timezone.now() + timedelta(days=1))
    assert [a.text for a in bijgewerkt(client).all("strong")] == ["Net gewijzigd"]


# About the site


def test_verantwoording_explains_criteria_levels_databanks_and_sources(client):
    document = page(client, "/verantwoording/")
    for model in (Criterium, Databank):
        for term in model.objects.all():
            assert term.naam in document.text
    for niveau in Niveau.objects.all():
        assert niveau.naam.removeprefix("Effectief – ") in document.text
    for bron in Bron.objects.all():
        assert bron.titel in document.text


def test_verantwoording_has_every_part_that_other_pages_link_to(client):
    document = page(client, "/verantwoording/")
    ids = {e["id"] for e in document.all() if "id" in e}
    assert {"niveaus", "redactioneel"} <= ids
    assert {f"bron-{bron.slug}" for bron in Bron.objects.all()} <= ids


def test_verantwoording_says_what_redactioneel_means(client):
    assert "redactie" in page(client, "/verantwoording/").text


def test_verantwoording_names_the_usual_validity_per_databank(client):
    document = page(client, "/verantwoording/")
    years = {}
    for databank in Databank.objects.all():
        rows = document.one(id=f"databank-{databank.slug}").one("tbody").all("tr")
        years[databank.slug] = [
            (r.one("th").text, next(r.all("td")).text) for r in rows
        ]
    assert ("Goed Beschreven", "3") in years["kenniscentrum-sport-en-bewegen"]
    assert {*years["movisie"]} == {
        *(("Goed Beschreven", "5"), ("Goed Onderbouwd", "5"), ("Effectief", "5"))
    }


def test_the_errors_that_were_found_in_sources_can_be_read(client):
    text = page(client, "/verantwoording/correcties/").text
    for correction in Broncorrectie.objects.all():
        assert " ".join(correction.gevonden.split()) in text


def test_over_says_how_many_aanpakken_there_are(client):
    assert "21" in page(client, "/over/").text


# When something is wrong


@pytest.mark.parametrize(
    "path", ["/bestaat-niet/", "/aanpakken/bestaat-niet/", "/interventies/x/"]
)
def test_what_does_not_exist_says_so_and_offers_a_way_on(client, path):
    document = page(client, path, 404)
    assert document.one("h1").text == "Pagina niet gevonden"
    assert "/aanpakken/" in links(document)


def test_what_was_withdrawn_says_why_and_offers_a_way_on(client):
    factories.make_archived_aanpak(slug="weg", naam="Oude aanpak")
    document = page(client, "/aanpakken/weg/", 410)
    assert "Oude aanpak" in document.one("main").text
    assert "Deze aanpak is opgegaan in een andere." in document.one("main").text
    assert "/aanpakken/" in links(document.one("main"))


@pytest.fixture
def broken_client():
    return Client(raise_request_exception=False)


@pytest.mark.urls("tests.web.urls_with_error")
def test_a_broken_page_is_dutch_and_tells_nothing_of_the_server(
    broken_client, django_assert_num_queries
):
    # The database may be what is broken.
    with django_assert_num_queries(0):
        response = broken_client.get("/stuk/")
    assert response.status_code == 500
    document = html.read(response.content)
    assert document.one("html")["lang"] == "nl"
    assert document.one("h1").text
    assert "secret" not in response.content.decode()
    assert "/" in links(document)


@pytest.mark.urls("tests.web.urls_with_error")
def test_a_broken_page_has_the_headers_of_every_page(broken_client):
    response = broken_client.get("/stuk/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_a_bad_request_is_dutch(client):
    more_than_read = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    query = "&".join(f"x{number}=1" for number in range(more_than_read))
    document = page(client, f"/aanpakken/?{query}", 400)
    assert document.one("html")["lang"] == "nl"
    assert document.one("h1").text


def test_an_expired_form_is_dutch(inhoud):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_cannot_change_anything_with_another_method(client, method):
    before = Aanpak.objects.values_list("pk", "gewijzigd_op")
    known = [*before]
    for path in ("/", "/aanpakken/", "/aanpakken/abcd/"):
        getattr(client, method)(path)
    assert [*before.all()] == known


def test_a_source_says_at_most_once_that_its_date_is_not_known(client):
    bare = factories.make_bron()
    noted = factories.make_bron(datum_opmerking="Niet bekend: het veld is leeg.")
    root = html.read(client.get("/verantwoording/").content)
    assert "datum niet bekend" in root.one(id=f"bron-{bare.slug}").text
    told = root.one(id=f"bron-{noted.slug}").text
    assert "Niet bekend: het veld is leeg." in told
    assert "datum niet bekend" not in told
