"""From the list to an aanpak: by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("inhoud")


def tab_to(page, selector: str, at_most: int = 120) -> None:
    """Press Tab until an element has focus, which must be visible all the way."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """selector => {
              const e = document.activeElement, box = e.getBoundingClientRect();
              const style = getComputedStyle(e);
              return {
                found: e.matches(selector),
                name: e.outerHTML.slice(0, 120),
                seen: box.width > 0 && box.height > 0,
                outline: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
              };
            }""",
            selector,
        )
        assert focus["seen"], focus["name"]
        if focus["found"]:
            return
    raise AssertionError(f"no {selector} within {at_most} times Tab")


# Playwright cannot switch JavaScript off in the Firefox of the system, nor print there.
@pytest.fixture(
    params=[
        pytest.param("with JavaScript", marks=pytest.mark.firefox),
        "without JavaScript",
    ]
)
def reader(request, browser, browser_context_args, base_url):
    """A page in a context of its own."""
    context = browser.new_context(
        **browser_context_args
        | {
            "base_url": base_url,
            "java_script_enabled": request.param == "with JavaScript",
        }
    )
    yield context.new_page()
    context.close()


@pytest.mark.firefox
def test_a_reader_finds_an_aanpak_with_the_keyboard_alone(page):
    page.goto("/aanpakken/")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    expect(first).to_have_text("Ga direct naar de inhoud")
    expect(first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    tab_to(page, "input[name=doelgroep][value=ouderen]")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Ouderen")).to_be_checked()
    tab_to(page, "#filters button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.locator("#aantal")).to_have_text("2 resultaten gevonden")
    expect(page).to_have_url(re.compile(r"/aanpakken/\?.*\bdoelgroep=ouderen"))

    # Shared, the address shows the same; its second skip link passes the filters.
    page.goto(page.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ga naar de zoekresultaten")
    page.keyboard.press("Enter")
    expect(page.locator("#resultaten")).to_be_focused()
    tab_to(page, "a[href='/aanpakken/goldensports/']", at_most=10)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("GoldenSports")


def test_a_reader_filters_and_opens_an_aanpak(reader):
    reader.goto("/")
    reader.get_by_role("link", name="Bekijk alle 21 aanpakken").click()
    # With its font: what moves between looking and pressing is missed.
    reader.wait_for_url("**/aanpakken/")
    reader.get_by_role("checkbox", name="Zeggenschap en eigenaarschap").check()
    reader.get_by_label("Leeftijd").fill("14")
    reader.get_by_role("button", name="Toon resultaten").click()
    expect(reader.locator("#aantal")).to_contain_text("gevonden")

    chip = reader.get_by_role("link", name="Verwijder filter 14 jaar")
    chip.click()
    expect(reader.get_by_role("link", name="Verwijder filter 14 jaar")).to_have_count(0)
    box = reader.get_by_role("checkbox", name="Zeggenschap en eigenaarschap")
    expect(box).to_be_checked()

    reader.get_by_role("link", name="Wis alle filters").click()
    expect(reader.locator("#aantal")).to_have_text("21 resultaten gevonden")
    reader.get_by_role("link", name="Right to challenge").first.click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("hallenge")


def test_a_reader_on_a_phone_opens_menu_and_filters(reader):
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto("/aanpakken/")
    toggle = reader.locator("[data-toggle=filters]")
    expect(toggle).to_be_visible()
    toggle.click()
    box = reader.get_by_role("checkbox", name="Ouderen")
    expect(box).to_be_visible()
    box.check()
    reader.get_by_role("button", name="Toon resultaten").click()
    expect(reader.locator("#aantal")).to_have_text("2 resultaten gevonden")
    reader.locator("[data-toggle=menu]").click()
    menu = reader.get_by_role("navigation", name="Hoofdmenu")
    menu.get_by_role("link", name="Databanken").click()
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_have_text("Register van databanken")


@pytest.mark.firefox
def test_escape_closes_a_panel_and_focus_returns_to_its_button(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/aanpakken/")
    button = page.locator("button[data-toggle=filters]")
    button.click()
    page.get_by_role("checkbox", name="Ouderen").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_buttons_that_need_a_script_are_there_only_with_it(reader, request):
    reader.goto("/aanpakken/abcd/")
    button = reader.get_by_role("button", name="Kopieer link")
    with_script = "without" not in request.node.name
    expect(button).to_have_count(1 if with_script else 0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [("Promise.resolve()", "Gekopieerd"), ("Promise.reject()", "Kopiëren lukt niet")],
)
def test_a_link_can_be_copied_again_at_once_and_that_is_announced(page, answer, said):
    page.clock.install()
    page.goto("/aanpakken/abcd/")
    page.evaluate(
        f"""() => {{
          window.copied = [];
          navigator.clipboard.writeText = text => (copied.push(text), {answer});
          window.heard = [];
          new MutationObserver(() => heard.push(live.textContent)).observe(
            window.live = document.querySelector('main > [aria-live=polite]'),
            {{ childList: true }});
        }}"""
    )
    button = page.locator("#delen [data-copy]").first
    expect(button).to_have_text("Kopieer link")
    button.click()
    expect(button).to_have_text(said)
    page.clock.run_for(1500)
    button.click()
    page.clock.run_for(1500)
    expect(button).to_have_text(said)
    page.clock.run_for(1500)
    expect(button).to_have_text("Kopieer link")
    assert page.evaluate("copied.length") == 2
    # Emptied in between: the same words once more would be no news.
    assert [text for text in page.evaluate("heard") if text] == [said, said]
    assert page.evaluate("live.textContent") == ""


def test_a_printed_page_has_no_menu_and_no_buttons(page):
    page.goto("/aanpakken/futsal-chabbab/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.get_by_text("Print deze pagina")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
