"""What a reader picks: to compare, to keep, and to share."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from aanpakken.keuze import adres, lees_keuze
from aanpakken.models import Aanpak
from aanpakken.vergelijken import vergelijk
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db


def pick(*slugs, most=4):
    return lees_keuze(QueryDict(adres(slugs)[1:]), most, current_stand())


def rows(*slugs):
    return {row.titel: row for row in vergelijk(pick(*slugs).aanpakken)}


def test_picked_aanpakken_come_in_the_order_of_the_address():
    assert pick("wijktheater", "abcd").slugs == ["wijktheater", "abcd"]


def test_the_same_aanpak_twice_counts_once():
    assert pick("abcd", "abcd").slugs == ["abcd"]


@pytest.mark.parametrize("slug", ["bestaatniet", "<b>", "a\x00b", "x" * 500, "É"])
def test_what_does_not_exist_is_left_out_and_named(slug):
    choice = pick("abcd", slug)
    assert choice.slugs == ["abcd"]
    assert len(choice.meldingen) == 1


def test_what_readers_do_not_see_cannot_be_picked():
    concept = factories.make_aanpak(status="concept")
    factories.withdraw(Aanpak.objects.get(slug="abcd"))
    choice = pick("abcd", concept.slug, "wijktheater")
    assert choice.slugs == ["wijktheater"]
    assert len(choice.meldingen) == 2


def test_what_is_picked_is_what_readers_see_of_it():
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.naam, aanpak.slug = "Nog niet zo", "nog-niet-zo"
    aanpak.save()
    (picked,) = pick("abcd", "nog-niet-zo").aanpakken
    assert picked.naam == "ABCD-methode"


def test_a_former_slug_picks_the_aanpak_that_had_it():
    aanpak = Aanpak.objects.get(slug="abcd")
    for slug in ("tussendoor", "kracht-van-de-buurt"):
        aanpak.slug = slug
        aanpak.save()
        factories.publish(aanpak)
    for former in ("abcd", "tussendoor"):
        choice = pick("wijktheater", former)
        assert choice.slugs == ["wijktheater", "kracht-van-de-buurt"]
        assert choice.meldingen == []
    assert pick("abcd", "kracht-van-de-buurt", "tussendoor").slugs == [aanpak.slug]


def test_a_slug_that_was_typed_in_capitals_picks_the_same():
    aanpak = Aanpak.objects.get(slug="abcd")
    choice = pick("ABCD", "Wijktheater", "abcd")
    assert (choice.slugs, choice.meldingen) == (["abcd", "wijktheater"], [])
    aanpak.slug = "kracht-van-de-buurt"
    aanpak.save()
    factories.publish(aanpak)
    assert pick("Abcd", "Bestaat-Niet").slugs == ["kracht-van-de-buurt"]


def test_a_former_slug_of_what_was_withdrawn_picks_nothing():
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    factories.withdraw(factories.publish(aanpak))
    choice = pick("abcd", "eerste")
    assert choice.slugs == ["abcd"]
    assert "“eerste” staat niet (meer) in de catalogus" in choice.meldingen[0]


@pytest.mark.parametrize("name", ["aanpakken:vergelijken", "selectie"])
def test_a_page_of_former_slugs_leads_on_to_the_new_ones(client, name):
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.slug = "kracht-van-de-buurt"
    aanpak.save()
    factories.publish(aanpak)
    content = client.get(reverse(name) + adres(["abcd", "wijktheater"])).content
    assert b"ABCD-methode" in content
    assert b"aanpak=kracht-van-de-buurt" in content
    assert b"aanpak=abcd" not in content


def test_the_fifth_aanpak_is_left_out_and_named():
    slugs = ["abcd", "wijktheater", "citytrainers", "buurtcirkel", "goldensports"]
    choice = pick(*slugs)
    assert choice.slugs == slugs[:4]
    assert "GoldenSports" in choice.meldingen[0]


def test_a_difference_is_marked_and_an_agreement_is_not():
    compared = rows("goldensports", "wijktheater")
    assert compared["Rubriek"].verschilt
    assert not rows("abcd", "wijktheater")["Rubriek"].verschilt


def test_what_nobody_knows_stays_empty():
    assert rows("abcd", "wijktheater")["Kosten"].onbekend


def test_each_recognition_is_compared_with_its_databank_and_date():
    (cell,) = rows("futsal-chabbab")["Erkenning"].cellen
    assert cell == [
        "Goed Onderbouwd · RIVM Centrum Gezond Leven · 18 juni 2020",
        "Goed Onderbouwd · Kenniscentrum Sport en Bewegen · juli 2020",
    ]


def test_the_compare_page_shows_each_aanpak_and_can_take_it_out(client):
    slugs = ["abcd", "wijktheater", "citytrainers"]
    response = client.get(reverse("aanpakken:vergelijken") + adres(slugs))
    page = response.content.decode()
    assert "ABCD-methode" in page
    assert 'href="?aanpak=abcd&amp;aanpak=citytrainers"' in page


def test_a_selection_can_be_reordered_by_address_alone(client):
    url = reverse("selectie") + adres(["abcd", "wijktheater"], titel="Mijn keuze")
    response = client.get(url)
    assert response.context["titel"] == "Mijn keuze"
    first, second = response.context["aanpakken"]
    assert (first["hoger_url"], second["lager_url"]) == ("", "")
    swapped = adres(["wijktheater", "abcd"], titel="Mijn keuze")
    assert first["lager_url"] == second["hoger_url"] == swapped


def test_moving_the_last_of_three_up_keeps_the_others_in_order(client):
    url = reverse("selectie") + adres(["abcd", "wijktheater", "citytrainers"])
    *_, last = client.get(url).context["aanpakken"]
    assert last["hoger_url"] == adres(["abcd", "citytrainers", "wijktheater"])


def test_a_reason_stays_with_its_aanpak_when_others_move_or_go(client):
    reasons = {"abcd": "Past bij Noord", "wijktheater": "Leuk voor iedereen"}
    url = reverse("selectie") + adres(["abcd", "wijktheater"], reasons)
    first, second = client.get(url).context["aanpakken"]
    assert (first["reden"], second["reden"]) == (*reasons.values(),)
    assert first["zonder_url"] == adres(["wijktheater"], reasons)
    assert "Noord" not in first["zonder_url"]
    assert first["lager_url"] == adres(["wijktheater", "abcd"], reasons)


def test_reasons_come_along_to_compare_and_back_and_stand_in_the_brochure(client):
    query = adres(["abcd"], {"abcd": "Past bij Noord"})
    selection = client.get(reverse("selectie") + query).context
    assert "Noord" in selection["vergelijk_url"]
    compare = client.get(reverse("aanpakken:vergelijken") + query).context
    assert compare["selectie_url"] == reverse("selectie") + query
    brochure = client.get(reverse("selectie") + query + "&als=brochure").content
    assert "Waarom gekozen: Past bij Noord" in brochure.decode()


def test_a_reason_follows_a_slug_that_changed():
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.slug = "abcd-nieuw"
    aanpak.save()
    factories.publish(aanpak)
    query = QueryDict(adres(["abcd"], {"abcd": "Past bij Noord"})[1:])
    assert lees_keuze(query, 4, current_stand()).redenen == {
        "abcd-nieuw": "Past bij Noord"
    }


def test_a_reason_is_one_line_of_text_and_no_html(client):
    query = adres(["abcd"], {"abcd": "<b>x</b>\n\x00" + "y" * 500})
    response = client.get(reverse("selectie") + query)
    (row,) = response.context["aanpakken"]
    assert row["reden"] == "<b>x</b> " + "y" * 191
    assert "<b>x</b>" not in response.content.decode()


def test_the_advice_of_the_keuzehulp_comes_along_as_reasons(client):
    context = client.get("/keuzehulp/?wens=ruzie&stap=5").context
    selection = client.get(context["selectie_url"]).context["aanpakken"]
    assert [row["reden"] for row in selection] == [
        "; ".join(advice.redenen) for _, advice in context["adviezen"][:3]
    ]
    assert "ruzie" in selection[0]["reden"]


@pytest.mark.parametrize("name", ["aanpakken:vergelijken", "selectie"])
def test_nothing_picked_explains_how_to_pick(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert not response.context["aanpakken"]


def test_the_server_calls_no_selection_the_readers_own(client):
    for query in ("", "?aanpak=wijktheater"):
        page = html.read(client.get(reverse("selectie") + query).content)
        assert "je selectie" not in page.one("h1").text.lower()
        # What only the browser knows is shown by the script.
        known = {"data-onthouden", "data-bewaard", "data-andere-selectie"}
        told = [one for one in page.all() if known & one.attributes.keys()]
        assert len(told) == 2
        assert all("hidden" in one for one in told)


def test_a_title_is_never_html(client):
    page = client.get(reverse("selectie") + "?titel=<script>x").content.decode()
    assert "<script>x" not in page


def test_every_line_of_a_comparison_begins_with_a_capital_wherever_it_is_shown(inhoud):
    for titel, row in rows("goldensports", "thuis-op-straat", "buurtcirkel").items():
        for line in (line for cell in row.cellen for line in cell):
            assert not line[0].islower(), (titel, line)
