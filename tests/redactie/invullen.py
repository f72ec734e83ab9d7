"""Filling in the form of an aanpak with all its parts, by keyboard, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from aanpakken.models import Actor, WerkzaamElement

# The name that somebody who does not see a field hears.
UNNAMED = """() => [...document.querySelectorAll(
    'form :is(input:not([type=hidden], [type=submit]), select, textarea), ' +
    '.select2-selection')]
  .filter(field => field.checkVisibility() && !field.ariaLabel &&
    !field.labels?.length && !field.getAttribute('aria-labelledby'))
  .map(field => field.outerHTML)"""


class Writer:
    """Somebody who works by keyboard, and how often he must press or pick."""

    def __init__(self, page) -> None:
        self.page = page
        self.clicks = self.picks = 0

    def press(self, role: str, name: str) -> None:
        self.click(self.page.get_by_role(role, name=name, exact=True).first)

    def click(self, what) -> None:
        self.clicks += 1
        what.focus()
        expect(what).to_be_focused()
        self.page.keyboard.press("Enter")

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def section(self, prefix: str) -> None:
        self.click(self.page.locator(f"#{prefix}-group > summary"))
        expect(self.page.locator(f"#{prefix}-0")).to_be_visible()

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"#id_{name}").focus()
        self.page.keyboard.type(text)

    def pick(self, name: str, label: str = "") -> None:
        """By the first letters of what it is called, or the first there is."""
        self.picks += 1
        field = self.page.locator(f"#id_{name}")
        field.focus()
        if label:
            self.page.keyboard.type(label)
            expect(field.locator("option:checked")).to_have_text(label)
        else:
            self.page.keyboard.press("ArrowDown")
            expect(field).not_to_have_value("")

    def find(self, name: str, text: str) -> None:
        """In a list that searches while you type."""
        self.picks += 1
        field = self.page.locator(f"#id_{name}")
        box = field.locator("xpath=..").get_by_role("combobox")
        box.first.focus()
        many = field.evaluate("field => field.multiple")
        if not many:
            self.page.keyboard.press("Enter")
        self.page.keyboard.type(text)
        # What Enter takes: not yet the right one while the list is searched.
        exact = re.compile(f"^{re.escape(text)}$")
        first = self.page.locator(".select2-results__option--highlighted")
        expect(first.filter(has_text=exact)).to_be_visible()
        self.page.keyboard.press("Enter")

    def fill_in_an_aanpak(self, naam: str, slug: str) -> None:
        """All that it can have, each once."""
        page = self.page
        self.fill("naam", naam)
        page.keyboard.press("Tab")
        expect(page.locator("#id_slug")).to_have_value(slug)
        self.fill("samenvatting", "Buren drinken samen koffie.")
        self.pick("rubriek")
        self.pick("vorm")
        self.section("doelgroepkoppelingen")
        self.pick("doelgroepkoppelingen-0-doelgroep")
        self.fill("doelgroepkoppelingen-0-omschrijving", "Alle buren")
        self.section("vraagstukkoppelingen")
        self.pick("vraagstukkoppelingen-0-vraagstuk")
        self.section("themakoppelingen")
        self.pick("themakoppelingen-0-thema")
        self.section("aspectkoppelingen")
        self.pick("aspectkoppelingen-0-aspect")
        self.section("feiten")
        self.pick("feiten-0-soort", "duur")
        self.fill("feiten-0-tekst", "Duurt een uur")
        self.fill("feiten-0-bron_url", "https://www.movisie.nl/")
        self.fill("feiten-0-bron_datum", "juni 2022")
        self.section("stappen")
        self.fill("stappen-0-naam", "Zet koffie")
        self.section("begin")
        self.pick("begin-0-soort")
        self.fill("begin-0-tekst", "Nodig je buren uit")
        self.fill("begin-0-bron_url", "https://www.movisie.nl/")
        self.section("uitvoeringen")
        self.fill("uitvoeringen-0-naam", "Jongerenwerkers")
        self.find("uitvoeringen-0-actor", Actor.objects.get(slug="bibliotheken").naam)
        self.section("elementkoppelingen")
        self.find("elementkoppelingen-0-element", WerkzaamElement.objects.first().naam)
        self.section("links")
        self.fill("links-0-label", "Lees meer")
        self.fill("links-0-url", "https://www.movisie.nl/")
        assert page.evaluate(UNNAMED) == []
