"""What eight readers come for, by keyboard, on a phone of 360 pixels, in few steps."""

from __future__ import annotations

import re

import pytest
from django.template.defaultfilters import date
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.pages.test_journeys import tab_to

pytestmark = pytest.mark.usefixtures("inhoud")


class Reader:
    """Somebody with a keyboard; counts what they do: a link, a tick, a sent form."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def begins_at(self, path: str) -> None:
        self.page.goto(path)
        self.steps = 0

    def follows(self, path: str) -> None:
        """Go on to the link with this address, or with an address that begins so."""
        self._press(f'main a[href^="{path}"]', "Enter")
        self.page.wait_for_url(re.compile(re.escape(path)))

    def ticks(self, name: str, value: str) -> None:
        self._press(f'input[name="{name}"][value="{value}"]', "Space")

    def presses(self, selector: str) -> None:
        with self.page.expect_navigation():
            self._press(selector, "Enter")

    def types(self, selector: str, text: str) -> None:
        """Fill a field in and send its form."""
        tab_to(self.page, selector)
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.steps += 1

    def _press(self, selector: str, key: str) -> None:
        tab_to(self.page, selector, at_most=200)
        self.page.keyboard.press(key)
        self.steps += 1

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)


@pytest.fixture
def reader(page: Page) -> Reader:
    page.set_viewport_size({"width": 360, "height": 740})
    return Reader(page)


def test_something_for_teenagers_who_hang_around_in_three_steps(reader):
    reader.begins_at("/")
    reader.types("#zoek", "hangjongeren")
    reader.follows("/aanpakken/thuis-op-straat/")
    reader.reads("Thuis op Straat", "4 tot")
    assert reader.steps <= 3


def test_how_sure_it_is_and_until_when_in_one_step_from_the_list(reader):
    reader.begins_at("/aanpakken/?vraagstuk=overlast-en-conflicten")
    reader.follows("/aanpakken/futsal-chabbab/")
    status = reader.page.locator("article .title .badge")
    expect(status).to_contain_text("Goed Onderbouwd")
    expect(status).to_contain_text("waarschijnlijk verlopen sinds juli 2025")
    expect(status).to_be_in_viewport()
    assert reader.steps == 1


def test_three_are_compared_and_sent_with_a_reason_in_six_steps(reader):
    reader.begins_at("/aanpakken/?vraagstuk=overlast-en-conflicten")
    for slug in ("buurtbemiddeling", "futsal-chabbab", "thuis-op-straat"):
        reader.ticks("aanpak", slug)
    reader.presses("#keuze [data-selecteer]")
    reader.types("#waarom-futsal-chabbab", "Er is een zaal in Zuid")
    reader.presses('main a[href*="/vergelijken/"]')
    expect(reader.page.locator(".compare thead th")).to_have_count(3)
    reader.reads("Er is een zaal in Zuid")
    # The address itself can be sent.
    assert "Er+is+een+zaal" in reader.page.url
    assert reader.steps <= 6


def test_what_a_resident_can_do_in_two_steps(reader):
    reader.begins_at("/")
    reader.follows("/aanpakken/?laag=bewoner")
    expect(reader.page.locator("#aantal")).to_contain_text(
        re.compile(r"^\d+ resultaten")
    )
    reader.presses("#resultaten .card-title a")
    reader.reads("Wie doet wat")
    assert reader.steps <= 2


def test_a_dated_overview_for_a_memo_is_what_the_printer_gets(reader):
    reader.begins_at("/")
    reader.follows("/aanpakken/?vraagstuk=eenzaamheid")
    reader.page.emulate_media(media="print")
    reader.reads(
        f"WijkWijzer, {date(timezone.localdate(), 'j F Y')}",
        "Wat speelt er?: Eenzaamheid",
        "/aanpakken/?vraagstuk=eenzaamheid",
    )
    assert reader.steps == 1


def test_what_there_is_in_groningen_in_two_steps(reader):
    reader.begins_at("/")
    reader.types("#zoek", "Groningen")
    reader.follows("/praktijkvoorbeelden/")
    reader.reads("Groningen")
    assert reader.steps <= 2


def test_an_example_of_ones_own_is_two_steps_away(reader):
    reader.begins_at("/praktijkvoorbeelden/")
    reader.follows("/praktijkvoorbeelden/delen/")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.page.locator("main form[method=post]")).to_be_visible()
    assert reader.steps == 1


def test_what_is_new_stands_on_home_with_its_date(reader):
    reader.begins_at("/")
    recent = reader.page.locator("section", has=reader.page.locator("#recent"))
    expect(recent).to_contain_text(re.compile(r"\d{1,2} [a-z]+ 20\d\d"))
