"""Ten thousand query strings that nobody would type: never an error of ours.

All of them on SQLite. A tenth on PostgreSQL: what a reader types never reaches SQL, so
another database can hardly make a difference.
"""

from __future__ import annotations

import string
from time import thread_time

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Page and how many of the ten thousand it gets: most go where an answer is cheap.
SHARES = {
    "/zoeken/suggesties/": 5500,
    "/keuzehulp/": 1500,
    "/aanpakken/vergelijken/": 700,
    "/selectie/": 700,
    "/aanpakken/": 500,
    "/zoeken/": 500,
    "/interventies/": 300,
    "/aanpakken/matrix/": 300,
}
KEYS = [
    *("q", "soort", "thema", "laag", "actor", "doelgroep", "leeftijd", "erkenning"),
    *("niveau", "databank", "vorm", "aspect", "element", "tag", "sorteer", "pagina"),
    *("aanpak", "titel", "stap", "wens", "voor", "ik", "zekerheid", "rij", "kolom"),
]
ANSWERS = {200, 301, 400, 404}
# Seconds of processor time for one answer, with 21 entries.
LIMIT = 1.0

plain = st.sampled_from(
    [
        "",
        "verbinding",
        "bewoner",
        "ouderen",
        "14",
        "-1",
        "0",
        "9" * 30,
        "recent",
        "abcd",
    ]
)
odd = st.one_of(
    plain.map(str.encode),
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"\x00", b"%", b"'\"<>", b"\xff\xfe", b"x" * 5000, b"' OR 1=1 --"]
    ),
)


def percent(value: bytes) -> str:
    """Some bytes as they are, the others as an address has to write them."""
    safe = (string.ascii_letters + string.digits + "-_.~\"'<>").encode()
    return "".join(chr(b) if b in safe else f"%{b:02X}" for b in value)


pairs = st.tuples(st.sampled_from(KEYS), odd).map(lambda p: f"{p[0]}={percent(p[1])}")
queries = st.one_of(
    st.lists(pairs, max_size=6).map("&".join),
    # Not even keys and values.
    st.text(alphabet=string.printable.strip(), max_size=60),
)


@pytest.mark.parametrize("path", SHARES)
def test_any_query_string_gets_an_answer_and_soon(client, db, path):
    slowest = 0.0
    client.get(path)

    @settings(
        max_examples=SHARES[path] // (1 if connection.vendor == "sqlite" else 10),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(queries)
    def ask(query: str) -> None:
        nonlocal slowest
        begin = thread_time()
        # As a server passes it on, without the client's own quoting.
        response = client.get(path, QUERY_STRING=query.replace("#", "%23"))
        slowest = max(slowest, thread_time() - begin)
        assert response.status_code in ANSWERS

    ask()
    assert slowest < LIMIT
