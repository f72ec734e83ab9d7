"""An aanpak from a writer, by a colleague, to a reader, and back: by keyboard.

Nothing goes unseen, and nothing takes more work than it must.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from aanpakken.models import Aanpak
from tests.meta.test_admin import address
from tests.redactie.invullen import Writer
from wijkwijzer.core.rollen import Rol

pytestmark = pytest.mark.usefixtures("inhoud")

NAAM, SLUG = "Xylofoon met de buren", "xylofoon-met-de-buren"
# What it took to write one before there were sections: 27 clicks and 26 picks.
CLICKS, PICKS = 27 // 2, 26 // 2


@pytest.fixture(autouse=True)
def patient():
    """Each button leads to another page, which takes its time on a busy machine."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def becomes(page, settings, base_url):
    """Let the page be of somebody with a role, or of a reader."""

    def becomes(rol: Rol | None) -> None:
        page.context.clear_cookies()
        if rol is None:
            return
        user, _ = User.objects.get_or_create(username=rol.lower(), is_staff=True)
        user.groups.set([Group.objects.get(name=rol)])
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": base_url}])

    return becomes


@pytest.mark.long
def test_an_aanpak_from_a_writer_by_a_colleague_to_a_reader_and_back(page, becomes):
    page.set_default_timeout(30_000)
    keys = Writer(page)
    told = page.locator(".messagelist")

    def opens(rol: Rol) -> None:
        becomes(rol)
        page.goto(reverse("admin:index"))

    def looks_at_what_waits() -> None:
        opens(Rol.REDACTEUR)
        keys.click(page.locator("ul.rijen a", has_text="van een collega"))
        keys.press("link", NAAM)

    def a_reader_finds(lead: str) -> None:
        becomes(None)
        # At once.
        page.goto("/zoeken/?q=xylofoon")
        keys.press("link", NAAM)
        expect(page.locator(".lead")).to_have_text(lead)

    # Written with all its parts in one form, and submitted.
    opens(Rol.SCHRIJVER)
    keys.press("link", "Schrijf een nieuwe aanpak")
    page.wait_for_url(f"**{address(Aanpak, 'add')}")
    keys.clicks = 0
    keys.fill_in_an_aanpak(NAAM, SLUG)
    keys.press("button", "Opslaan en indienen")
    assert keys.clicks <= CLICKS, keys.clicks
    assert keys.picks <= PICKS, keys.picks
    keys.types("Wil je er iets bij zeggen?", "Klopt dit zo?")
    keys.press("button", "Dien in")
    expect(page.locator(".stand")).to_contain_text("Schrijver diende dit in")
    made = Aanpak.objects.get(slug=SLUG)
    assert str(made.feiten.get().bron_datum) == "2022-06"
    uitvoering = made.uitvoeringen.get()
    assert uitvoering.laag == uitvoering.actor.laag
    assert made.doelgroepkoppelingen.count() == made.stappen.count() == 1
    assert made.elementkoppelingen.count() == made.links.count() == 1

    # Found in Vandaag, seen as readers would, and returned.
    looks_at_what_waits()
    expect(page.locator("blockquote")).to_have_text("Klopt dit zo?")
    expect(page.locator("ins", has_text="samen koffie").first).to_be_visible()
    keys.press("link", "Bekijk het voorbeeld")
    for width, screen in ((360, "telefoon"), (1280, "groot scherm")):
        frame = page.frame_locator(f"iframe[title$='{screen}']")
        expect(frame.locator(".preview-bar")).to_contain_text("nog niet gepubliceerd")
        expect(frame.locator(".lead")).to_have_text("Buren drinken samen koffie.")
        assert frame.locator("html").evaluate("() => innerWidth") == width
    page.go_back()
    keys.types("Wat moet er anders?", "Zeg ook hoe vaak.")
    keys.press("button", "Stuur terug")
    expect(told).to_contain_text("is teruggestuurd")

    # Mended, and submitted once more.
    becomes(Rol.SCHRIJVER)
    page.goto(address(Aanpak, "change", made.pk))
    expect(page.locator(".stand")).to_contain_text("Zeg ook hoe vaak.")
    keys.types("Samenvatting", "Buren drinken elke week koffie.")
    keys.press("button", "Opslaan en indienen")
    keys.press("button", "Dien in")
    expect(page.locator(".stand")).to_contain_text("Schrijver diende dit in")

    # Published, and found.
    looks_at_what_waits()
    keys.press("button", "Publiceer")
    expect(told).to_contain_text("lezers zien nu versie 1")
    a_reader_finds("Buren drinken elke week koffie.")

    # Changed for the worse, and back to what it was.
    becomes(Rol.REDACTEUR)
    page.goto(address(Aanpak, "change", made.pk))
    keys.types("Samenvatting", "Koffie.")
    keys.press("button", "Opslaan en publiceren")
    # There is something to say of it first.
    keys.press("button", "Publiceer toch")
    expect(told).to_contain_text("lezers zien nu versie 2")
    page.goto(address(Aanpak, "change", made.pk))
    keys.press("link", "Bekijk wat er veranderde")
    first = page.locator("h2", has_text="Versie 1").locator("xpath=following::button")
    keys.click(first.first)
    expect(told).to_contain_text("De werkversie is nu weer zoals toen (Versie 1")
    keys.press("link", "Nakijken en publiceren")
    keys.press("button", "Publiceer toch")
    expect(told).to_contain_text("lezers zien nu versie 3")
    a_reader_finds("Buren drinken elke week koffie.")
