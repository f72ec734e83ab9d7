"""An editor makes an aanpak with all its parts in one form, and counts the work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from aanpakken.models import Aanpak, Actor, WerkzaamElement
from kennisdossier.models import Begrip
from tests.core.test_lengte import beheerder, log_in
from tests.meta.test_admin import address

__all__ = ["beheerder", "log_in"]

pytestmark = pytest.mark.usefixtures("inhoud")

# What it took before there were sections: 27 clicks and 26 picks.
CLICKS, PICKS = 27 // 2, 26 // 2

# The name that somebody who does not see a field hears.
UNNAMED = """() => [...document.querySelectorAll(
    'form :is(input:not([type=hidden], [type=submit]), select, textarea), ' +
    '.select2-selection')]
  .filter(field => field.checkVisibility() && !field.ariaLabel &&
    !field.labels?.length && !field.getAttribute('aria-labelledby'))
  .map(field => field.outerHTML)"""


class Writer:
    """Somebody who fills in a form, and how often he must click or pick."""

    def __init__(self, page, how: str) -> None:
        self.page, self.how = page, how
        self.clicks = self.picks = 0

    def click(self, what) -> None:
        self.clicks += 1
        if self.how == "keyboard":
            what.focus()
            self.page.keyboard.press("Enter")
        else:
            what.click()

    def section(self, prefix: str) -> None:
        self.click(self.page.locator(f"#{prefix}-group > summary"))
        expect(self.page.locator(f"#{prefix}-0")).to_be_visible()

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"#id_{name}").fill(text)

    def pick(self, name: str, label: str | None = None, index: int = 1) -> None:
        self.picks += 1
        field = self.page.locator(f"#id_{name}")
        if label is None:
            field.select_option(index=index)
        else:
            field.select_option(label=label)

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


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_an_aanpak_with_all_parts_is_made_with_half_of_the_work(page, log_in, how):
    log_in(page)
    page.goto(address(Aanpak, "add"))
    writer = Writer(page, how)
    actor = Actor.objects.get(slug="bibliotheken")
    element = WerkzaamElement.objects.first()
    writer.fill("naam", "Koffie met de buren")
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).to_have_value("koffie-met-de-buren")
    writer.fill("samenvatting", "Buren drinken samen koffie.")
    writer.pick("rubriek")
    writer.pick("vorm")
    writer.section("doelgroepkoppelingen")
    writer.pick("doelgroepkoppelingen-0-doelgroep")
    writer.fill("doelgroepkoppelingen-0-omschrijving", "Alle buren")
    writer.section("vraagstukkoppelingen")
    writer.pick("vraagstukkoppelingen-0-vraagstuk")
    writer.section("themakoppelingen")
    writer.pick("themakoppelingen-0-thema")
    writer.section("aspectkoppelingen")
    writer.pick("aspectkoppelingen-0-aspect")
    writer.section("feiten")
    writer.pick("feiten-0-soort", "duur")
    writer.fill("feiten-0-tekst", "Duurt een uur")
    writer.fill("feiten-0-bron_url", "https://www.movisie.nl/")
    writer.fill("feiten-0-bron_datum", "juni 2022")
    writer.section("stappen")
    writer.fill("stappen-0-naam", "Zet koffie")
    writer.section("begin")
    writer.pick("begin-0-soort")
    writer.fill("begin-0-tekst", "Nodig je buren uit")
    writer.fill("begin-0-bron_url", "https://www.movisie.nl/")
    writer.section("uitvoeringen")
    writer.fill("uitvoeringen-0-naam", "Jongerenwerkers")
    writer.find("uitvoeringen-0-actor", actor.naam)
    writer.section("elementkoppelingen")
    writer.find("elementkoppelingen-0-element", element.naam)
    writer.section("links")
    writer.fill("links-0-label", "Lees meer")
    writer.fill("links-0-url", "https://www.movisie.nl/")
    assert page.evaluate(UNNAMED) == []
    writer.click(page.locator(".opslaan [name=_save]"))
    page.wait_for_url(re.compile("/admin/aanpakken/aanpak/(\\?|$)"))
    made = Aanpak.objects.get(slug="koffie-met-de-buren")
    assert str(made.feiten.get().bron_datum) == "2022-06"
    assert made.uitvoeringen.get().laag == actor.laag
    assert made.doelgroepkoppelingen.count() == made.stappen.count() == 1
    assert made.elementkoppelingen.get().element == element
    assert writer.clicks <= CLICKS, writer.clicks
    assert writer.picks <= PICKS, writer.picks


def test_where_you_are_stays_after_saving(page, log_in):
    log_in(page)
    aanpak = Aanpak.objects.get(slug="abcd")
    page.goto(address(Aanpak, "change", aanpak.pk))
    page.get_by_role("navigation", name="Onderdelen").get_by_text("Stappen").click()
    expect(page.locator("#id_stappen-0-naam")).to_be_visible()
    page.locator(".opslaan [name=_continue]").click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert page.url.endswith("#sectie-stappen")
    expect(page.locator("#id_stappen-0-naam")).to_be_visible()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(page, log_in):
    log_in(page)
    page.goto(address(Aanpak, "change", Aanpak.objects.get(slug="abcd").pk))
    page.locator("#stappen-group > summary").click()
    page.locator("#id_stappen-0-naam").fill("")
    page.locator(".opslaan [name=_save]").click()
    summary = page.locator(".fouten")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("#id_stappen-0-naam")).to_be_focused()
    # What has the focus is not under the bar with buttons.
    field = page.locator("#id_stappen-0-naam").bounding_box()
    bar = page.locator(".opslaan").bounding_box()
    assert field["y"] + field["height"] <= bar["y"]


@pytest.mark.parametrize("model", [Aanpak, Begrip], ids=lambda m: m.__name__)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_and_a_list_never_scroll_sideways(
    page, log_in, model, width, axe_bevindingen
):
    page.set_viewport_size({"width": width, "height": 740})
    log_in(page)
    for url in (
        address(model, "change", model.objects.first().pk),
        address(model, "changelist"),
        "/admin/admin/logentry/",
    ):
        page.goto(url)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        wide = "e => e.scrollWidth > e.clientWidth"
        assert not page.locator(".results").evaluate_all(f"all => all.some({wide})")
        assert axe_bevindingen(page) == [], url


def test_without_a_script_a_part_is_added_and_saved(
    browser, browser_context_args, base_url, log_in
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url, "java_script_enabled": False}
    )
    page = context.new_page()
    log_in(page)
    begrip = Begrip.objects.filter(verwijzingen=None).first()
    page.goto(address(Begrip, "change", begrip.pk))
    page.get_by_role("button", name="Voeg toe: verwijzing").click()
    page.locator("#id_verwijzingen-0-label").fill("Lees meer")
    page.locator("#id_verwijzingen-0-url").fill("https://www.movisie.nl/")
    page.locator("#id_verwijzingen-0-url").press("Enter")
    page.wait_for_url(re.compile("/admin/kennisdossier/begrip/(\\?|#|$)"))
    assert begrip.verwijzingen.get().label == "Lees meer"
    context.close()
