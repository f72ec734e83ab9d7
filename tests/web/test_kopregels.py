"""What a client asks in the headers of its request."""

from __future__ import annotations

import pytest

from wijkwijzer.web.kopregels import kies_codering, komt_overeen, lees_bereik


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, *;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip ;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=onzin", "br"),
        ("deflate", "identity"),
        ("brood", "identity"),
        ("x-br, br-x", "identity"),
        (",,;=;q=0", "identity"),
        ("", "identity"),
    ],
)
def test_the_smallest_encoding_that_the_client_takes_is_chosen(accept, encoding):
    assert kies_codering(accept, ("br", "gzip")) == encoding


def test_what_is_not_on_offer_is_not_chosen():
    assert kies_codering("br, gzip", ("gzip",)) == "gzip"
    assert kies_codering("*", ()) == "identity"


@pytest.mark.parametrize("asked", ['"a"', 'W/"a"', '"x", "a"', '"x",W/"a" , "y"', "*"])
def test_a_version_is_recognised_among_all_that_a_client_has(asked):
    assert komt_overeen(asked, '"a"')
    assert komt_overeen(asked, 'W/"a"')


@pytest.mark.parametrize("asked", ["", "a", '"A"', '"b", "c"', '"a, b"'])
def test_another_version_is_another_one(asked):
    assert not komt_overeen(asked, '"a"')


@pytest.mark.parametrize(
    ("asked", "bytes_"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=9-9", range(9, 10)),
        ("bytes=2-", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("bytes=5-99", range(5, 10)),
    ],
)
def test_a_range_is_what_there_is_of_it(asked, bytes_):
    assert lees_bereik(asked, 10) == bytes_


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_a_range_past_the_end_has_nothing(asked):
    assert lees_bereik(asked, 10) == range(0)


@pytest.mark.parametrize(
    "asked",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "bytes=a-b"),
        *("bytes=--5", "bytes=1_0-", "bytes=²-", "regels=0-0", f"bytes=0-{'9' * 5000}"),
    ],
    ids=lambda asked: asked[:20],
)
def test_what_is_no_single_range_of_bytes_asks_for_nothing(asked):
    assert lees_bereik(asked, 10) is None
