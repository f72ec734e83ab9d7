"""Embeds as browsers treat them: in a frame of another site, and in our own dialog."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.paginas import INGESLOTEN, bereid_voor
from tests.tools.audit import lost
from tests.tools.browser import AXE_COLOURS
from wijkwijzer.delen.models import Insluitdomein

CARD = "/embed/aanpakken/futsal-chabbab/"


class Elsewhere(BaseHTTPRequestHandler):
    """A site with our embed on each of its pages, and with our script."""

    portal = ""

    def do_GET(self) -> None:
        body = (
            "<!doctype html><title>Gemeente</title><h1>Gemeente</h1>"
            f'<iframe src="{self.portal}{CARD}" width="400" height="100"></iframe>'
            f'<script src="{self.portal}/embed/hoogte.js" defer></script>'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(base_url: str) -> Iterator[int]:
    """The port of another site, on this machine."""
    handler = type("Handler", (Elsewhere,), {"portal": base_url})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.firefox
def test_a_registered_site_shows_the_embed_and_another_is_refused(
    visit: Page, elsewhere: int
):
    """The same server by two names is two sites, of which one is registered."""
    Insluitdomein.objects.create(domein=f"127.0.0.1:{elsewhere}", van="Zuid")
    visit.goto(f"http://127.0.0.1:{elsewhere}/")
    frame = visit.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Futsal Chabbab")).to_be_visible()
    # The script made the frame as high as what is in it.
    expect(visit.locator("iframe")).not_to_have_attribute("height", "100")
    visit.goto(f"http://localhost:{elsewhere}/")
    expect(visit.get_by_role("heading", name="Gemeente")).to_be_visible()
    expect(frame.get_by_role("heading", name="Futsal Chabbab")).to_have_count(0)
    expect(visit.locator("iframe")).to_have_attribute("height", "100")

    visit.goto(f"http://127.0.0.1:{elsewhere}/")
    frame.get_by_role("link", name="Futsal Chabbab").click()
    visit.wait_for_url("**/aanpakken/futsal-chabbab/")


def test_the_dialog_shows_at_once_what_is_chosen(visit: Page, axe_bevindingen):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto("/aanpakken/futsal-chabbab/")
    link = visit.get_by_role("link", name="Sluit in")
    link.click()
    dialog = visit.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_have_text(
        "Futsal Chabbab insluiten"
    )
    dialog.get_by_label("Altijd donker").check()
    expect(dialog.locator("iframe")).to_have_attribute("src", f"{CARD}?kleur=donker")
    assert "kleur=donker" in dialog.get_by_label("Code voor je site").input_value()
    expect(dialog.get_by_label("Altijd donker")).to_be_focused()
    assert axe_bevindingen(visit) == []
    visit.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_embeds_are_right_on_a_phone_and_in_the_dark(visit: Page, axe_bevindingen):
    bereid_voor()
    found = []
    for pagina in INGESLOTEN:
        visit.set_viewport_size({"width": 320, "height": 640})
        visit.emulate_media(color_scheme="light")
        visit.goto(pagina.pad)
        found += [
            f"{pagina}: {line}" for line in [*axe_bevindingen(visit), *lost(visit)]
        ]
        visit.emulate_media(color_scheme="dark")
        dark = axe_bevindingen(visit, rules=AXE_COLOURS)
        found += [f"{pagina}, dark: {line}" for line in dark]
    assert found == []
