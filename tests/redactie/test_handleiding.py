"""The manual says what is on the screen, to who can do it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from aanpakken.models import Aanpak
from tests import html
from wijkwijzer.core.models import Adrescontrole, Adresstatus
from wijkwijzer.core.rollen import Rol
from wijkwijzer.redactie.handleiding import HOOFDSTUKKEN

pytestmark = pytest.mark.usefixtures("inhoud")

URL = reverse("admin:handleiding")
# Examples of what to write, and not words of the screen.
VOORBEELDEN = {"juni 2022", "2022"}


def screen(name: str) -> str:
    """The address of a screen; of a record, that of one aanpak or account."""
    args = []
    if name in {"aanpakken_aanpak_change", "aanpakken_aanpak_versies"}:
        args = [Aanpak.objects.get(slug="abcd").pk]
    elif name == "auth_user_change":
        args = [User.objects.get().pk]
    # Who is signed in is asked once more only when he comes for that.
    again = "?opnieuw=1" if name == "login" else ""
    return reverse(f"admin:{name}", args=args) + again


@pytest.mark.parametrize("hoofdstuk", HOOFDSTUKKEN, ids=lambda h: h.sleutel)
def test_the_words_in_quotation_marks_are_on_the_screens(admin_client, hoofdstuk):
    # An empty list offers nothing to do.
    Adrescontrole.objects.create(
        adres="https://weg.example/",
        status=Adresstatus.DOOD,
        sinds=timezone.now(),
        bevinding="De pagina is er niet.",
    )
    named = {*re.findall("“(.+?)”", " ".join(hoofdstuk.stappen))} - VOORBEELDEN
    shown = "".join(admin_client.get(screen(s)).text for s in hoofdstuk.schermen)
    words = html.read_loosely(shown.encode()).text
    assert [word for word in sorted(named) if word not in words + shown] == []


def test_every_picture_is_there_and_said_in_words():
    pictures = [h.beeld for h in HOOFDSTUKKEN if h.beeld]
    folder = settings.BASE_DIR / "static"
    assert len(pictures) >= 5
    for picture in pictures:
        assert (folder / picture.bestand).stat().st_size < 150_000
        assert len(picture.alt) > 20


@pytest.mark.parametrize(
    ("rol", "can", "cannot"),
    [
        (Rol.SCHRIJVER, "indienen", "publiceren"),
        (Rol.REDACTEUR, "publiceren", "lezers"),
        (Rol.MODERATOR, "lezers", "schrijven"),
    ],
)
def test_somebody_reads_of_what_he_may_do(client, rol, can, cannot):
    user = User.objects.create_user("iemand", is_staff=True)
    user.groups.add(Group.objects.get(name=rol))
    client.force_login(user)
    page = html.read_loosely(client.get(URL).content)
    chapters = {h2["id"] for h2 in page.all("h2")}
    assert can in chapters
    assert cannot not in chapters
