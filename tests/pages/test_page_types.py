"""Every page type, as a browser, axe and the Nu checker see it."""

from __future__ import annotations

import pytest

from tests.paginas import PAGINAS, Pagina, bereid_voor

every_page = pytest.mark.parametrize("pagina", PAGINAS, ids=str)

SIZES = {
    "small phone": (320, 640),
    "phone": (360, 740),
    "tablet": (768, 1024),
    "desk": (1280, 800),
}


@pytest.fixture(autouse=True)
def archived(inhoud):
    bereid_voor()


def resize(page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})


@every_page
def test_axe_finds_nothing_at_any_size_in_light_and_dark(
    visit, axe_bevindingen, pagina: Pagina
):
    response = visit.goto(pagina.pad)
    assert response.status == pagina.status
    findings = []
    for size in SIZES:
        resize(visit, size)
        for scheme in ("light", "dark"):
            visit.emulate_media(color_scheme=scheme)
            findings += [f"{size} {scheme}: {f}" for f in axe_bevindingen(visit)]
    assert findings == []


@every_page
def test_the_document_is_valid_html(client, nu_fouten, pagina: Pagina):
    assert nu_fouten(client.get(pagina.pad).content) == []


def wider_than(page, width: int) -> list[str]:
    """What sticks out, innermost first, when the page can be scrolled sideways."""
    return page.evaluate(
        """width => {
          const wide = document.documentElement.scrollWidth;
          if (wide <= width) return [];
          const right = e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return Math.round(Math.max(e.getBoundingClientRect().right,
              range.getBoundingClientRect().right));
          };
          return [`the page is ${wide} px wide`,
            ...[...document.body.querySelectorAll('*')].reverse()
              .filter(e => right(e) > width)
              .map(e => `${right(e)} px: ${e.outerHTML.slice(0, 100)}`)
              .slice(0, 4)];
        }""",
        width,
    )


@every_page
def test_nothing_is_wider_than_a_phone_of_320_pixels(visit, pagina: Pagina):
    visit.set_viewport_size({"width": 320, "height": 640})
    visit.goto(pagina.pad)
    assert wider_than(visit, 320) == []


@every_page
def test_a_page_gives_no_error_and_asks_nothing_of_another_site(
    visit, base_url, pagina: Pagina
):
    messages, addresses = [], []
    listeners = {
        "console": lambda message: messages.append(message.text),
        "pageerror": lambda error: messages.append(str(error)),
        "request": lambda request: addresses.append(request.url),
        "requestfailed": lambda request: messages.append(f"failed {request.url}"),
        "response": lambda response: (
            messages.append(f"{response.status} {response.url}")
            if response.status >= 400 and not response.url.endswith(pagina.pad)
            else None
        ),
    }
    for event, listener in listeners.items():
        visit.on(event, listener)
    try:
        visit.goto(pagina.pad)
    finally:
        for event, listener in listeners.items():
            visit.remove_listener(event, listener)
    # Chromium itself reports the status of an error page.
    own = f"status of {pagina.status} "
    assert [m for m in messages if own not in m] == []
    assert len(addresses) > 2
    assert [a for a in addresses if not a.startswith(f"{base_url}/")] == []


@every_page
def test_a_reader_gets_no_cookie_and_nothing_is_stored(visit, pagina: Pagina):
    visit.goto(pagina.pad)
    assert visit.context.cookies() == []
    assert visit.evaluate("() => localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", ["/", "/aanpakken/", "/aanpakken/futsal-chabbab/"])
def test_wider_letter_and_word_spacing_hides_nothing(visit, path):
    """WCAG 1.4.12, at the width of a phone."""
    visit.set_viewport_size({"width": 320, "height": 640})
    visit.goto(path)
    visit.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important;
            letter-spacing: .12em !important; word-spacing: .16em !important; }
            p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert wider_than(visit, 320) == []
    clipped = visit.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => {
          const style = getComputedStyle(e);
          return style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1
            && e.clientWidth > 1 && !e.closest('.visually-hidden');
        }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert clipped == []


@pytest.mark.parametrize("opened", ["#filters", "#menu"])
def test_axe_finds_nothing_with_the_panel_of_a_phone_open(
    visit, axe_bevindingen, opened
):
    resize(visit, "phone")
    visit.goto("/aanpakken/")
    panel = visit.locator(opened)
    assert not panel.is_visible()
    button = visit.locator(f"[data-toggle='{opened[1:]}']")
    button.click()
    assert panel.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert axe_bevindingen(visit) == []
