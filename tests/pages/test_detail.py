"""The page of an aanpak in a browser: how soon it says something, and out loud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from tests import factories
from wijkwijzer.wholes.current import current_stand

PHONE = {"width": 360, "height": 740}
SCREENS = 1.5

pytestmark = pytest.mark.usefixtures("inhoud")

SPOKEN = """window.heard = [];
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'en-GB' }, { lang: 'nl-NL', name: 'Anna' }],
  speak: said => { window.said = said; heard.push(said.text); },
  cancel: () => heard.push(null),
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""


@pytest.fixture
def easy() -> str:
    """The address of an aanpak that is told in easy words too."""
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.eenvoudig = "Je kijkt wat mensen kunnen. Dan maak je samen een plan."
    aanpak.save()
    return factories.publish(aanpak).get_absolute_url()


def test_on_a_phone_every_aanpak_tells_how_it_works_within_a_screen_and_a_half(
    visit: Page,
):
    visit.set_viewport_size(PHONE)
    places = {}
    for aanpak in current_stand().all(AanpakDocument):
        visit.goto(aanpak.get_absolute_url())
        box = visit.locator("#omschrijving h2").bounding_box()
        places[aanpak.slug] = box["y"] / PHONE["height"]
    assert len(places) == 21
    assert {slug: y for slug, y in places.items() if y > SCREENS} == {}


def test_the_contents_are_folded_on_a_phone_and_open_beside_the_text(visit: Page):
    visit.goto("/aanpakken/abcd/")
    link = visit.get_by_role("navigation", name="Op deze pagina").get_by_role(
        "link", name="Zo werkt het"
    )
    expect(link).to_be_visible()
    visit.set_viewport_size(PHONE)
    expect(link).to_be_hidden()
    visit.locator(".toc summary").click()
    link.click()
    assert visit.url.endswith("#omschrijving")


def test_a_text_is_read_aloud_stops_and_begins_again(page: Page, easy: str):
    page.add_init_script(SPOKEN)
    page.goto(easy)
    page.get_by_text("In eenvoudige taal").click()
    status = page.locator(".easy [role=status]")
    page.get_by_role("button", name="Lees voor").click()
    said = page.evaluate("[said.text, said.lang, said.voice.name]")
    assert said == [
        "Je kijkt wat mensen kunnen. Dan maak je samen een plan.",
        "nl-NL",
        "Anna",
    ]
    expect(status).to_have_text("Wordt voorgelezen")
    page.get_by_role("button", name="Stop met voorlezen").click()
    expect(status).to_have_text("Gestopt met voorlezen")
    # The end that the voice tells of afterwards changes nothing.
    page.evaluate("said.onend()")
    expect(status).to_have_text("Gestopt met voorlezen")
    page.get_by_role("button", name="Lees voor").click()
    assert page.evaluate("heard.filter(Boolean).length") == 2
    page.evaluate("said.onend()")
    expect(status).to_have_text("Klaar met voorlezen")
    expect(page.get_by_role("button", name="Lees voor")).to_be_visible()


def test_a_browser_without_a_voice_has_no_button_to_read_aloud(page: Page, easy: str):
    page.add_init_script(
        "Object.defineProperty(window, 'speechSynthesis', { value: undefined })"
    )
    page.goto(easy)
    page.get_by_text("In eenvoudige taal").click()
    expect(page.get_by_text("Je kijkt wat mensen kunnen.")).to_be_visible()
    expect(page.get_by_role("button", name="Lees voor")).to_have_count(0)


def test_easy_words_and_what_is_folded_are_accessible_open(
    visit: Page, easy: str, axe_bevindingen
):
    visit.set_viewport_size(PHONE)
    visit.goto(easy)
    for summary in visit.locator("article summary, .toc summary").all():
        summary.click()
    expect(visit.locator("#over dl").first).to_be_visible()
    for scheme in ("light", "dark"):
        visit.emulate_media(color_scheme=scheme)
        assert axe_bevindingen(visit) == []
