"""A question to a contact: mailed once, to nobody else, and never lost."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend

from kennisdossier import actions
from kennisdossier.models import Poging
from kennisdossier.spam import Soort
from tests import html
from tests.kennisdossier.formulieren import (
    fouten,
    ingevuld,
    is_bedankt,
    make_contactpunt,
    make_dossier,
    sleutel,
    vraag_van,
)
from wijkwijzer.core.models import Status

pytestmark = pytest.mark.usefixtures("inhoud")

REDACTIE = "redactie@wijkwijzer.example"
PUNT = "advies@organisatie.example"


@pytest.fixture(autouse=True)
def schone_cache():
    cache.clear()


@pytest.fixture
def punt(settings):
    settings.REDACTIE_EMAIL = REDACTIE
    return make_contactpunt(email=PUNT)


def test_a_question_goes_to_the_contact_and_its_answer_to_who_asked(client, punt):
    assert is_bedankt(vraag_van(client, punt, vraag="Hoe begin ik?\nEn waarmee?"))
    (bericht,) = mail.outbox
    assert bericht.to == [PUNT]
    assert bericht.reply_to == ["noor@voorbeeld.example"]
    assert bericht.from_email != "noor@voorbeeld.example"
    assert "Hoe begin ik?\nEn waarmee?" in bericht.body
    assert "Noor" in bericht.body
    assert not bericht.cc
    assert not bericht.bcc


def test_without_an_address_of_the_contact_it_goes_to_the_editors(client, punt):
    punt.email = ""
    punt.save()
    assert is_bedankt(vraag_van(client, punt))
    assert mail.outbox[0].to == [REDACTIE]


def test_the_address_of_a_contact_is_shown_nowhere(client, punt):
    pad = f"/contact/{punt.slug}/"
    antwoorden = [
        client.get(pad),
        client.get(f"{pad}?verstuurd=ja"),
        vraag_van(client, punt, email="fout"),
        client.get(punt.dossiers.get().get_absolute_url()),
    ]
    for antwoord in antwoorden:
        assert PUNT.encode() not in antwoord.content


def test_a_question_keeps_nothing_of_who_asked(client, punt):
    vraag_van(client, punt)
    poging = str([*Poging.objects.values()])
    assert "noor" not in poging.lower()
    assert "begin" not in poging


def test_an_address_to_answer_to_is_needed(client, punt):
    response = vraag_van(client, punt, email="")
    assert fouten(response) == [
        "Vul je e-mailadres in. Anders kunnen we je niet antwoorden."
    ]
    assert ingevuld(response, "vraag") == "Hoe begin ik?"
    assert mail.outbox == []


@pytest.mark.parametrize("veld", ["naam", "email", "vraag"])
@pytest.mark.parametrize(
    "kwaad",
    [
        "x\nBcc: slachtoffer@elders.example",
        "x\r\nBcc: slachtoffer@elders.example",
        "x\u2028Bcc: slachtoffer@elders.example",
        "x%0aBcc: slachtoffer@elders.example",
        "noor@voorbeeld.example\nCc: slachtoffer@elders.example",
        "noor@voorbeeld.example, slachtoffer@elders.example",
    ],
)
def test_no_header_can_be_added_to_the_mail(client, punt, veld, kwaad):
    vraag_van(client, punt, **{veld: kwaad})
    for bericht in mail.outbox:
        assert bericht.recipients() == [PUNT]
        ontvangen = bericht.message()
        assert not {"Bcc", "Cc"} & {*ontvangen.keys()}
        for naam, waarde in ontvangen.items():
            assert "slachtoffer" not in waarde, naam


def test_markup_in_a_question_is_plain_text_in_the_mail(client, punt):
    vraag_van(client, punt, vraag="<b>Mag 'dit' & dat?</b>")
    assert "<b>Mag 'dit' & dat?</b>" in mail.outbox[0].body
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_the_same_question_is_mailed_once(client, punt):
    for _ in range(3):
        assert is_bedankt(vraag_van(client, punt))
    assert len(mail.outbox) == 1


def test_five_questions_an_hour(client, punt):
    for nummer in range(5):
        assert is_bedankt(vraag_van(client, punt, vraag=f"Vraag {nummer}?"))
    response = vraag_van(client, punt, vraag="Nog een?")
    assert response.status_code == 429
    assert ingevuld(response, "vraag") == "Nog een?"
    assert len(mail.outbox) == 5


# When mail does not work


@pytest.fixture
def kapotte_mail():
    with mock.patch.object(
        EmailBackend, "send_messages", side_effect=SMTPServerDisconnected
    ) as kapot:
        yield kapot


@pytest.mark.parametrize("fout", [SMTPException, ConnectionRefusedError, TimeoutError])
def test_a_question_that_could_not_be_mailed_comes_back(
    client, punt, kapotte_mail, fout
):
    kapotte_mail.side_effect = fout
    response = vraag_van(client, punt)
    assert response.status_code == 503
    assert any("onze mail werkt nu niet" in fout for fout in fouten(response))
    assert ingevuld(response, "vraag") == "Hoe begin ik?"
    assert ingevuld(response, "email") == "noor@voorbeeld.example"


def test_the_log_says_that_mail_fails_and_names_nobody(
    client, punt, kapotte_mail, caplog
):
    kapotte_mail.side_effect = SMTPRecipientsRefused({PUNT: (550, b"weg")})
    vraag_van(client, punt)
    assert "niet verstuurd: SMTPRecipientsRefused" in caplog.text
    assert PUNT not in caplog.text
    assert "noor" not in caplog.text


def test_a_question_that_came_back_can_be_sent_again(client, punt, kapotte_mail):
    response = vraag_van(client, punt)
    kapotte_mail.side_effect = lambda berichten: len(berichten)
    assert is_bedankt(vraag_van(client, punt, sleutel=ingevuld(response, "sleutel")))
    assert kapotte_mail.call_count == 2


def test_who_keeps_trying_while_mail_is_down_meets_the_limit(
    client, punt, kapotte_mail
):
    antwoorden = [vraag_van(client, punt).status_code for _ in range(6)]
    assert antwoorden == [503] * 5 + [429]


def test_a_second_click_is_not_thanked_for_mail_that_fails(
    client, punt, kapotte_mail, monkeypatch
):
    """The second request comes while the first is still talking to the mail server."""
    monkeypatch.setattr(actions, "WACHTTIJD", 0.0)
    monkeypatch.setattr(actions, "WACHTSTAP", 0.0)
    een, tweede = sleutel(Soort.CONTACT), []

    def mislukt(berichten):
        tweede.append(vraag_van(client, punt, sleutel=een))
        raise SMTPServerDisconnected

    kapotte_mail.side_effect = mislukt
    assert vraag_van(client, punt, sleutel=een).status_code == 503
    assert [antwoord.status_code for antwoord in tweede] == [503]
    assert ingevuld(tweede[0], "vraag") == "Hoe begin ik?"


def test_a_second_click_waits_until_the_mail_of_the_first_has_left(
    client, punt, kapotte_mail, monkeypatch
):
    een, tweede = sleutel(Soort.CONTACT), []

    def klaar(seconden):
        Poging.objects.update(afgerond=True)

    def verstuur(berichten):
        tweede.append(vraag_van(client, punt, sleutel=een))
        return len(berichten)

    monkeypatch.setattr(actions.time, "sleep", klaar)
    kapotte_mail.side_effect = verstuur
    assert is_bedankt(vraag_van(client, punt, sleutel=een))
    assert is_bedankt(tweede[0])
    assert kapotte_mail.call_count == 1


@pytest.mark.parametrize("reden", ["geen adres", "geen mailserver"])
def test_when_a_question_would_lead_nowhere_the_page_says_so(
    client, punt, settings, reden
):
    if reden == "geen adres":
        punt.email = settings.REDACTIE_EMAIL = ""
        punt.save()
    else:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    response = client.get(f"/contact/{punt.slug}/")
    hoofd = html.read(response.content).one("main")
    assert "Je kunt hier nu geen vraag stellen" in hoofd.text
    assert not any(hoofd.all("form"))
    assert not response.cookies
    laat = vraag_van(client, punt, vraag="Al geschreven vraag")
    assert laat.status_code == 200
    assert "Al geschreven vraag" in html.read(laat.content).one("main").text
    assert mail.outbox == []


def test_a_contact_of_a_concept_does_not_exist_for_readers(client):
    punt = make_contactpunt(dossier=make_dossier(status=Status.CONCEPT), email=PUNT)
    assert client.get(f"/contact/{punt.slug}/").status_code == 404
    punt.dossiers.add(make_dossier())
    punt.dossiers.add(make_dossier())
    assert client.get(f"/contact/{punt.slug}/").status_code == 200
