"""A new password by mail: nobody is told who has an account."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.toegang.conftest import LOGIN, PASSWORD, heading, is_in, sign_in
from wijkwijzer.deelname.bewaren import persoonsgegevens
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.deelname.postvak import verstuur

FORGOT = "/admin/wachtwoord/"
NEW = "Vier-losse-woorden-hier"


def ask(client: Client, email: str = "noor@voorbeeld.nl"):
    return client.post(FORGOT, {"email": email}, follow=True)


def link() -> str:
    found = re.search(
        r"http://testserver(/admin/wachtwoord/\S+)", Bericht.objects.get().tekst
    )
    assert found
    return found[1]


def choose(client: Client, url: str, password: str = NEW):
    form = client.get(url, follow=True)
    path = form.redirect_chain[-1][0] if form.redirect_chain else url
    data = {"new_password1": password, "new_password2": password}
    return client.post(path, data, follow=True)


def test_the_mail_leads_to_a_new_password_and_everywhere_signed_out(user, client):
    other = Client()
    sign_in(other)
    assert heading(ask(client)) == "Kijk in je mail"
    verstuur()
    [sent] = mail.outbox
    assert sent.to == ["noor@voorbeeld.nl"]
    assert "werkt een uur" in sent.body
    url = re.search(r"http://testserver(\S+)", sent.body)[1]
    page = choose(client, url)
    assert "Je nieuwe wachtwoord is opgeslagen" in page.text
    assert not is_in(client)
    assert not is_in(other)
    assert sign_in(client, PASSWORD).status_code == 200
    assert sign_in(client, NEW).status_code == 302


def test_the_second_step_stays(user, geheim, client):
    ask(client)
    choose(client, link())
    assert heading(sign_in(client, NEW)) == "Tweede stap"
    assert not is_in(client)


def test_the_answer_is_the_same_for_who_has_no_account(user, client):
    User.objects.create_user("lezer", "lezer@voorbeeld.nl", PASSWORD)
    pages, costs = [], []
    for email in ("noor@voorbeeld.nl", "niemand@voorbeeld.nl", "lezer@voorbeeld.nl"):
        with CaptureQueriesContext(connection) as queries:
            page = ask(Client(), email)
        pages.append(re.sub(r'value="[^"]+"', "", page.text))
        costs.append(len(queries))
    assert pages[0] == pages[1] == pages[2]
    # One row more for who gets a mail: less than a millisecond.
    assert costs[0] - costs[1] <= 3
    assert Bericht.objects.count() == 1


def test_after_five_for_one_address_no_mail_is_made_and_the_answer_is_the_same(
    user, client
):
    pages = [heading(ask(client)) for _ in range(8)]
    assert {*pages} == {"Kijk in je mail"}
    assert Bericht.objects.count() == 5


def test_a_link_works_once_and_for_an_hour(user, client, settings):
    ask(client)
    url = link()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Deze link werkt niet meer" in client.get(url).text
    settings.PASSWORD_RESET_TIMEOUT = 3600
    choose(client, url)
    assert "Deze link werkt niet meer" in Client().get(url, follow=True).text


def test_a_password_that_can_be_guessed_is_refused_here_too(user, client):
    ask(client)
    page = choose(client, link(), "Welkom2026!!")
    assert "makkelijk te raden" in page.text
    assert sign_in(client).status_code == 302


def test_editors_cannot_get_the_link_of_a_colleague(user, client):
    ask(client)
    tekst = Bericht.objects.get().tekst
    client.force_login(user)
    bericht = Bericht.objects.get()
    page = client.get(f"/admin/deelname/bericht/{bericht.pk}/change/")
    assert page.status_code == 200
    assert link() not in page.text
    assert tekst not in str(persoonsgegevens("noor@voorbeeld.nl").export())


def test_where_no_mail_goes_the_page_says_whom_to_ask(user, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "kan geen mail versturen" in client.get(FORGOT).text
    ask(client)
    assert not Bericht.objects.exists()


def test_the_page_to_sign_in_leads_there(db, client):
    assert f'href="{FORGOT}"' in client.get(LOGIN).text


@pytest.mark.parametrize("email", ["", "geen adres", "a@b\r\nBcc: x@y.nl"])
def test_what_is_no_address_is_told(user, client, email):
    assert "Vul een e-mailadres in" in ask(client, email).text
    assert not Bericht.objects.exists()
