"""Accounts with and without a second step, and a browser that signs in."""

from __future__ import annotations

import time
from typing import Any

import pyotp
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests import html
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.toegang.geheim import versleutel
from wijkwijzer.toegang.models import Factor, Factorsoort

PASSWORD = "Fietsbel-onder-de-brug"
LOGIN = "/admin/login/"


@pytest.fixture
def user(db) -> User:
    grant_editors()
    user = User.objects.create_user(
        "noor", "noor@voorbeeld.nl", PASSWORD, is_staff=True
    )
    user.groups.add(Group.objects.get(name=REDACTIE))
    return user


@pytest.fixture
def geheim(user) -> str:
    """An app with codes of this user."""
    geheim = pyotp.random_base32()
    Factor.objects.create(
        gebruiker=user,
        soort=Factorsoort.APP,
        naam="App met codes",
        geheim=versleutel(geheim),
    )
    return geheim


@pytest.fixture
def verplicht(settings) -> None:
    settings.MFA_VERPLICHT = True


def code_van(geheim: str, later: int = 0) -> str:
    return pyotp.TOTP(geheim).at(int(time.time()), counter_offset=later)


def wrong_code(geheim: str) -> str:
    right = {code_van(geheim, later) for later in range(-3, 4)}
    return next(c for n in range(9) if (c := f"{n:06}") not in right)


def sign_in(client: Client, password: str = PASSWORD, name: str = "noor", **extra: Any):
    return client.post(LOGIN, {"username": name, "password": password}, **extra)


def heading(response) -> str:
    return html.read_loosely(response.content).one("h1").text


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def codes_on(response) -> list[str]:
    root = html.read_loosely(response.content)
    return [item.text for item in root.one("ul", class_="herstelcodes").all("li")]
