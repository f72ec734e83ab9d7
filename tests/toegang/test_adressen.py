"""Only these addresses are about signing in, and each asks who somebody is."""

from __future__ import annotations

import os
import sys
from threading import get_native_id

import pytest
from django.apps import apps
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.toegang.conftest import PASSWORD, sign_in
from wijkwijzer.backup import tables
from wijkwijzer.toegang.hashers import NICE, Argon2

# With how they answer a stranger, and who is signed in, to GET.
OPEN = {
    "admin/login/": (200, 302),
    "admin/login/passkey/": (405, 405),
    "admin/wachtwoord/": (200, 200),
    "admin/wachtwoord/mail/": (200, 200),
    "admin/wachtwoord/<uidb64>/<token>/": (200, 200),
}
CLOSED = {
    "admin/logout/": 405,
    "admin/password_change/": 200,
    "admin/password_change/done/": 200,
    "admin/beveiliging/": 200,
    "admin/beveiliging/app/": 200,
    "admin/beveiliging/passkey/": 200,
    "admin/beveiliging/herstelcodes/": 405,
    "admin/beveiliging/<int:pk>/verwijderen/": 404,
    "admin/beveiliging/uitloggen/": 405,
    "admin/beveiliging/uitloggen/<uuid:nummer>/": 405,
}
WORDS = (
    *("login", "logout", "signup", "password", "wachtwoord", "beveiliging"),
    *("account", "mfa", "2fa", "passkey", "sessi", "email", "uitloggen"),
)


def all_addresses(patterns=None, before: str = ""):
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from all_addresses(pattern.url_patterns, route)


def filled(route: str) -> str:
    number = "6f1e5c1e-8c5b-4d7e-9d2a-111111111111"
    for part, value in {
        "<uidb64>": "MQ",
        "<token>": "a-b",
        "<int:pk>": "1",
        "<uuid:nummer>": number,
    }.items():
        route = route.replace(part, value)
    return f"/{route}"


@pytest.mark.once
def test_there_are_no_others():
    found = {
        route
        for route in all_addresses()
        if any(word in route for word in WORDS)
        # The forms of the admin on accounts, for who may.
        and not route.startswith("admin/auth/")
    }
    assert found == OPEN.keys() | CLOSED.keys()


def test_each_answers_strangers_and_who_is_in_as_it_should(user, client):
    client.force_login(user)
    for route, (stranger, known) in OPEN.items():
        assert Client().get(filled(route)).status_code == stranger, route
        assert client.get(filled(route)).status_code == known, route
    for route, known in CLOSED.items():
        answer = Client().get(filled(route))
        assert answer.status_code == 302, route
        assert client.get(filled(route)).status_code == known or "logout" in route
        if known == 405 and "logout" not in route:
            assert Client().post(filled(route)).status_code in {302, 403}, route


def test_no_page_of_it_is_kept_anywhere(user, client):
    client.force_login(user)
    # Django's own form for a password says nothing of anybody.
    for route in (r for r in (*OPEN, *CLOSED) if "password_change" not in r):
        answer = client.get(filled(route))
        if answer.status_code == 200:
            assert (
                "no-store" in answer["Cache-Control"]
                or "private" in (answer["Cache-Control"])
            ), route


def test_an_old_hash_is_read_and_written_anew_with_argon2(db, client, settings):
    settings.PASSWORD_HASHERS = [
        "wijkwijzer.toegang.hashers.Argon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    old = hashers.PBKDF2PasswordHasher().encode(PASSWORD, "zout" * 6, 1000)
    user = User.objects.create(username="noor", password=old, is_staff=True)
    assert sign_in(client).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    # And that ended no session.
    assert client.get("/admin/").status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="of a whole process there")
def test_reckoning_a_password_gives_way_to_readers_and_what_asks_for_it_does_not(
    monkeypatch,
):
    def own() -> int:
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    before, within = own(), []
    monkeypatch.setattr(
        hashers.Argon2PasswordHasher, "verify", lambda *_: within.append(own())
    )
    Argon2().verify(PASSWORD, "")
    assert (within, own()) == ([max(before, NICE)], before)


def test_the_log_says_what_happened_and_to_nobody_by_name(user, geheim, client, caplog):
    sign_in(client, "fout")
    sign_in(client)
    client.post("/admin/login/", {"code": "x"})
    for _ in range(6):
        sign_in(client, "fout")
    told = caplog.text
    for words in (
        "Inloggen mislukt, naam",
        "Tweede stap mislukt, naam",
        "Inloggen te vaak geprobeerd, naam",
    ):
        assert words in told
    client.force_login(user)
    assert "Ingelogd, naam" in caplog.text
    assert "noor" not in caplog.text
    assert "fout" not in caplog.text
    assert "127.0.0.1" not in caplog.text


@pytest.mark.once
def test_a_backup_holds_second_steps_and_no_session_or_try():
    kept = {*tables.kept_models(apps)}
    assert {"toegang.Factor", "toegang.Herstelcode"} <= kept
    assert not {"toegang.Sessie", "toegang.Misgok", "sessions.Session"} & kept
