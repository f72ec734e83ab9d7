import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from aanpakken.catalogus import catalogus
from aanpakken.models import Aanpak, Reflectiethema
from wijkwijzer.core import catalogusversie
from wijkwijzer.search.models import Synoniemgroep
from wijkwijzer.search.vraag import KORTSTE_VOORVOEGSEL

pytestmark = pytest.mark.django_db


def search(client, text):
    return client.get(reverse("zoeken:zoeken"), {"q": text})


def group(response, key):
    return next(g for g in response.context["groepen"] if g.sleutel == key)


def suggestions(client, text):
    response = client.get(reverse("zoeken:suggesties"), {"q": text})
    return response.json()["suggesties"]


def test_hits_are_grouped_by_kind_with_counts(client):
    response = search(client, "gemeente")
    assert group(response, "wie").aantal >= 1
    assert group(response, "aanpakken").aantal >= 1


def test_the_link_to_all_hits_leads_to_as_many_as_the_group_says(client):
    aanpakken = group(search(client, "bewoners"), "aanpakken")
    response = client.get(aanpakken.alles_url)
    assert response.context["aantal"] == aanpakken.aantal > len(aanpakken.treffers)


def test_every_hit_of_a_kind_can_be_reached(client):
    found = group(search(client, "bewoners"), "begrippen")
    assert found.aantal > len(found.treffers)
    response = client.get("/zoeken/?q=bewoners&soort=begrippen")
    assert 'href="?q=bewoners&amp;soort=begrippen"' in response.content.decode()
    assert len(response.context["soort"].treffers) == found.aantal
    assert response.content.decode().count('class="kind"') == 1


@pytest.mark.parametrize("kind", ["onzin", "gemeenten"])
def test_a_kind_that_is_unknown_or_has_no_hits_hides_no_other(client, kind):
    response = client.get(f"/zoeken/?q=voucher&soort={kind}")
    assert response.context["soort"] is None
    assert group(response, "begrippen").treffers
    assert 'id="begrippen"' in response.content.decode()


def test_a_misspelt_query_is_answered_for_the_word_that_was_meant(client):
    response = search(client, "buurtbemideling")
    assert response.context["bedoeld"] == "buurtbemiddeling"
    assert group(response, "aanpakken").treffers[0].titel == "Buurtbemiddeling"


def test_a_query_without_hits_says_so(client):
    response = search(client, "qqqqqqqq")
    assert response.context["aantal"] == 0
    assert "Geen zoekresultaten" in response.content.decode()


def test_suggestions_are_titles_of_pages_that_exist(client):
    found = suggestions(client, "buu")
    assert "Buurtbemiddeling" in {s["tekst"] for s in found}
    for suggestion in found:
        assert client.get(suggestion["url"]).status_code == 200


def test_nothing_typed_gives_no_suggestions(client):
    assert suggestions(client, "") == []


def test_too_few_letters_for_a_half_word_give_no_suggestions_and_are_not_sent(client):
    # As a whole word it is in a title.
    assert suggestions(client, "de") == suggestions(client, "pb") == []
    assert suggestions(client, "pbs")
    script = (settings.BASE_DIR / "static" / "js" / "zoeken.js").read_text("utf-8")
    assert f"FEWEST_LETTERS = {KORTSTE_VOORVOEGSEL};" in script


def test_a_concept_is_found_nowhere(client):
    Aanpak.objects.filter(slug="wijktheater").update(status="concept")
    # The text of a theme names it; that is no hit and no link.
    page = search(client, "wijktheater").content.decode()
    assert "/aanpakken/wijktheater/" not in page
    assert "Wijktheater" not in {s["tekst"] for s in suggestions(client, "wijktheater")}


def test_a_new_synonym_finds_at_once(client):
    assert not group(search(client, "zzbuurtdinges"), "aanpakken").aantal
    Synoniemgroep.objects.create(naam="z", termen="zzbuurtdinges\nbuurtbemiddeling")
    hits = group(search(client, "zzbuurtdinges"), "aanpakken").treffers
    assert [hit.titel for hit in hits] == ["Buurtbemiddeling"]


def test_a_renamed_theme_is_found_by_its_new_name(client):
    Reflectiethema.objects.filter(slug="verbinding").update(naam="Zzverbondenheid")
    assert group(search(client, "zzverbondenheid"), "themas").aantal == 1
    assert group(search(client, "zzverbondenheid"), "aanpakken").aantal == 19


def test_a_rebuild_makes_a_new_index(capsys):
    before = catalogus()
    call_command("rebuild_search_index")
    assert catalogus() is not before
    assert "Aanpakken: 21" in capsys.readouterr().out


def test_a_missing_trigger_is_reported_before_an_index_gets_out_of_step():
    assert not run_checks(tags=["database"], databases=["default"])
    table = "aanpakken_aanpak"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER catalogusversie ON {table}")
        else:
            cursor.execute(f"DROP TRIGGER catalogusversie_{table}_update")
    assert catalogusversie.ontbrekende_triggers(connection) == {table}
    (error,) = run_checks(tags=["database"], databases=["default"])
    assert error.id == "core.E001"
    assert table in error.msg


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a" * 10_000, "\x00", "%"]
)
def test_an_odd_query_gets_a_page_and_is_never_echoed_as_html(client, text):
    response = search(client, text)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
