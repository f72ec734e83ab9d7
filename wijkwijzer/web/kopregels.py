"""What a client asks in the headers of its request, read as RFC 9110 has it."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.http import parse_etags

# A weight in Accept-Encoding that means: not this one.
NUL = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*")
MAX_ACCEPT = 200
BEREIK = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def kies_codering(accept_encoding: str, aanbod: tuple[str, ...]) -> str:
    """The first encoding on offer that the client takes; else identity."""
    return _kies(accept_encoding[:MAX_ACCEPT], aanbod)


@lru_cache(maxsize=64)
def _kies(accept_encoding: str, aanbod: tuple[str, ...]) -> str:
    neemt: dict[str, bool] = {}
    for deel in accept_encoding.lower().split(","):
        naam, _, gewicht = deel.partition(";")
        neemt[naam.strip()] = not NUL.fullmatch(gewicht)
    return next((c for c in aanbod if neemt.get(c, neemt.get("*"))), "identity")


def komt_overeen(if_none_match: str, etag: str) -> bool:
    """Whether the client has this version. Weak comparison, as for If-None-Match."""
    etags = [gegeven.removeprefix("W/") for gegeven in parse_etags(if_none_match)]
    return "*" in etags or etag.removeprefix("W/") in etags


def lees_bereik(kopregel: str, grootte: int) -> range | None:
    """The bytes of a file that a Range asks, none of them when it has none of those.

    None for what is no single range of bytes: that is as if nothing was asked.
    """
    gevonden = BEREIK.fullmatch(kopregel.strip())
    if not gevonden or gevonden[0] == "bytes=-":
        return None
    begin, eind = gevonden.groups()
    if not begin:
        return range(max(grootte - int(eind), 0), grootte)
    if eind and int(eind) < int(begin):
        return None
    return range(int(begin), min(int(eind) + 1, grootte) if eind else grootte)
