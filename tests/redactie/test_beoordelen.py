"""From a writer to a reader, in a browser and by keyboard: nothing goes unseen."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import expect

from kennisdossier.models import Begrip
from tests.wholes.begrippen import make_begrip, writer
from wijkwijzer.core.groepen import REDACTIE, grant_editors
from wijkwijzer.redactie.wachtrijen import wachtrijen
from wijkwijzer.wholes.models import Versie

pytestmark = pytest.mark.usefixtures("inhoud")


def editor_in_chief() -> Client:
    grant_editors()
    user = User.objects.create_user("sami", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def becomes(page, settings, base_url):
    """Let the page be of somebody else."""

    def becomes(client: Client) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": base_url}])

    return becomes


def press(page, role: str, name: str) -> None:
    """Go to it with the keyboard, and press Enter."""
    target = page.get_by_role(role, name=name, exact=True).first
    target.focus()
    expect(target).to_be_focused()
    page.keyboard.press("Enter")


def types(page, label: str, text: str) -> None:
    page.get_by_label(label).first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_from_a_writer_by_a_colleague_to_a_reader_by_keyboard(page, becomes, base_url):
    begrip = make_begrip(naam="Buurtsoep")
    noor, sami = writer("noor"), editor_in_chief()
    form = f"{base_url}{noor.url(begrip)}"
    waiting = next(w for w in wachtrijen() if w.sleutel == "beoordelen")

    becomes(noor.client)
    page.goto(form)
    types(page, "Definitie", "Soep die buren samen koken.")
    press(page, "button", "Opslaan en indienen")
    types(page, "Wil je er iets bij zeggen?", "Klopt dit zo?")
    press(page, "button", "Dien in")
    expect(page.locator(".stand")).to_contain_text("Noor diende dit in")

    becomes(sami)
    page.goto(f"{base_url}{waiting.adres}")
    press(page, "link", "Buurtsoep")
    expect(page.locator("blockquote")).to_have_text("Klopt dit zo?")
    expect(page.locator("ins", has_text="Soep die buren")).to_be_visible()
    press(page, "link", "Bekijk het voorbeeld")
    for width in (360, 1280):
        title = "telefoon" if width == 360 else "groot scherm"
        frame = page.frame_locator(f"iframe[title$='{title}']")
        expect(frame.locator(".preview-bar")).to_contain_text("nog niet gepubliceerd")
        expect(frame.locator(".lead")).to_have_text("Soep die buren samen koken.")
        assert frame.locator("html").evaluate("() => innerWidth") == width
    page.go_back()
    types(page, "Wat moet er anders?", "Zeg ook voor wie.")
    press(page, "button", "Stuur terug")
    expect(page.locator(".messagelist")).to_contain_text("is teruggestuurd")

    becomes(noor.client)
    page.goto(form)
    expect(page.locator(".stand")).to_contain_text("Zeg ook voor wie.")
    types(page, "Definitie", "Soep die buren koken voor elkaar.")
    press(page, "button", "Opslaan en indienen")
    press(page, "button", "Dien in")
    expect(page.locator(".stand")).to_contain_text("Noor diende dit in")

    becomes(sami)
    page.goto(f"{base_url}{waiting.adres}")
    press(page, "link", "Buurtsoep")
    press(page, "button", "Publiceer")
    expect(page.locator(".messagelist")).to_contain_text("lezers zien nu versie 1")
    assert Versie.objects.filter(uuid=begrip.uuid).count() == 1
    page.goto(f"{base_url}{Begrip.objects.get(pk=begrip.pk).get_absolute_url()}")
    expect(page.locator(".lead")).to_have_text("Soep die buren koken voor elkaar.")
