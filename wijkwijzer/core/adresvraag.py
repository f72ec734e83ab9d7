"""What the query string of an address asks. An empty value is as if it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

# What the databases number their rows with has no more, and int() refuses thousands.
MAX_CIJFERS = 18


def lees_waarde(query: QueryDict, sleutel: str, anders: str = "") -> str:
    """The last value of a key that is not empty; ``anders`` when there is none."""
    gegeven = [waarde for waarde in query.getlist(sleutel) if waarde.strip()]
    return gegeven[-1] if gegeven else anders


def lees_getal(tekst: str) -> int | None:
    """The number that a reader typed; None when it is none, or longer than any of ours.

    Only the digits of our keyboards: int() also reads "١٤", "1_4" and " 1 ".
    """
    kan = tekst.isascii() and tekst.isdecimal() and len(tekst) <= MAX_CIJFERS
    return int(tekst) if kan else None
