"""The kennisdossier by keyboard and without JavaScript: terms, the map, questions."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.pages.test_journeys import tab_to

pytestmark = pytest.mark.usefixtures("inhoud")

DOSSIER = "/kennisdossier/samenlevingsopbouw/"


# Playwright cannot switch JavaScript off in the Firefox of the system.
@pytest.fixture(
    params=[
        pytest.param("with JavaScript", marks=pytest.mark.firefox),
        "without JavaScript",
    ]
)
def phone(request, browser, browser_context_args, base_url):
    context = browser.new_context(
        **browser_context_args
        | {
            "base_url": base_url,
            "viewport": {"width": 320, "height": 640},
            "java_script_enabled": request.param == "with JavaScript",
        }
    )
    yield context.new_page()
    context.close()


def test_a_term_opens_and_closes_by_keyboard_and_keeps_the_focus(phone):
    phone.goto(DOSSIER)
    button = phone.get_by_role("button", name="Wat is bonding?")
    definition = phone.locator("#begrip-bonding")
    expect(definition).to_be_hidden()
    button.focus()
    phone.keyboard.press("Enter")
    expect(definition).to_be_visible()
    expect(definition).to_contain_text("familie")
    phone.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(button).to_be_focused()


def test_an_open_term_fits_on_a_small_screen(phone):
    phone.goto(DOSSIER)
    phone.get_by_role("button", name="Wat is bridging?").click()
    box = phone.locator("#begrip-bridging").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_from_the_map_to_an_example_and_its_gemeente_by_keyboard(phone):
    phone.goto("/praktijkvoorbeelden/")
    tab_to(phone, "svg a[aria-label^='Utrecht: 4']")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status")).to_have_text("4 resultaten gevonden")
    tab_to(phone, "h3 a[href$='/in-beeld-overvecht/']")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("In Beeld")
    tab_to(phone, "a[href$='/gemeenten/utrecht/']")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Wat gebeurt er in Utrecht?"
    )


def test_a_question_opens_by_keyboard(phone):
    phone.goto("/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/vragen/")
    question = phone.locator("#vraag-4 summary")
    answer = phone.locator("#vraag-4 p").first
    expect(answer).to_be_hidden()
    question.focus()
    phone.keyboard.press("Enter")
    expect(answer).to_be_visible()


def test_a_wide_table_scrolls_by_itself_and_is_whole_on_paper(
    page, axe_bevindingen, schermafdruk
):
    head = "".join(f"<th>Kolom {n}</th>" for n in range(7))
    row = "".join(f"<td>Ontmoetingsplek {n}</td>" for n in range(7))
    artikel = factories.make_artikel(
        tekst=f'<table><caption>Wie &amp; "wat"</caption><tr>{head}</tr>'
        f"<tr>{row}</tr></table><p>Bel <a href='tel:0201234567'>ons</a>.</p>"
    )
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(artikel.dossier.get_absolute_url())
    table = page.get_by_role("group", name='Tabel: Wie & "wat"')
    expect(table.get_by_role("columnheader")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
    assert axe_bevindingen(page) == []
    schermafdruk(page, "tabel-360")
    page.emulate_media(media="print")
    expect(table).to_have_css("overflow-x", "visible")
