"""Ratings: one per browser, apart from recognition, and no way back to a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from aanpakken.models import Aanpak
from tests import html
from tests.deelname.formulieren import (
    adres,
    fouten,
    is_bedankt,
    make_dossier,
    make_stem,
    sleutel,
    stem_van,
)
from wijkwijzer.deelname.models import Poging, Stem, StemQuerySet
from wijkwijzer.deelname.spam import Formulier
from wijkwijzer.memory.number import Nummers, read

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def dossier():
    return make_dossier(naam="Samen eten")


@pytest.fixture
def lees_gemiddelde(client, dossier):
    def lees(pad: str = "") -> str:
        pagina = html.read(client.get(pad or dossier.get_absolute_url()).content)
        return pagina.one("main").text

    return lees


def test_a_vote_is_kept_with_what_it_is_about(client, dossier):
    assert is_bedankt(stem_van(client, dossier, 5))
    stem = Stem.objects.get()
    assert (stem.waarde, stem.onderwerp) == (5, dossier)


def test_the_same_browser_replaces_its_vote(client, dossier):
    for waarde in (2, 5, 3):
        assert is_bedankt(stem_van(client, dossier, waarde))
    assert [stem.waarde for stem in Stem.objects.all()] == [3]


def test_another_browser_has_its_own_vote(client, dossier):
    stem_van(client, dossier, 2)
    stem_van(Client(), dossier, 5)
    assert sorted(stem.waarde for stem in Stem.objects.all()) == [2, 5]


def test_two_clicks_of_a_browser_without_the_cookie_are_one_vote(dossier):
    een = sleutel(Formulier.STEM)
    for _ in range(2):
        assert is_bedankt(stem_van(Client(), dossier, 4, sleutel=een))
    assert Stem.objects.count() == 1


@pytest.mark.parametrize("waarde", ["", "0", "6", "-1", "3.5", "vier", "\0", "9" * 99])
def test_anything_but_one_to_five_is_refused_in_dutch(client, dossier, waarde):
    response = stem_van(client, dossier, waarde)
    assert "Kies een getal van 1 tot en met 5." in fouten(response)
    assert not Stem.objects.exists()
    pagina = html.read(response.content)
    link = next(pagina.one(class_="error-summary").all("a"))["href"]
    assert pagina.one(id=link[1:])["type"] == "radio"


# The cookie


def test_the_cookie_comes_with_the_vote_and_goes_to_these_pages_only(client, dossier):
    assert "kiezer" not in client.get(adres("waarderen", dossier)).cookies
    assert "kiezer" not in stem_van(client, dossier, "x").cookies, "no vote, no cookie"
    koek = stem_van(client, dossier).cookies["kiezer"]
    assert koek["path"] == "/waarderen/"
    assert koek["samesite"] == "Strict"
    assert koek["httponly"]
    assert len(koek.value) >= 32


def test_over_https_the_cookie_is_secure(client, dossier, settings):
    settings.HTTPS = True
    assert stem_van(client, dossier).cookies["kiezer"]["secure"]


def test_the_cookie_is_random_and_stands_nowhere_in_the_database(client, dossier):
    eigen = stem_van(client, dossier).cookies["kiezer"].value
    ander = stem_van(Client(), dossier).cookies["kiezer"].value
    assert eigen != ander
    assert eigen not in str([*Stem.objects.values(), *Poging.objects.values()])


def test_votes_of_one_browser_cannot_be_connected(client, dossier):
    stem_van(client, dossier)
    stem_van(client, make_dossier())
    assert len({stem.kiezer for stem in Stem.objects.all()}) == 2


@pytest.mark.parametrize("waarde", ["x", "é", "x" * 4000, '"\\"'])
def test_a_cookie_that_somebody_made_up_is_a_browser_like_any_other(
    client, dossier, waarde
):
    client.cookies["kiezer"] = waarde
    assert is_bedankt(stem_van(client, dossier))
    assert is_bedankt(stem_van(client, dossier, 1))
    assert Stem.objects.count() == 1


# The average


@pytest.mark.parametrize("aantal", [0, 1, 2])
def test_fewer_than_three_votes_are_not_shown(dossier, lees_gemiddelde, aantal):
    for _ in range(aantal):
        make_stem(dossier, 5)
    assert "van de 5" not in lees_gemiddelde()
    assert "nog te weinig waarderingen" in lees_gemiddelde(adres("waarderen", dossier))
    assert Stem.objects.over(dossier).waardering() is None


def test_from_three_votes_on_the_average_and_the_number_are_shown(
    dossier, lees_gemiddelde
):
    for waarde in (5, 4, 4):
        make_stem(dossier, waarde)
    make_stem(make_dossier(), 1)
    paden = ["", adres("waarderen", dossier), adres("reageren", dossier)]
    for pad in paden:
        tekst = lees_gemiddelde(pad)
        assert "gemiddeld 4,3 van de 5" in tekst
        assert "(3 waarderingen)" in tekst
        assert "Het zegt niets over een erkenning" in tekst


def test_the_form_says_that_a_rating_is_no_recognition(lees_gemiddelde, dossier):
    assert "Het is geen erkenning" in lees_gemiddelde(adres("waarderen", dossier))


def test_three_votes_is_what_the_page_says():
    assert StemQuerySet.GENOEG == 3


def test_a_vote_shows_on_cached_pages_at_most_once_in_ten_minutes(
    client, dossier, django_capture_on_commit_callbacks
):
    voor = read()
    for nummer in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            stem_van(Client(), dossier, ip=f"192.0.2.{nummer}")
    assert read() == Nummers(voor.inhoud, voor.reacties + 1)
    cache.clear()  # as ten minutes do
    with django_capture_on_commit_callbacks(execute=True):
        stem_van(Client(), dossier)
    assert read() == Nummers(voor.inhoud, voor.reacties + 2)


def test_a_vote_for_an_aanpak_changes_nothing_in_its_recognition(client):
    aanpak = Aanpak.objects.get(slug="abcd")
    voor = html.read(client.get("/aanpakken/abcd/").content).one(id="erkenning").text
    for _ in range(3):
        make_stem(aanpak, 5)
    na = html.read(client.get("/aanpakken/abcd/").content).one(id="erkenning").text
    assert voor == na


def test_the_moment_of_a_vote_does_not_count_for_long(client, dossier):
    stem_van(client, dossier)
    Poging.objects.update(op=timezone.now() - timedelta(hours=2))
    stem_van(client, dossier, 1)
    assert Poging.objects.count() == 1
