"""Two thousand query strings that nobody would type: never an error of ours.

All of them on SQLite. A tenth on PostgreSQL: what a reader types never reaches SQL, so
another database can hardly make a difference.

Drawn by hand: Hypothesis takes longer to draw them than we do to answer them.
pytest-randomly seeds the draw and prints the seed.
"""

from __future__ import annotations

import re
import string
from random import choice, choices, randbytes, randrange
from time import thread_time

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import get_resolver

from tests.meta.test_house import addresses

# Page and how many of the two thousand it gets: most go where an answer is cheap.
SHARES = {
    "/zoeken/suggesties/": 1250,
    "/zoeken/": 150,
    "/keuzehulp/": 150,
    "/aanpakken/vergelijken/": 100,
    "/selectie/": 100,
    "/aanpakken/": 60,
    "/praktijkvoorbeelden/": 60,
    "/interventies/": 50,
    "/aanpakken/matrix/": 30,
    "/aanpakken/feed.atom": 20,
    "/interventies/feed.atom": 10,
    "/nieuw/": 20,
}
KEYS = [
    *("q", "soort", "thema", "laag", "actor", "doelgroep", "leeftijd", "erkenning"),
    *("niveau", "databank", "vorm", "aspect", "element", "tag", "sorteer", "pagina"),
    *("aanpak", "titel", "stap", "wens", "voor", "ik", "zekerheid", "rij", "kolom"),
    *("gemeente", "provincie", "sinds"),
]
ANSWERS = {200, 301, 400, 404}
# Seconds of processor time for one answer, with 21 entries.
LIMIT = 1.0

PLAIN = ["", "verbinding", "bewoner", "ouderen", "14", "-1", "0", "recent", "abcd"]
NASTY = [
    "\0",
    "%",
    "'\"<>",
    "9" * 30,
    "x" * 5000,
    "' OR 1=1 --",
    "\u202e",
    "\u0660\u0661",
]
# First and last character: text of Europe, all of the first plane with its surrogates,
# and what takes two of those.
ALPHABETS = [(0x00, 0x24F), (0x00, 0xFFFF), (0x10000, 0x10FFFF)]
PRINTABLE = string.printable.strip()


def text() -> str:
    first, last = choice(ALPHABETS)
    return "".join(chr(randrange(first, last + 1)) for _ in range(randrange(40)))


def value() -> bytes:
    kind = randrange(4)
    if kind == 0:
        return randbytes(randrange(40))
    odd = choice(PLAIN) if kind == 1 else choice(NASTY) if kind == 2 else text()
    return odd.encode("utf-8", "surrogatepass")


def query() -> str:
    if randrange(4):
        return "&".join(
            f"{choice(KEYS)}={percent(value())}" for _ in range(randrange(7))
        )
    # Not even keys and values.
    return "".join(choices(PRINTABLE, k=randrange(60)))


def percent(value: bytes) -> str:
    """Some bytes as they are, the others as an address has to write them."""
    safe = (string.ascii_letters + string.digits + "-_.~\"'<>").encode()
    return "".join(chr(b) if b in safe else f"%{b:02X}" for b in value)


def content(response: HttpResponse) -> str:
    """What is read: whether it may be indexed, the query alone decides."""
    text = response.content.decode()
    return text.partition("<main")[2] or text


@pytest.mark.long
@pytest.mark.once
@pytest.mark.parametrize("path", SHARES)
def test_an_empty_value_of_any_key_changes_nothing(client, db, path):
    asked = content(client.get(path))
    for key in KEYS:
        assert content(client.get(path, {key: ""})) == asked, key


@pytest.mark.long
@pytest.mark.once
@pytest.mark.parametrize("path", SHARES)
def test_a_number_of_thousands_of_digits_is_no_error_for_any_key(client, db, path):
    for key in KEYS:
        assert client.get(path, {key: "9" * 5000}).status_code in ANSWERS, key


@pytest.mark.parametrize(
    "route", [route for route in addresses(get_resolver()) if "<" in route]
)
@pytest.mark.parametrize("name", ["x" * 252, "x" * 5000, "9" * 5000], ids=len)
def test_a_part_of_an_address_that_is_too_long_is_not_found(client, db, route, name):
    for kind in (name, "aanpak"):
        # The kind of record comes first, where there is one.
        path = re.sub("<[^>]+>", name, route.replace("<slug:soort>", kind))
        assert client.get(f"/{path}").status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("path", SHARES)
def test_any_query_string_gets_an_answer_and_soon(client, db, path):
    client.get(path)
    for _ in range(SHARES[path] // (1 if connection.vendor == "sqlite" else 10)):
        # As a server passes it on, without the client's own quoting.
        asked = query().replace("#", "%23")
        begin = thread_time()
        response = client.get(path, QUERY_STRING=asked)
        seconds = thread_time() - begin
        assert response.status_code in ANSWERS, asked
        assert seconds < LIMIT, asked
