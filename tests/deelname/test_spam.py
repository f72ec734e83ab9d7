"""How often, how fast, from where: what stops robots, and what people notice of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from tests.deelname.formulieren import (
    TEKST,
    fouten,
    ingevuld,
    is_bedankt,
    make_contactpunt,
    make_dossier,
    make_reactie,
    melding_van,
    reactie_van,
    sleutel,
    stem_van,
    voorbeeld_van,
    vraag_van,
)
from tests.deelname.tegelijk import tegelijk
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.models import (
    Bericht,
    Inzending,
    Poging,
    Reactie,
    Reactiemelding,
    Stem,
)
from wijkwijzer.deelname.spam import Formulier, afzender_van

TEGELIJK = 60


@pytest.fixture
def dossier(inhoud):
    return make_dossier()


# The time on a form


@pytest.mark.parametrize(
    ("seconden", "zin"),
    [
        (0, "Dat ging wel erg snel."),
        (1.5, "Dat ging wel erg snel."),
        (24 * 3600 + 5, "Dit formulier stond te lang open."),
    ],
)
@pytest.mark.parametrize("stap", ["voorbeeld", "plaatsen"])
def test_a_form_sent_too_soon_or_too_late_comes_back_filled(
    client, dossier, stap, seconden, zin
):
    oud = sleutel(Formulier.REACTIE, seconden)
    response = reactie_van(client, dossier, stap=stap, sleutel=oud, naam="Noor")
    assert [fout for fout in fouten(response) if fout.startswith(zin)]
    assert ingevuld(response, "tekst") == TEKST
    assert ingevuld(response, "naam") == "Noor"
    assert not Reactie.objects.exists()


def test_after_three_seconds_a_form_that_came_too_soon_passes(client, dossier):
    response = reactie_van(client, dossier, sleutel=sleutel(Formulier.REACTIE, 0))
    nog_eens = ingevuld(response, "sleutel")
    with mock.patch("django.core.signing.time.time", return_value=_straks(4)):
        assert is_bedankt(reactie_van(client, dossier, sleutel=nog_eens))


def test_a_form_that_was_open_for_a_day_passes_with_its_fresh_key(client, dossier):
    oud = sleutel(Formulier.REACTIE, 25 * 3600)
    nieuw = ingevuld(reactie_van(client, dossier, sleutel=oud), "sleutel")
    assert nieuw != oud
    with mock.patch("django.core.signing.time.time", return_value=_straks(4)):
        assert is_bedankt(reactie_van(client, dossier, sleutel=nieuw))


@pytest.mark.parametrize("seconden", [4, 24 * 3600 - 60])
def test_a_form_sent_at_a_human_pace_passes(client, dossier, seconden):
    assert is_bedankt(
        reactie_van(client, dossier, sleutel=sleutel(Formulier.REACTIE, seconden))
    )


def _straks(seconden: float) -> float:
    return timezone.now().timestamp() + seconden


@pytest.mark.parametrize(
    "vervalst",
    [
        "",
        "x",
        "é\u202e",
        "0" * 5000,
        "00000000-0000-4000-8000-000000000000:1tiOyN:afgekeken",
        "van een ander formulier",
    ],
)
def test_a_key_that_is_not_of_this_form_keeps_nothing_and_loses_nothing(
    client, dossier, vervalst
):
    if vervalst == "van een ander formulier":
        vervalst = sleutel(Formulier.STEM)
    response = reactie_van(client, dossier, sleutel=vervalst)
    assert any("te lang open" in fout for fout in fouten(response))
    assert ingevuld(response, "tekst") == TEKST
    assert not Reactie.objects.exists()
    assert spam.lees_sleutel(
        Formulier.REACTIE, ingevuld(response, "sleutel"), timedelta(seconds=-1)
    )


# How often


def test_the_sixth_reaction_in_an_hour_waits_and_comes_back(client, dossier):
    for nummer in range(5):
        assert is_bedankt(reactie_van(client, dossier, tekst=f"reactie {nummer}"))
    response = reactie_van(client, dossier, tekst="een te veel")
    assert response.status_code == 429
    assert any("over een uur" in fout for fout in fouten(response))
    assert ingevuld(response, "tekst") == "een te veel"
    assert Reactie.objects.count() == 5
    assert is_bedankt(reactie_van(client, dossier, tekst="x", ip="198.51.100.7"))


def test_after_an_hour_the_same_sender_may_go_on_and_nothing_of_it_is_left(
    client, dossier
):
    for nummer in range(5):
        reactie_van(client, dossier, tekst=f"reactie {nummer}")
    Poging.objects.update(op=timezone.now() - timedelta(minutes=59))
    assert reactie_van(client, dossier, tekst="nog niet").status_code == 429
    Poging.objects.update(op=timezone.now() - timedelta(minutes=61))
    assert is_bedankt(reactie_van(client, dossier, tekst="nu wel"))
    assert Poging.objects.count() == 1


def test_attempts_of_others_are_deleted_after_an_hour_too(client, dossier):
    reactie_van(client, dossier, ip="198.51.100.7")
    Poging.objects.update(op=timezone.now() - timedelta(minutes=61))
    stem_van(client, dossier)
    assert [poging.soort for poging in Poging.objects.all()] == ["stem"]


@pytest.mark.parametrize(
    ("model", "grens", "zend"),
    [
        (Reactiemelding, 10, lambda c, n: melding_van(c, n[0], reden=f"reden {n[1]}")),
        (Stem, 20, lambda c, n: stem_van(Client(), n[0].onderwerp)),
        (Inzending, 5, lambda c, n: voorbeeld_van(c, naam_voorbeeld=f"v {n[1]}")),
    ],
)
def test_every_form_has_its_limit_per_hour(client, inhoud, model, grens, zend):
    reactie = make_reactie()
    antwoorden = [zend(client, (reactie, nummer)) for nummer in range(grens + 1)]
    assert all(is_bedankt(antwoord) for antwoord in antwoorden[:-1])
    assert antwoorden[-1].status_code == 429
    assert model.objects.count() == grens


def test_a_look_at_the_preview_costs_nothing(client, dossier):
    for _ in range(9):
        assert reactie_van(client, dossier, stap="voorbeeld").status_code == 200
    assert not Poging.objects.exists()


# A form that is work for editors, sent by many


def stuur_voorbeelden(ips, *, elk: int) -> None:
    """From each of these addresses so many examples, one after the other."""
    for ip in ips:
        for nummer in range(elk):
            voorbeeld_van(Client(), ip=ip, naam_voorbeeld=f"{ip} {nummer}")


VEEL = [f"198.51.100.{n}" for n in range(1, 13)]


def test_twelve_senders_do_not_use_up_what_an_honest_reader_may_send(client, inhoud):
    stuur_voorbeelden(VEEL, elk=5)
    assert Inzending.objects.count() == 60
    assert is_bedankt(voorbeeld_van(client, ip="203.0.113.9"))
    assert is_bedankt(voorbeeld_van(client, ip="2001:db8:99::1"))


def test_when_it_is_busy_everybody_sends_one_and_waits_with_the_next(client, inhoud):
    stuur_voorbeelden(VEEL, elk=5)
    voorbeeld_van(client, ip="203.0.113.9")
    response = voorbeeld_van(client, ip="203.0.113.9", naam_voorbeeld="Nog een")
    assert response.status_code == 429
    assert any("heel veel formulieren" in fout for fout in fouten(response))
    assert ingevuld(response, "naam_voorbeeld") == "Nog een"
    assert Inzending.objects.count() == 61


def test_when_it_is_busy_the_same_again_is_still_no_error(client, inhoud):
    stuur_voorbeelden(VEEL, elk=5)
    for _ in range(2):
        assert is_bedankt(voorbeeld_van(client, ip="203.0.113.9"))
    assert Inzending.objects.count() == 61


@pytest.mark.long
def test_one_holder_of_many_ipv6_networks_is_one_sender_when_it_is_busy(client, inhoud):
    """Who rents one machine gets 65 536 networks with it."""
    stuur_voorbeelden(VEEL, elk=5)
    ips = [f"2001:db8:7:{n:x}::1" for n in range(40)]
    stuur_voorbeelden(ips, elk=1)
    assert Inzending.objects.count() == 61
    assert is_bedankt(voorbeeld_van(client, ip="2001:db8:8::1")), "somebody else"


@pytest.mark.long
def test_one_holder_of_many_ipv6_networks_does_not_make_it_busy_for_others(
    client, inhoud
):
    stuur_voorbeelden([f"2001:db8:7:{n:x}::1" for n in range(40)], elk=2)
    assert Inzending.objects.count() == spam.PER_UUR_HOUDER[Formulier.VOORBEELD]
    for nummer in range(5):
        assert is_bedankt(
            voorbeeld_van(client, ip="203.0.113.9", naam_voorbeeld=f"v {nummer}")
        )


def test_people_of_one_organisation_with_ipv6_can_all_send_one(client, inhoud):
    ips = [f"2001:db8:7:{n:x}::1" for n in range(15)]
    for ip in ips:
        assert is_bedankt(voorbeeld_van(Client(), ip=ip, naam_voorbeeld=ip))


# Where from


def afzender(rf, **meta: str) -> str:
    return afzender_van(rf.get("/", **meta)).vandaag


def test_no_address_is_kept_in_any_form(client, dossier):
    reactie_van(client, dossier, ip="192.0.2.99")
    for model in (Poging, Reactie):
        for rij in model.objects.values_list():
            assert "192.0.2.99" not in str(rij)
    assert re.fullmatch("[0-9a-f]{64}", Poging.objects.get().afzender)


def test_the_same_address_is_somebody_else_tomorrow(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.1")
    with mock.patch.object(timezone, "localdate", return_value=date(2026, 3, 4)):
        vandaag = afzender_van(request)
    with mock.patch.object(timezone, "localdate", return_value=date(2026, 3, 5)):
        morgen = afzender_van(request)
    assert vandaag.vandaag != morgen.vandaag
    # For the hour that spans midnight, yesterday is known.
    assert morgen.gisteren == vandaag.vandaag


def test_midnight_does_not_end_the_hour(client, dossier):
    gisteren = timezone.localdate() - timedelta(days=1)
    with mock.patch.object(timezone, "localdate", return_value=gisteren):
        for nummer in range(5):
            assert is_bedankt(reactie_van(client, dossier, tekst=f"reactie {nummer}"))
    assert reactie_van(client, dossier, tekst="na twaalven").status_code == 429
    assert is_bedankt(reactie_van(client, dossier, tekst="reactie 1")), "the same again"
    assert Reactie.objects.count() == 5


def test_the_hash_needs_the_key_of_the_site(rf, settings):
    voor = afzender(rf, REMOTE_ADDR="192.0.2.1")
    settings.SECRET_KEY = "een andere sleutel" * 5
    assert afzender(rf, REMOTE_ADDR="192.0.2.1") != voor


def test_what_a_sender_says_of_its_address_is_believed_of_our_own_proxy_only(
    rf, settings
):
    direct = afzender(rf, REMOTE_ADDR="10.0.0.1")
    vals = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 192.0.2.1"}
    settings.TRUST_PROXY = False
    assert afzender(rf, **vals) == direct
    settings.TRUST_PROXY = True
    assert afzender(rf, **vals) == afzender(rf, REMOTE_ADDR="192.0.2.1")
    anders = {**vals, "HTTP_X_FORWARDED_FOR": "7.7.7.7, 192.0.2.1"}
    assert afzender(rf, **anders) == afzender(rf, **vals), "the sender wrote the rest"


def test_one_house_is_one_sender_also_with_many_addresses(rf):
    huis = {
        afzender(rf, REMOTE_ADDR=f"2001:db8:1:2:{n:x}::{n:x}") for n in range(1, 20)
    }
    assert len(huis) == 1
    assert afzender(rf, REMOTE_ADDR="2001:db8:1:3::1") not in huis
    assert afzender(rf, REMOTE_ADDR="::ffff:192.0.2.1") == afzender(
        rf, REMOTE_ADDR="192.0.2.1"
    )


@pytest.mark.parametrize("adres", ["", "geen adres", "fe80::1%eth0", "\0", "9" * 900])
def test_an_odd_address_is_a_sender_like_any_other(client, dossier, adres):
    assert is_bedankt(reactie_van(client, dossier, ip=adres))


# At the same time


@pytest.mark.long
def test_many_times_the_same_form_in_one_moment_is_one_reaction(own_connections):
    dossier, een = make_dossier(), sleutel(Formulier.REACTIE)
    antwoorden = tegelijk(
        TEGELIJK, lambda client, _: reactie_van(client, dossier, sleutel=een)
    )
    assert {a.status_code for a in antwoorden} == {303}
    assert len({a["Location"] for a in antwoorden}) == 1
    assert Reactie.objects.count() == 1


@pytest.mark.long
def test_many_forms_with_the_same_text_in_one_moment_are_one_reaction(
    own_connections,
):
    dossier = make_dossier()
    sleutels = [sleutel(Formulier.REACTIE) for _ in range(TEGELIJK)]
    antwoorden = tegelijk(
        TEGELIJK, lambda client, n: reactie_van(client, dossier, sleutel=sleutels[n])
    )
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Reactie.objects.count() == 1


def test_the_same_form_from_many_networks_in_one_moment_is_one_reaction(
    own_connections,
):
    dossier, een = make_dossier(), sleutel(Formulier.REACTIE)
    antwoorden = tegelijk(
        50,
        lambda client, n: reactie_van(client, dossier, sleutel=een, ip=f"192.0.2.{n}"),
    )
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Reactie.objects.count() == 1


def test_the_limit_holds_for_forms_in_one_moment(own_connections):
    dossier, een = make_dossier(), sleutel(Formulier.REACTIE)
    antwoorden = tegelijk(
        30, lambda client, n: reactie_van(client, dossier, sleutel=een, tekst=f"r {n}")
    )
    assert sorted(a.status_code for a in antwoorden) == [303] * 5 + [429] * 25
    assert Reactie.objects.count() == 5


def test_two_clicks_of_a_new_voter_in_one_moment_are_one_vote(own_connections):
    dossier, een = make_dossier(), sleutel(Formulier.STEM)
    antwoorden = tegelijk(20, lambda client, _: stem_van(client, dossier, sleutel=een))
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Stem.objects.count() == 1


def test_many_clicks_in_one_moment_are_one_mail(own_connections):
    punt, een = (
        make_contactpunt(email="punt@voorbeeld.example"),
        sleutel(Formulier.CONTACT),
    )
    antwoorden = tegelijk(20, lambda client, _: vraag_van(client, punt, sleutel=een))
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Bericht.objects.count() == 1


def test_many_clicks_in_one_moment_make_one_concept(own_connections):
    een = sleutel(Formulier.VOORBEELD)
    antwoorden = tegelijk(20, lambda client, _: voorbeeld_van(client, sleutel=een))
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Inzending.objects.count() == 1


def test_examples_with_one_name_in_one_moment_are_all_kept(own_connections):
    def zend(client: Client, nummer: int) -> Any:
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{nummer}"
        return voorbeeld_van(client, omschrijving=f"Van {nummer}.")

    antwoorden = tegelijk(12, zend)
    assert all(is_bedankt(antwoord) for antwoord in antwoorden)
    assert Inzending.objects.filter(naam_voorbeeld="Soep op straat").count() == 12
