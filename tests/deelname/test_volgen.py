"""Who follows a list by mail: said yes first, hears each thing once, and can stop."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests import factories, html
from tests.deelname.formulieren import fouten, is_bedankt, sleutel
from wijkwijzer.core.models import Status
from wijkwijzer.deelname import overzicht
from wijkwijzer.deelname.actions.abonnement import VRAGEN_PER_DAG
from wijkwijzer.deelname.bewaren import persoonsgegevens, ruim_op, verwijder_persoon
from wijkwijzer.deelname.models import Abonnement, Bericht
from wijkwijzer.deelname.models.abonnement import BEVESTIG_BINNEN
from wijkwijzer.deelname.overzicht import leg_overzichten_klaar
from wijkwijzer.deelname.postvak import verstuur
from wijkwijzer.deelname.spam import PER_UUR, Formulier
from wijkwijzer.nieuws.sinds import TITELS, nieuw_in
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

NOOR = "noor@voorbeeld.example"
VRAAG = "thema=zeggenschap"
LIJST = f"/volgen/?lijst=aanpakken&{VRAAG}"
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def _elk_uur(monkeypatch):
    monkeypatch.setattr(overzicht, "VANAF_UUR", 0)


def vraag_aan(client: Client, pad: str = LIJST, **velden: Any):
    kop = {"REMOTE_ADDR": velden.pop("ip", "192.0.2.1")}
    data = {"email": NOOR, "ritme": "dag", "sleutel": sleutel(Formulier.VOLGEN)}
    return client.post(pad, data | velden, **kop)


def kies(client: Client, rij: Abonnement, ritme: str):
    data = {"ritme": ritme, "sleutel": sleutel(Formulier.ABONNEMENT)}
    return client.post(f"/volgen/{rij.sleutel}/", data)


def volger(dagen: int = 1, **kwargs: Any) -> Abonnement:
    """Who said yes, and was told of all before so many days ago."""
    vandaag = timezone.localdate()
    gegevens = {
        "email": NOOR,
        "lijst": "aanpakken",
        "ritme": "dag",
        "site": "http://testserver/",
        "gevraagd_op": timezone.now() - 9 * DAG,
        "verteld_tot": vandaag - dagen * DAG,
        "volgende": vandaag,
    }
    return Abonnement.objects.create(**gegevens | kwargs)


def gisteren(naam: str, **kwargs: Any):
    """An aanpak that readers see since yesterday."""
    aanpak = factories.make_aanpak(naam=naam, status=Status.CONCEPT, **kwargs)
    return factories.publish(aanpak, at=timezone.now() - DAG)


def overzichten() -> list[Bericht]:
    leg_overzichten_klaar()
    return [*Bericht.objects.filter(onderwerpregel__startswith="Nieuw:")]


# Say yes first


def test_nothing_is_followed_before_the_address_itself_says_yes(client):
    assert is_bedankt(vraag_aan(client))
    (bericht,) = Bericht.objects.all()
    assert bericht.aan == NOOR
    assert "Aanpakken, Thema: Zeggenschap" in bericht.tekst
    link = re.search(r"http://testserver(/volgen/\S+)", bericht.tekst)[1]
    # Programs that look through mail open every link.
    page = html.read(client.get(link).content)
    assert page.one("input", name="ritme", value="dag").get("checked", None) is not None
    (rij,) = Abonnement.objects.all()
    assert not rij.is_bevestigd
    gisteren("Voor niemand")
    assert overzichten() == []
    assert is_bedankt(kies(client, rij, "week"))
    rij.refresh_from_db()
    assert (rij.is_bevestigd, rij.ritme) == (True, "week")
    assert (rij.lijst, rij.vraag) == ("aanpakken", VRAAG)


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(client):
    volger(vraag=VRAAG, gevraagd_op=timezone.now())
    known = vraag_aan(client)
    unknown = vraag_aan(client, email="nieuw@voorbeeld.example", ip="192.0.2.2")
    assert known.status_code == unknown.status_code == 303
    assert known["Location"] == unknown["Location"]
    assert [b.aan for b in Bericht.objects.all()] == ["nieuw@voorbeeld.example"]


def test_an_address_gets_few_mails_whoever_fills_it_in_and_however(client):
    for nummer, lijst in enumerate(TITELS):
        email = NOOR.upper() if nummer % 2 else NOOR
        pad = f"/volgen/?lijst={lijst}"
        assert is_bedankt(vraag_aan(client, pad, email=email, ip=f"192.0.2.{nummer}"))
    assert len(TITELS) > VRAGEN_PER_DAG
    assert Bericht.objects.count() == Abonnement.objects.count() == VRAGEN_PER_DAG


def test_a_network_can_ask_for_few_addresses(client):
    for nummer in range(PER_UUR[Formulier.VOLGEN]):
        assert is_bedankt(vraag_aan(client, email=f"n{nummer}@voorbeeld.example"))
    response = vraag_aan(client, email="te@veel.example")
    assert response.status_code == 429
    assert "het afgelopen uur" in fouten(response)[0]
    assert not Abonnement.objects.filter(email="te@veel.example").exists()


def test_what_is_asked_and_does_not_exist_is_said_and_not_kept(client):
    pad = f"{LIJST}&doelgroep=bestaatniet&sorteer=naam&pagina=3"
    assert "bestaatniet" in html.read(client.get(pad).content).one("main").text
    vraag_aan(client, pad)
    assert Abonnement.objects.get().vraag == VRAAG
    page = html.read(client.get("/volgen/?lijst=wat").content)
    assert "Die lijst kennen we niet" in page.text


def test_without_a_mail_server_nobody_can_ask(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "kan hier nu niet" in vraag_aan(client).text
    assert not Abonnement.objects.exists()


# What is told


@pytest.mark.parametrize("lijst", [*TITELS])
def test_a_mail_tells_what_was_new_since_the_day_that_was_told_and_only_once(lijst):
    rij = volger(dagen=3, lijst=lijst)
    aanpak = gisteren("Nieuwe aanpak")
    factories.publish(factories.make_aanpak(naam="Nog niet"), at=timezone.now())
    mails = overzichten()
    if lijst in {"aanpakken", "nieuw"}:
        (bericht,) = mails
        assert "Nieuw: Nieuwe aanpak" in bericht.tekst
        assert f"http://testserver{aanpak.get_absolute_url()}" in bericht.tekst
        assert "Nog niet" not in bericht.tekst
    rij.refresh_from_db()
    vandaag = timezone.localdate()
    assert (rij.verteld_tot, rij.volgende) == (vandaag, vandaag + DAG)
    assert len(overzichten()) == len(mails)


@pytest.mark.parametrize("vraag", ["", VRAAG, "soort=interventie", "q=buurt"])
def test_a_mail_has_what_the_feed_with_that_query_has(client, vraag):
    stand = current_stand()
    alles = nieuw_in(stand, "aanpakken", vraag, stand.day - 9999 * DAG, stand.day + DAG)
    feed = client.get(f"/aanpakken/feed.atom?{vraag}&sorteer=recent").content.decode()
    entries = re.findall(r"<entry>.*?<link href=\"http://testserver(\S+?)\"", feed)
    assert entries
    assert [regel.adres for regel in alles.regels] == entries
    assert alles.aantal == len(entries)


def test_a_recognition_that_ended_is_told_on_its_day():
    stand = current_stand()
    entry = factories.make_interventie(naam="Met erkenning", status=Status.CONCEPT)
    factories.make_erkenning(entry, geldig_tot=str(stand.day - 2 * DAG))
    factories.publish(entry, at=timezone.now() - 90 * DAG)
    stand = current_stand()

    def told(van, tot) -> list[str]:
        found = nieuw_in(stand, "interventies", "", van, tot)
        return [regel.titel for regel in found.regels]

    assert "Gewijzigd: Met erkenning" in told(stand.day - DAG, stand.day)
    assert told(stand.day, stand.day + DAG) == []


def test_who_wants_a_mail_a_week_gets_none_before():
    rij = volger(ritme="week", volgende=timezone.localdate() + DAG)
    gisteren("Nieuwe aanpak")
    assert overzichten() == []
    Abonnement.objects.update(volgende=timezone.localdate())
    assert len(overzichten()) == 1
    rij.refresh_from_db()
    assert rij.volgende == timezone.localdate() + 7 * DAG


def test_without_news_there_is_no_mail():
    volger()
    assert overzichten() == []


def test_nobody_gets_more_than_asked_when_a_filter_is_gone():
    volger(vraag="thema=weggehaald")
    gisteren("Nieuwe aanpak")
    assert overzichten() == []


def test_a_list_that_cannot_be_read_stops_no_other_mail(monkeypatch, caplog):
    broken, other = volger(lijst="nieuw"), volger(dagen=3)
    gisteren("Nieuwe aanpak")

    def read(stand, lijst, *rest):
        if lijst == "nieuw":
            raise ValueError("ours")
        return nieuw_in(stand, lijst, *rest)

    monkeypatch.setattr(overzicht, "nieuw_in", read)
    assert len(overzichten()) == 1
    assert f"abonnement {broken.pk}" in caplog.text
    for row in (broken, other):
        row.refresh_from_db()
        assert row.volgende > timezone.localdate()
    # Nothing of it was told, so nothing of it is skipped.
    assert broken.verteld_tot < other.verteld_tot


def test_a_mail_can_be_stopped_by_a_button_and_holds_nothing_to_follow_people():
    rij = volger(dagen=3)
    gisteren("Nieuwe aanpak")
    assert len(overzichten()) == 1
    verstuur()
    (sent,) = mail.outbox
    assert sent.to == [NOOR]
    headers = sent.message()
    stop = f"http://testserver/volgen/{rij.sleutel}/stop/"
    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers.get_content_type() == "text/plain"
    links = re.findall(r"https?://\S+", sent.body)
    own = {link for link in links if str(rij.sleutel) in link}
    assert own == {f"http://testserver/volgen/{rij.sleutel}/"}
    # What left holds nothing of who it went to.
    (bericht,) = Bericht.objects.all()
    assert (bericht.tekst, bericht.aan, bericht.email, bericht.koppen) == (
        "",
        "",
        "",
        {},
    )


# Stop


def test_the_button_of_a_mail_program_stops_it_at_once(client):
    rij, blijft = (
        volger(dagen=3),
        volger(lijst="nieuw", email="ander@voorbeeld.example"),
    )
    gisteren("Nieuwe aanpak")
    overzichten()
    stranger = Client(enforce_csrf_checks=True)
    address = f"/volgen/{rij.sleutel}/stop/"
    assert stranger.post(address, {"iets": "anders"}).status_code == 405
    assert stranger.get(address).status_code == 303
    assert Abonnement.objects.count() == 2
    body = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        assert stranger.post(address, body).status_code == 200
    assert [*Abonnement.objects.all()] == [blijft]
    assert {b.email for b in Bericht.objects.all()} == {"ander@voorbeeld.example"}


def test_who_stops_on_the_page_is_erased(client):
    rij = volger()
    response = kies(client, rij, "stop")
    assert is_bedankt(response)
    assert not Abonnement.objects.exists()
    page = html.read(client.get(response["Location"]).content)
    assert page.one("h1").text == "Je volgt dit niet meer"
    assert client.get(f"/volgen/{rij.sleutel}/").status_code == 404
    assert client.get(f"/volgen/{uuid4()}/").status_code == 404


def test_who_never_said_yes_is_forgotten(client):
    oud = timezone.now() - BEVESTIG_BINNEN
    volger(verteld_tot=None, volgende=None, gevraagd_op=oud)
    nog_niet = volger(
        lijst="nieuw", verteld_tot=None, volgende=None, gevraagd_op=oud + DAG
    )
    wel = volger(lijst="interventies", gevraagd_op=oud)
    assert ruim_op().abonnementen == 1
    assert [*Abonnement.objects.all()] == [nog_niet, wel]
    assert f"binnen {BEVESTIG_BINNEN.days} dagen ja" in client.get("/privacy/").text


def test_a_person_gets_and_erases_what_is_followed():
    volger(vraag=VRAAG)
    (found,) = persoonsgegevens("Noor@Voorbeeld.example").export()["volgt"]
    assert (found["lijst"], found["filters"]) == ("aanpakken", VRAAG)
    assert verwijder_persoon(email=NOOR, by=None).abonnementen == 1
    assert not Abonnement.objects.exists()
