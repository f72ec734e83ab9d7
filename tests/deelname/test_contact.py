"""A question to a contact: mailed once, to nobody else, and never lost."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from tests import factories, html
from tests.deelname.formulieren import (
    fouten,
    ingevuld,
    is_bedankt,
    make_contactpunt,
    make_dossier,
    sleutel,
    vraag_van,
)
from wijkwijzer.core.models import Status
from wijkwijzer.deelname.models import Bericht, Berichtstatus, Poging
from wijkwijzer.deelname.postvak import verstuur
from wijkwijzer.deelname.spam import Formulier
from wijkwijzer.memory.number import read
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

REDACTIE = "redactie@wijkwijzer.example"
PUNT = "advies@organisatie.example"


@pytest.fixture
def punt(settings):
    settings.REDACTIE_EMAIL = REDACTIE
    return make_contactpunt(email=PUNT)


def test_a_question_goes_to_the_contact_and_its_answer_to_who_asked(client, punt):
    assert is_bedankt(vraag_van(client, punt, vraag="Hoe begin ik?\nEn waarmee?"))
    assert mail.outbox == [], "no reader waits for a mail server"
    verstuur()
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
    verstuur()
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


def test_once_it_is_sent_a_question_keeps_nothing_of_who_asked(client, punt):
    vraag_van(client, punt)
    verstuur()
    assert len(mail.outbox) == 1
    bewaard = str([*Poging.objects.values(), *Bericht.objects.values()])
    assert "noor" not in bewaard.lower()
    assert "begin" not in bewaard


def test_an_address_to_answer_to_is_needed(client, punt):
    response = vraag_van(client, punt, email="")
    assert fouten(response) == [
        "Vul je e-mailadres in. Anders kunnen we je niet antwoorden."
    ]
    assert ingevuld(response, "vraag") == "Hoe begin ik?"
    assert not Bericht.objects.exists()


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
    verstuur()
    for bericht in mail.outbox:
        assert bericht.recipients() == [PUNT]
        ontvangen = bericht.message()
        assert not {"Bcc", "Cc"} & {*ontvangen.keys()}
        for naam, waarde in ontvangen.items():
            assert "slachtoffer" not in waarde, naam


def test_markup_in_a_question_is_plain_text_in_the_mail(client, punt):
    vraag_van(client, punt, vraag="<b>Mag 'dit' & dat?</b>")
    verstuur()
    assert "<b>Mag 'dit' & dat?</b>" in mail.outbox[0].body
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_the_same_question_is_mailed_once(client, punt):
    for _ in range(3):
        assert is_bedankt(vraag_van(client, punt))
        verstuur()
    assert len(mail.outbox) == 1


def test_the_same_form_is_one_mail_also_from_elsewhere_and_after_an_hour(client, punt):
    een = sleutel(Formulier.CONTACT)
    for ip in ("192.0.2.1", "198.51.100.7"):
        client.defaults["REMOTE_ADDR"] = ip
        assert is_bedankt(vraag_van(client, punt, sleutel=een))
        Poging.objects.update(op=timezone.now() - timedelta(minutes=61))
        assert is_bedankt(vraag_van(client, punt, sleutel=een))
        verstuur()
    assert len(mail.outbox) == 1


def test_who_goes_back_and_changes_the_question_sends_another(client, punt):
    een = sleutel(Formulier.CONTACT)
    for vraag in ("Hoe begin ik?", "En hoe gaat het verder?"):
        assert is_bedankt(vraag_van(client, punt, sleutel=een, vraag=vraag))
    verstuur()
    assert len(mail.outbox) == 2


def test_five_questions_an_hour(client, punt):
    for nummer in range(5):
        assert is_bedankt(vraag_van(client, punt, vraag=f"Vraag {nummer}?"))
    response = vraag_van(client, punt, vraag="Nog een?")
    assert response.status_code == 429
    assert ingevuld(response, "vraag") == "Nog een?"
    assert Bericht.objects.count() == 5


# When mail does not work


def test_while_mail_is_down_a_question_is_taken_and_waits(client, punt, settings):
    settings.EMAIL_BACKEND = "tests.deelname.test_contact.Kapot"
    response = vraag_van(client, punt)
    assert is_bedankt(response)
    assert "Je vraag is verstuurd" in client.get(response["Location"]).text
    verstuur()
    bericht = Bericht.objects.get()
    assert bericht.status == Berichtstatus.WACHT
    assert "Hoe begin ik?" in bericht.tekst
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Bericht.objects.update(volgende_op=timezone.now())
    verstuur()
    assert [b.to for b in mail.outbox] == [[PUNT]]


def test_who_keeps_asking_while_mail_is_down_meets_the_limit(client, punt, settings):
    settings.EMAIL_BACKEND = "tests.deelname.test_contact.Kapot"
    antwoorden = [
        vraag_van(client, punt, vraag=f"Vraag {n}?").status_code for n in range(6)
    ]
    assert antwoorden == [303] * 5 + [429]


class Kapot(EmailBackend):
    def send_messages(self, berichten):
        raise SMTPServerDisconnected


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
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("reden", ["", "geen adres", "geen mailserver"])
def test_a_dossier_asks_for_questions_only_when_they_lead_somewhere(
    client, punt, settings, reden
):
    if reden == "geen adres":
        punt.email = settings.REDACTIE_EMAIL = ""
        punt.save()
    elif reden:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    dossier = punt.dossiers.get()
    deel = html.read(client.get(dossier.get_absolute_url()).content).one(id="contact")
    assert str(punt.organisatie) in deel.text
    assert any(deel.all("a")) == (not reden)


def test_a_contact_of_a_concept_does_not_exist_for_readers(client):
    punt = make_contactpunt(dossier=make_dossier(status=Status.CONCEPT), email=PUNT)
    assert client.get(f"/contact/{punt.slug}/").status_code == 404
    dossier = make_dossier()
    punt.dossiers.add(dossier)
    assert client.get(f"/contact/{punt.slug}/").status_code == 404, "not published"
    factories.publish(dossier)
    assert client.get(f"/contact/{punt.slug}/").status_code == 200


def test_another_address_of_a_contact_makes_nothing_anew(client, punt):
    voor, stand = read(), current_stand()
    punt.email = "nieuw@organisatie.example"
    punt.save()
    assert read() == voor
    assert current_stand() is stand
    # And still it is where the next question goes.
    vraag_van(client, punt)
    verstuur()
    assert mail.outbox[0].to == ["nieuw@organisatie.example"]


def test_a_contact_that_a_dossier_names_can_be_gone_meanwhile(client, punt):
    pad = f"/contact/{punt.slug}/"
    punt.delete()
    assert client.get(pad).status_code == 404
    assert client.post(pad, {"vraag": "Hoe?"}).status_code == 404
