#!/usr/bin/env python3
"""Photograph the site for the README and the manual: `make screenshots`.

Starts it as a newcomer would, with a database of its own, and writes what a phone and a
desktop screen show, light and dark.
"""

from __future__ import annotations

import base64
import os
import struct
import sys
import tempfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import django
import typst
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from tests.tools import needs
from tests.tools.site import running_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, ViewportSize

HERE = Path(__file__).resolve().parent
HANDLEIDING = HERE.parents[1] / "static" / "img" / "handleiding"

DRIE = "aanpak=futsal-chabbab&aanpak=thuis-op-straat&aanpak=citytrainers"
PAGES = {
    "home": "/",
    "lijst": "/aanpakken/?doelgroep=jongeren&doelgroep=kinderen",
    "aanpak": "/aanpakken/futsal-chabbab/",
    "vergelijken": f"/aanpakken/vergelijken/?{DRIE}",
    "matrix": "/aanpakken/matrix/",
    "ringen": "/wie/",
    "keuzehulp": "/keuzehulp/?wens=overlast",
    "dossier": "/kennisdossier/samenlevingsopbouw/",
    "praktijkvoorbeelden": "/praktijkvoorbeelden/",
}
# By the name of the picture in the manual: see wijkwijzer/redactie/handleiding.py.
BEHEER = {
    "vandaag": "/admin/",
    "schrijven": "/admin/aanpakken/aanpak/1/change/",
    "voorbeeld": "/admin/aanpakken/aanpak/1/voorbeeld/",
    "erkenning": "/admin/",
    "uitwisselen": "/admin/uitwisseling/invoer/",
}
# The first of what waits there leads to what is photographed.
CLICK = {"erkenning": ".eerste a"}
SIZES: dict[str, ViewportSize] = {
    "": {"width": 1280, "height": 900},
    "-telefoon": {"width": 360, "height": 800},
}
# The 256 colours that occur most, every other one as the nearest of them.
QUANTISE = """async base64 => {
  const png = await (await fetch(`data:image/png;base64,${base64}`)).blob();
  const image = await createImageBitmap(png);
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const pixels = new Uint32Array(data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const rgb = pixel => [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255];
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256);
  const palette = common.map(([pixel]) => rgb(pixel));
  const index = new Map();
  for (const pixel of counts.keys()) {
    const [r, g, b] = rgb(pixel);
    let best = 0, nearest = Infinity;
    for (const [i, [pr, pg, pb]] of palette.entries()) {
      const distance = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
      if (distance < nearest) [best, nearest] = [i, distance];
    }
    index.set(pixel, best);
  }
  const rows = new Uint8Array(pixels.length);
  pixels.forEach((pixel, i) => { rows[i] = index.get(pixel); });
  let text = '';
  for (let i = 0; i < rows.length; i += 32768)
    text += String.fromCharCode(...rows.subarray(i, i + 32768));
  return { width: image.width, palette: palette.flat(), rows: btoa(text) };
}"""
SCHEMES = {"": "light", "-donker": "dark"}
# By the name of the picture: the words with which that page of the printed overview
# begins, below its running head.
PRINTED = {
    "voorkant": "WijkWijzer",
    "inhoud": "Inhoud",
    "aanpak": "Futsal Chabbab",
    "matrix": "Matrix: wat is er voor wie?",
    "register": "Register",
}
# In lines, with what a page begins.
HEAD = 3
# Points to an inch: a page as wide as a phone, in some 100 kB.
PPI = 48
OVERVIEW = "https://wijkwijzer.example"
# What the page should show instead of its top.
LOOK_AT = {"matrix": ".axes", "ringen": ".diagram"}


def shoot(browser: Browser, base_url: str) -> None:
    for size, viewport in SIZES.items():
        for scheme, colours in SCHEMES.items():
            context = browser.new_context(
                base_url=base_url,
                viewport=viewport,
                color_scheme="dark" if colours == "dark" else "light",
                locale="nl-NL",
                reduced_motion="reduce",
            )
            page, blank = context.new_page(), context.new_page()
            # The font is optional on a first visit: this one fetches it.
            page.goto("/over/")
            for name, path in PAGES.items():
                page.goto(path)
                page.wait_for_load_state("networkidle")
                look_at(page, name)
                picture = compress(blank, page.screenshot())
                (HERE / f"{name}{size}{scheme}.png").write_bytes(picture)
            context.close()


def shoot_manual(browser: Browser, base_url: str, folder: Path) -> None:
    """The admin, as the demo editor sees it."""
    lines = (folder / "redacteur.txt").read_text(encoding="utf-8").splitlines()
    name, password = (line.partition(": ")[2] for line in lines[:2])
    page = browser.new_page(
        base_url=base_url,
        viewport=SIZES[""],
        color_scheme="light",
        locale="nl-NL",
        reduced_motion="reduce",
    )
    blank = browser.new_page()
    page.goto("/admin/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(password)
    page.keyboard.press("Enter")
    page.locator("#user-tools").wait_for()
    HANDLEIDING.mkdir(exist_ok=True)
    for picture, path in BEHEER.items():
        page.goto(path)
        if picture in CLICK:
            page.locator(CLICK[picture]).first.click()
        page.wait_for_load_state("networkidle")
        shot = compress(blank, page.screenshot())
        (HANDLEIDING / f"{picture}.png").write_bytes(shot)


def draw_overview(folder: Path) -> None:
    """Pages of the overview, of the database there: typst itself draws them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkwijzer.settings")
    os.environ["VAR_DIR"] = str(folder)
    # Nothing is signed with it.
    os.environ.setdefault("SECRET_KEY", "-" * 50)
    os.environ.setdefault("ALLOWED_HOSTS", "localhost")
    django.setup()

    from wijkwijzer.publicatie.boek import maak_boek
    from wijkwijzer.publicatie.overzicht import SJABLOON
    from wijkwijzer.publicatie.zetten import HIER, opdracht
    from wijkwijzer.wholes.current import current_stand

    boek = maak_boek(current_stand(), OVERVIEW, f"{OVERVIEW}/publicatie/", 1)
    setter = typst.Compiler(
        str(HIER / "typst" / f"{SJABLOON}.typ"),
        root=str(HIER / "typst"),
        font_paths=[str(HIER / "fonts")],
        ignore_system_fonts=True,
    )
    data = opdracht(SJABLOON, boek).gegevens.decode()
    inputs = {"gegevens": data}
    pages = texts_of(setter.compile(sys_inputs=inputs, format="pdf"))
    drawn = setter.compile(sys_inputs=inputs, format="png", ppi=PPI)
    for name, words in PRINTED.items():
        picture = drawn[page_with(words, pages)]
        (HERE / f"overzicht-{name}.png").write_bytes(picture)


def texts_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [[*map(str.strip, page.extract_text().splitlines())] for page in pages]


def page_with(words: str, pages: list[list[str]]) -> int:
    """Which page begins with these words; above them is the running head at most."""
    return next(n for n, lines in enumerate(pages) if words in lines[:HEAD])


def look_at(page: Page, name: str) -> None:
    if name in LOOK_AT:
        target = page.locator(LOOK_AT[name]).locator("visible=true").first
        target.evaluate("e => e.scrollIntoView({behavior: 'instant'})")


def compress(page: Page, png: bytes) -> bytes:
    """The same picture with a palette: about a third of the bytes."""
    found = page.evaluate(QUANTISE, base64.b64encode(png).decode())
    width, rows = found["width"], base64.b64decode(found["rows"])
    lines = b"".join(
        b"\0" + rows[start : start + width] for start in range(0, len(rows), width)
    )
    header = struct.pack(">IIBBBBB", width, len(rows) // width, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", bytes(found["palette"])),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def main() -> None:
    with tempfile.TemporaryDirectory() as own, running_site(Path(own)) as site:
        # Before Playwright: beside its loop Django asks no database.
        draw_overview(Path(own))
        with sync_playwright() as playwright:
            photograph(playwright, site, Path(own))
    files = [*HERE.glob("*.png"), *HANDLEIDING.glob("*.png")]
    total = sum(file.stat().st_size for file in files) / 1_000_000
    sys.stdout.write(f"{len(files)} pictures, {total:.1f} MB\n")


def photograph(playwright: Playwright, site: str, folder: Path) -> None:
    browser = playwright.chromium.launch(
        executable_path=needs.chromium(),
        args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
    )
    shoot(browser, site)
    shoot_manual(browser, site, folder)
    browser.close()


if __name__ == "__main__":
    main()
