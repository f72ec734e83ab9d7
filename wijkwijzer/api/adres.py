"""Where the API is, which version it has, and what it speaks."""

from __future__ import annotations

import re
from functools import lru_cache

# Everything below is for programs; the page at this address itself is for people.
UITLEG = "/api/"
WORTEL = "/api/v1"
# Of the whole API, as semver has it; docs/adr/0026 says what raises which part.
VERSIE = "1.2.0"

JSON = "application/json"
PROBLEEM = "application/problem+json"
# Of what readers read, and of lists of words: REUSE.toml.
LICENTIE = "https://creativecommons.org/licenses/by/4.0/"
VRIJ = "https://creativecommons.org/publicdomain/zero/1.0/"

# What takes JSON. A problem is told to everybody, whatever they ask.
NEEMT = {"*/*", "application/*", JSON}
# A weight that means: not this one.
NUL = re.compile(r"q\s*=\s*0(\.0{0,3})?\s*")
MAX_ACCEPT = 500


def is_van_api(pad: str) -> bool:
    """Whether a program asks, and not somebody who reads."""
    return pad.startswith(UITLEG) and pad != UITLEG


def neemt_json(accept: str) -> bool:
    """Whether who sent this Accept header can read our answers (RFC 9110 §12.5.1)."""
    return not accept.strip() or _neemt(accept[:MAX_ACCEPT].lower())


@lru_cache(maxsize=64)
def _neemt(accept: str) -> bool:
    for deel in accept.split(","):
        soort, *parameters = (stuk.strip() for stuk in deel.split(";"))
        if soort in NEEMT and not any(NUL.fullmatch(p) for p in parameters):
            return True
    return False
