"""How long a session lasts, where somebody is signed in, and signing out elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client
from django.utils import timezone

from tests import html
from tests.toegang.conftest import PASSWORD, is_in, sign_in
from wijkwijzer.toegang.apparaat import apparaat_van
from wijkwijzer.toegang.models import Sessie

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/1"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Macintosh) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0"
OVERVIEW = "/admin/beveiliging/"


def ago(field: str, **kwargs: int) -> None:
    Sessie.objects.update(**{field: F(field) - timedelta(**kwargs)})


def test_who_does_nothing_for_two_hours_is_out_and_who_works_is_not(user, client):
    sign_in(client)
    ago("gezien_op", minutes=119)
    assert is_in(client)
    # That was seen.
    ago("gezien_op", minutes=119)
    assert is_in(client)
    ago("gezien_op", minutes=121)
    assert not is_in(client)


def test_after_half_a_day_everybody_signs_in_again(user, client):
    sign_in(client)
    ago("begonnen_op", hours=11)
    assert is_in(client)
    ago("begonnen_op", hours=2)
    assert not is_in(client)
    assert sign_in(client).status_code == 302
    assert is_in(client)
    assert Sessie.objects.count() == 1


def test_both_are_settings(user, client, settings):
    settings.SESSIE_STIL = 600
    sign_in(client)
    ago("gezien_op", minutes=11)
    assert not is_in(client)


def test_signing_in_again_makes_another_session(user, client):
    sign_in(client)
    first = client.session.session_key
    sign_in(client)
    assert client.session.session_key != first
    assert not Session.objects.filter(session_key=first).exists()


def test_looking_at_pages_writes_once_a_minute(user, client):
    sign_in(client)
    seen = Sessie.objects.get().gezien_op
    client.get(OVERVIEW)
    assert Sessie.objects.get().gezien_op == seen
    ago("gezien_op", seconds=61)
    client.get(OVERVIEW)
    assert Sessie.objects.get().gezien_op > seen - timedelta(seconds=61)


def test_the_overview_names_devices_and_ends_one_or_all_others(user, client):
    phone, laptop = Client(), Client()
    sign_in(client)
    sign_in(phone, headers={"user-agent": IPHONE})
    sign_in(laptop, headers={"user-agent": FIREFOX})
    page = client.get(OVERVIEW)
    assert "Safari op een iPhone" in page.text
    assert "Firefox op Windows" in page.text
    assert "Plaats onbekend" in page.text
    root = html.read_loosely(page.content)
    forms = [f["action"] for f in root.all("form") if "uitloggen" in f.get("action")]
    assert len(forms) == 3
    sessie = Sessie.objects.get(apparaat__contains="iPhone")
    assert client.post(f"{OVERVIEW}uitloggen/{sessie.pk}/").status_code == 302
    assert [is_in(c) for c in (client, phone, laptop)] == [True, False, True]
    client.post(f"{OVERVIEW}uitloggen/")
    assert [is_in(c) for c in (client, laptop)] == [True, False]
    assert client.get(f"{OVERVIEW}uitloggen/").status_code == 405


def test_the_session_of_somebody_else_cannot_be_ended(user, client, django_user_model):
    sign_in(client)
    other = Client()
    other.force_login(django_user_model.objects.create_user("bas", is_staff=True))
    sessie = Sessie.objects.get(gebruiker=user)
    assert other.post(f"{OVERVIEW}uitloggen/{sessie.pk}/").status_code == 404
    assert is_in(client)


def test_signing_out_ends_this_session_alone(user, client):
    other = Client()
    sign_in(client)
    sign_in(other)
    client.post("/admin/logout/")
    assert not is_in(client)
    assert is_in(other)
    assert Sessie.objects.count() == 1


def test_another_password_signs_the_others_out_and_not_who_chose_it(user, client):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "Vier-losse-woorden-hier"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", data).status_code == 302
    assert is_in(client)
    assert not is_in(other)
    assert Sessie.objects.count() == 1
    assert sign_in(Client(), new).status_code == 302


def test_a_wrong_old_password_ends_nothing(user, client):
    sign_in(client)
    data = {"old_password": "fout", "new_password1": "x", "new_password2": "x"}
    assert client.post("/admin/password_change/", data).status_code == 200
    assert is_in(client)


@pytest.mark.parametrize("page", ["app/", "passkey/"])
def test_who_signed_in_long_ago_signs_in_again_before_changing_it(user, client, page):
    sign_in(client)
    ago("begonnen_op", minutes=31)
    answer = client.get(OVERVIEW + page)
    assert answer.status_code == 302
    form = client.get(answer["Location"])
    assert "Log daarvoor nog een keer in" in form.text
    fields = html.read_loosely(form.content).one("form", id="login-form")
    naar = fields.one("input", name="next")["value"]
    data = {"username": "noor", "password": PASSWORD, "next": naar}
    again = client.post("/admin/login/", data)
    assert again["Location"] == OVERVIEW
    assert client.get(OVERVIEW + page).status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op een iPhone"),
        (EDGE, "Edge op een Mac"),
        ("curl/8", "Onbekend apparaat"),
        ("<script>" * 99, "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
@pytest.mark.once
def test_a_device_is_named_in_words(agent, name):
    assert apparaat_van(agent) == name


def test_what_strangers_leave_behind_is_gone_with_the_next_sign_in(user, client):
    Client().post("/admin/login/passkey/")
    left = Session.objects.get()
    assert left.expire_date < timezone.now() + timedelta(minutes=11)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    sign_in(client)
    assert [*Session.objects.values_list("pk", flat=True)] == [
        client.session.session_key
    ]
    # And that of who is in lasts as long as it may.
    last = Session.objects.get().expire_date
    assert last > timezone.now() + timedelta(hours=11)
