"""What a first view may weigh, compressed as the site sends it."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlencode

import brotli
import pytest
from django.contrib.staticfiles import finders

from aanpakken.models import Aanpak
from tests.paginas import PAGINAS, Pagina, antwoord
from wijkwijzer.web.door.kept import BROTLI_QUALITY
from wijkwijzer.web.statisch import zonder_lucht

FIRST_VIEW = 13_500
SCRIPTS = 20_000
STYLESHEET = re.compile(r"<link\b[^>]*\brel=\"?stylesheet\"?[^>]*>")
HREF = re.compile(r'href="/static/([^"]+)"')
SCRIPT = re.compile(r'<script\b[^>]*src="/static/([^"]+)"')


# The same bytes on both databases.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]


@cache
def compressed(path: str) -> int:
    """The bytes of a file as it is served; its name may have a hash in it."""
    name = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path)
    with open(finders.find(name) or finders.find(path), "rb") as file:
        content = file.read()
    if name.endswith(".css"):
        content = zonder_lucht(content)
    return len(brotli.compress(content, quality=11))


def blocking_stylesheets(html: str) -> list[str]:
    """Stylesheets that a screen waits for.

    It does not for those for print, nor for one after all that there is to see.
    """
    seen, end, _ = html.partition("</main>")
    assert end
    return [
        HREF.search(tag)[1]
        for tag in STYLESHEET.findall(seen)
        if 'media="print"' not in tag
    ]


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_page_and_stylesheets_fit_in_the_first_round_trip(pagina: Pagina):
    response = antwoord(pagina)
    html = response.content.decode()
    sheets = blocking_stylesheets(html)
    assert sheets
    # The site compresses pages at 5, while answering; files at 11, beforehand.
    weight = len(brotli.compress(response.content, quality=5))
    assert weight + sum(map(compressed, sheets)) <= FIRST_VIEW


@pytest.mark.parametrize("number", [1, 2, 3, 8, 21])
def test_the_first_round_trip_brings_the_cover_and_the_first_sheet(client, number):
    """A brochure has more sheets than fit: they come after, nothing waits for them.

    Of the bytes as they are sent, with whichever aanpak first.
    """
    slugs = [*Aanpak.objects.gepubliceerd().order_by("slug").values_list("slug")]
    chosen = [slug for (slug,) in slugs]
    for first in chosen if number > 8 else chosen[:1]:
        others = [slug for slug in chosen if slug != first]
        picked = [first, *others][:number]
        query = urlencode({"aanpak": picked, "als": "brochure"}, doseq=True)
        page = client.get(f"/selectie/?{query}").content
        sheets = blocking_stylesheets(page.decode())
        room = FIRST_VIEW - sum(map(compressed, sheets))
        sent = brotli.compress(page, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        arrived = brotli.Decompressor().process(sent[:room])
        assert arrived.count(b"</article>") >= 1, first
        assert page.count(b"</article>") == number


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_scripts_stay_small(pagina: Pagina):
    weight = sum(map(compressed, SCRIPT.findall(antwoord(pagina).content.decode())))
    assert weight <= SCRIPTS
