"""Every page type, as a browser, axe and the Nu checker see it."""

from __future__ import annotations

import pytest

from tests.paginas import FORMULIEREN, GALERIJ, PAGINAS, Pagina, bereid_voor

SIZES = {
    "small phone": (320, 640),
    "phone": (360, 740),
    "tablet": (768, 1024),
    "desk": (1280, 800),
}


# When room is short: the size of the screen, and CSS of the reader.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
TIGHT = {
    "a phone, or 400 %": ((320, 640), ""),
    "200 %": ((640, 400), ""),
    "wider spacing (WCAG 1.4.12)": ((320, 640), SPACING),
}


@pytest.fixture(params=[*PAGINAS, GALERIJ], ids=str)
def pagina(request, inhoud, settings) -> Pagina:
    bereid_voor()
    settings.DEBUG = request.param is GALERIJ
    return request.param


def load(page, pagina: Pagina) -> None:
    assert page.goto(pagina.pad).status == pagina.status


def seen_by(page) -> list:
    """The width and whether it is dark: what a browser was told is not always done."""
    dark = "matchMedia('(prefers-color-scheme: dark)').matches"
    return page.evaluate(f"[innerWidth, {dark}]")


@pytest.mark.firefox
def test_axe_finds_nothing_at_any_size_in_light_and_dark(
    in_scheme, axe_bevindingen, browser_name, pagina: Pagina
):
    for page in {*in_scheme.values()}:
        load(page, pagina)
    findings = []
    # Firefox takes a second browser for the dark: it does without the usual phone.
    left_out = {"phone"} if browser_name == "firefox" else set()
    for scheme, page in in_scheme.items():
        page.emulate_media(color_scheme=scheme)
        for size in SIZES.keys() - left_out:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            assert seen_by(page) == [width, scheme == "dark"]
            findings += [f"{size} {scheme}: {f}" for f in axe_bevindingen(page)]
    assert findings == []


def test_the_document_is_valid_html(client, nu_fouten, pagina: Pagina):
    assert nu_fouten(client.get(pagina.pad).content) == []


def set_css(page, css: str) -> None:
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        css,
    )


def lost(page) -> list[str]:
    """What sticks out, innermost first, when the page can be scrolled sideways; and
    what is cut off."""
    return page.evaluate(
        """() => {
          const found = [], width = document.documentElement.clientWidth;
          const short = e => e.outerHTML.slice(0, 100);
          const right = e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return Math.round(Math.max(e.getBoundingClientRect().right,
              range.getBoundingClientRect().right));
          };
          const wide = document.documentElement.scrollWidth;
          if (wide > width) {
            found.push(`the page is ${wide} px wide`,
              ...[...document.body.querySelectorAll('*')].reverse()
                .filter(e => right(e) > width)
                .map(e => `${right(e)} px: ${short(e)}`)
                .slice(0, 4));
          }
          for (const e of document.querySelectorAll('main *')) {
            const { overflowX } = getComputedStyle(e);
            if (['hidden', 'clip'].includes(overflowX) && e.clientWidth > 1
                && e.scrollWidth > e.clientWidth + 1
                && !e.closest('input, .visually-hidden'))
              found.push(`cut off: ${short(e)}`);
          }
          return found;
        }"""
    )


@pytest.mark.firefox
def test_nothing_sticks_out_or_is_cut_off_when_room_is_short(visit, pagina: Pagina):
    load(visit, pagina)
    found = []
    for name, ((width, height), css) in TIGHT.items():
        visit.set_viewport_size({"width": width, "height": height})
        set_css(visit, css)
        found += [f"{name}: {line}" for line in lost(visit)]
    assert found == []


def without_focus_ring(page) -> list[str]:
    """Where the focus draws no line: no outline, and in a picture no other stroke.

    A shadow or a background does not count: forced colours take them away.
    """
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    return page.evaluate(
        """() => {
          const line = style => [style.outlineStyle === 'none' ? 0 : style.outlineWidth,
            style.stroke, style.strokeWidth];
          const lines = e => [e.closest(':not(a, button, input)'), e.parentElement, e,
            ...e.querySelectorAll('*')].flatMap(near => [undefined, '::after']
              .map(part => line(getComputedStyle(near, part)))).join();
          const found = [];
          for (const e of document.querySelectorAll('a[href], button, input, select,'
              + 'textarea, summary, [tabindex="0"]')) {
            document.activeElement.blur();
            const before = lines(e);
            e.focus();
            // What is hidden or disabled gets no focus.
            if (document.activeElement === e && lines(e) === before)
              found.push(e.outerHTML.slice(0, 100));
          }
          return found;
        }"""
    )


def faint_in_pictures(page) -> list[str]:
    """Drawn words that are hard to read on the background of the reader.

    Forced colours leave pictures as they are: those must follow them by themselves.
    """
    return page.evaluate(
        """() => {
          const channels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const light = colour => channels(colour).map(c => c / 255)
            .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], .05);
          const probe = document.createElement('i');
          probe.style.color = 'Canvas';
          document.body.append(probe);
          const canvas = getComputedStyle(probe).color;
          probe.remove();
          return [...document.querySelectorAll('svg :is(text, tspan, textPath)')]
            .filter(e => e.checkVisibility()).filter(e => {
              const { fill } = getComputedStyle(e);
              if (fill === canvas) return false;  // on a shape of the other colour
              const [a, b] = [light(fill), light(canvas)].sort((x, y) => x - y);
              return b / a < 4.5;
            }).map(e => e.outerHTML.slice(0, 100));
        }"""
    )


def test_focus_and_pictures_are_seen_also_in_forced_colours(visit, pagina: Pagina):
    load(visit, pagina)
    assert without_focus_ring(visit) == []
    for scheme in ("light", "dark"):
        visit.emulate_media(color_scheme=scheme, forced_colors="active")
        assert without_focus_ring(visit) == []
        assert faint_in_pictures(visit) == []


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
        load(visit, pagina)
    finally:
        for event, listener in listeners.items():
            visit.remove_listener(event, listener)
    # Chromium itself reports the status of an error page.
    own = f"status of {pagina.status} "
    assert [m for m in messages if own not in m] == []
    assert len(addresses) > 2
    assert [a for a in addresses if not a.startswith(f"{base_url}/")] == []


def test_a_reader_gets_no_cookie_and_nothing_is_stored(visit, pagina: Pagina):
    visit.context.clear_cookies()
    load(visit, pagina)
    # A form that posts has one against forgery.
    allowed = {"csrftoken"} if pagina in FORMULIEREN else set()
    assert {cookie["name"] for cookie in visit.context.cookies()} <= allowed
    assert visit.evaluate("() => localStorage.length + sessionStorage.length") == 0


@pytest.mark.firefox
@pytest.mark.parametrize("opened", ["#filters", "#menu"])
def test_axe_finds_nothing_with_the_panel_of_a_phone_open(
    visit, axe_bevindingen, opened
):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto("/aanpakken/")
    panel = visit.locator(opened)
    assert not panel.is_visible()
    button = visit.locator(f"[data-toggle='{opened[1:]}']")
    button.click()
    assert panel.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert axe_bevindingen(visit) == []
