"""Every page type, as a browser, axe and the Nu checker see it.

A page is loaded once, then looked at in every size, scheme and spacing that readers
have: see tests/paginas.py for which pages, and tests/tools/audit.py for what is asked.
Of axe, all rules at both ends of the sizes, where other parts are shown; in between,
and in another scheme or spacing, those that can have another answer there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from tests.paginas import (
    GALERIJ,
    INGESLOTEN,
    PAGINAS,
    TOESTANDEN,
    VOORBEELDEN,
    Pagina,
    antwoord,
    bereid_voor,
)
from tests.tools.audit import (
    faint_in_pictures,
    lost,
    unreadable,
    wider_spacing,
    without_focus_ring,
)
from tests.tools.browser import AXE_COLOURS, AXE_ROOM

SIZES = {"phone": (320, 640), "tablet": (768, 1024), "desk": (1280, 800)}


@pytest.fixture
def pagina(request, inhoud, settings) -> Pagina:
    bereid_voor()
    settings.DEBUG = request.param is GALERIJ
    return request.param


def each(paginas: list[Pagina]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("pagina", paginas, ids=str, indirect=True)


class Audit:
    """What was found on one loaded page, each with how it was looked at."""

    def __init__(self, page) -> None:
        self.page, self.found = page, []

    def ask(self, how: str, *questions: Callable[..., list[str]]) -> None:
        for question in questions:
            self.found += [f"{how}: {line}" for line in question(self.page)]

    def show(self, size: str, scheme: str, *, forced: bool = False) -> str:
        """Show the page so; a browser does not always do what it was told."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(
            color_scheme=scheme, forced_colors="active" if forced else "none"
        )
        dark, active = (
            f"matchMedia('({feature})').matches"
            for feature in ("prefers-color-scheme: dark", "forced-colors: active")
        )
        seen = self.page.evaluate(f"[innerWidth, {dark}, {active}]")
        assert seen == [width, scheme == "dark", forced]
        return f"{size}, {scheme}{', forced colours' if forced else ''}"

    def little_room(self, *more) -> None:
        """A phone, which is also 400 %; and with the spacing of a reader."""
        self.ask(self.show("phone", "light"), lost)
        with wider_spacing(self.page):
            self.ask("phone, wider spacing", lost, *more)

    def forced_colours(self, scheme: str, *more) -> None:
        self.ask(
            self.show("desk", scheme, forced=True),
            without_focus_ring,
            faint_in_pictures,
            *more,
        )


@contextmanager
def loaded(page, pagina: Pagina, base_url: str) -> Iterator[Audit]:
    """Load a page; whatever it says or asks until the end counts as a finding."""
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
    page.context.clear_cookies()
    for event, listener in listeners.items():
        page.on(event, listener)
    audit = Audit(page)
    try:
        assert page.goto(pagina.pad).status == pagina.status
        yield audit
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
    # Chromium itself reports the status of an error page.
    own = f"status of {pagina.status} "
    audit.found += [f"console: {m}" for m in messages if own not in m]
    assert len(addresses) > 2
    audit.found += [f"from {a}" for a in addresses if not a.startswith(f"{base_url}/")]
    # A form that posts has a cookie against forgery.
    allowed = {"csrftoken"} if pagina.formulier else set()
    cookies = {cookie["name"] for cookie in page.context.cookies()} - allowed
    audit.found += [f"cookie {name}" for name in cookies]
    # Only a selection and the last visit are, in the reader's own browser.
    stored = page.evaluate(
        """() => [localStorage, sessionStorage].flatMap(store => {
          const keys = Object.keys(store);
          store.clear();
          return keys;
        })"""
    )
    keeps = {"/selectie/": {"selectie"}, "/nieuw/": {"nieuw"}}
    allowed = keeps.get(pagina.pad.partition("?")[0], set())
    audit.found += [f"stored: {key}" for key in {*stored} - allowed]


@pytest.mark.firefox
@each([*VOORBEELDEN, GALERIJ])
def test_a_page_type_is_right_at_every_size_and_in_every_scheme(
    visit, base_url, axe_bevindingen, browser_name, pagina: Pagina
):
    with loaded(visit, pagina, base_url) as audit:
        if browser_name == "firefox":
            # Styles are the same; what this browser makes of the room may not be. And
            # the Firefox of the system cannot be told of schemes and forced colours.
            audit.ask(audit.show("desk", "light"), lost)
            audit.ask(audit.show("phone", "light"), axe_bevindingen)
            audit.little_room()
        else:
            room = partial(axe_bevindingen, rules=AXE_ROOM)
            colours = partial(axe_bevindingen, rules=AXE_COLOURS)
            audit.ask("desk, light", without_focus_ring)
            for size in ("phone", "desk"):
                audit.ask(audit.show(size, "light"), axe_bevindingen)
                audit.ask(audit.show(size, "dark"), colours)
            # Shows what one of those does, with other room.
            audit.ask(audit.show("tablet", "light"), room, colours, lost)
            visit.set_viewport_size({"width": 640, "height": 400})
            audit.ask("200 %", lost)
            audit.little_room(room)
            # What axe reckons with styles, a picture shows here.
            audit.forced_colours("light", unreadable)
            # What no style tells of takes a picture: of every component in the dark.
            audit.forced_colours("dark", *([unreadable] if pagina is GALERIJ else []))
    assert audit.found == []


@each(TOESTANDEN)
def test_another_state_of_a_page_type_is_right_on_a_phone_and_in_the_dark(
    visit, base_url, axe_bevindingen, pagina: Pagina
):
    """Of what a state adds: the smallest size, the other scheme, forced colours."""
    with loaded(visit, pagina, base_url) as audit:
        audit.ask("desk, light", without_focus_ring)
        audit.ask(audit.show("desk", "dark"), axe_bevindingen)
        audit.ask(audit.show("phone", "light"), axe_bevindingen)
        audit.little_room()
        audit.forced_colours("light", unreadable)
    assert audit.found == []


@pytest.mark.parametrize("pagina", [*PAGINAS, GALERIJ, *INGESLOTEN], ids=str)
def test_the_document_is_valid_html(inhoud, nu_fouten, pagina: Pagina):
    assert nu_fouten(antwoord(pagina).content) == []


@pytest.mark.firefox
@pytest.mark.parametrize("opened", ["#filters", "#menu"])
def test_axe_finds_nothing_with_the_panel_of_a_phone_open(
    visit, axe_bevindingen, browser_name, opened
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
    # The Firefox of the system cannot be told to force colours.
    if browser_name == "chromium":
        visit.emulate_media(forced_colors="active")
        assert unreadable(visit) == []
