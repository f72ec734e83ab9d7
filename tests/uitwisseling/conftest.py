"""Small sheets, and an editor who brings them in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import html
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.schrijven import schrijf_csv
from wijkwijzer.uitwisseling.models import Invoer

BEGIN = "/admin/uitwisseling/invoer/"


def csv_van(naam: str, *rijen: dict) -> bytes:
    kolommen = [*rijen[0]]
    return schrijf_csv(
        Blad(naam, kolommen, [[rij.get(k) for k in kolommen] for rij in rijen])
    )


def stuur(client, naam: str, inhoud: bytes, wat: str = "alles"):
    data = {"inhoud": wat, "bestand": SimpleUploadedFile(naam, inhoud)}
    return client.post(BEGIN, data, follow=True)


def laatste() -> Invoer:
    return Invoer.objects.latest("pk")


def bevestig(client, **data):
    invoer = laatste()
    url = reverse("admin:uitwisseling_invoer_bekijk", args=[invoer.token])
    return client.post(url, {"vingerafdruk": invoer.vingerafdruk} | data, follow=True)


def gezegd(response) -> str:
    return " ".join(
        html.read_loosely(response.content).one("div", id="content").text.split()
    )


@pytest.fixture
def redacteur(inhoud, client):
    grant_editors()
    user = User.objects.create_user("redacteur", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    client.force_login(user)
    return client
