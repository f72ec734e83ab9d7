"""What a first view may weigh, compressed as the site sends it."""

from __future__ import annotations

import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from tests.paginas import PAGINAS, Pagina, bereid_voor
from wijkwijzer.web.statisch import zonder_lucht

FIRST_VIEW = 13_500
SCRIPTS = 20_000
STYLESHEET = re.compile(r"<link\b[^>]*\brel=\"?stylesheet\"?[^>]*>")
HREF = re.compile(r'href="/static/([^"]+)"')
SCRIPT = re.compile(r'<script\b[^>]*src="/static/([^"]+)"')


@pytest.fixture(autouse=True)
def archived(inhoud):
    bereid_voor()


def source(path: str) -> bytes:
    """The file behind an address as it is served; its name may have a hash in it."""
    name = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path)
    with open(finders.find(name) or finders.find(path), "rb") as file:
        content = file.read()
    return zonder_lucht(content) if name.endswith(".css") else content


def blocking_stylesheets(html: str) -> list[str]:
    """Stylesheets that a screen waits for; those for print do not count."""
    return [
        HREF.search(tag)[1]
        for tag in STYLESHEET.findall(html)
        if 'media="print"' not in tag
    ]


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_page_and_stylesheets_fit_in_the_first_round_trip(client, pagina: Pagina):
    response = client.get(pagina.pad)
    assert response.status_code == pagina.status
    html = response.content.decode()
    sheets = blocking_stylesheets(html)
    assert sheets
    # The site compresses pages at 5, while answering; files at 11, beforehand.
    weight = len(brotli.compress(response.content, quality=5)) + sum(
        len(brotli.compress(source(sheet), quality=11)) for sheet in sheets
    )
    assert weight <= FIRST_VIEW


@pytest.mark.parametrize("pagina", PAGINAS, ids=str)
def test_scripts_stay_small(client, pagina: Pagina):
    scripts = SCRIPT.findall(client.get(pagina.pad).content.decode())
    weight = sum(len(brotli.compress(source(s), quality=11)) for s in scripts)
    assert weight <= SCRIPTS
