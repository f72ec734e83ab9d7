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
    """Stylesheets that a screen waits for; those for print do not count."""
    return [
        HREF.search(tag)[1]
        for tag in STYLESHEET.findall(html)
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


def test_the_cover_of_a_brochure_of_many_sheets_fits_in_the_first_round_trip(client):
    """Its sheets hold more than that: they come after, and nothing waits for them."""
    chosen = (
        Aanpak.objects.gepubliceerd().order_by("slug").values_list("slug", flat=True)
    )
    query = urlencode({"aanpak": [*chosen], "als": "brochure"}, doseq=True)
    html = client.get(f"/selectie/?{query}").content.decode()
    cover, *bladen = html.split('<div class="detail sheet">')
    assert len(bladen) > 10
    weight = len(brotli.compress(cover.encode(), quality=5))
    assert weight + sum(map(compressed, blocking_stylesheets(html))) <= FIRST_VIEW


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_scripts_stay_small(pagina: Pagina):
    weight = sum(map(compressed, SCRIPT.findall(antwoord(pagina).content.decode())))
    assert weight <= SCRIPTS
