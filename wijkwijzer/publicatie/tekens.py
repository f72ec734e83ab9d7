"""Which characters can be printed: those that one of our fonts has.

A PDF that is to be read by everybody may hold no character that nobody can see. What no
font has, and what only steers a screen, is replaced.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# In the order in which they are tried, beside the one of the site.
VERVANGER = "\N{REPLACEMENT CHARACTER}"
# Windows and Unicode, all of it; and the format with groups of characters.
ALLES, GROEPEN = (3, 10), 12


def zetbaar(tekst: str) -> str:
    """The same text, in characters that can be printed."""
    if tekst.isascii() and tekst.isprintable():
        return tekst
    bekend = _bekend()
    heel = unicodedata.normalize("NFC", tekst)
    return "".join(_zetbaar(teken, bekend) for teken in heel)


def _zetbaar(teken: str, bekend: frozenset[int]) -> str:
    if teken in "\n\t":
        return " "
    # Controls, halves of a character, and what nobody assigned.
    if unicodedata.category(teken) in {"Cc", "Cs", "Cn", "Co"}:
        return VERVANGER
    return teken if ord(teken) in bekend else VERVANGER


@cache
def _bekend() -> frozenset[int]:
    """Every character that one of the fonts shows; read once."""
    bestanden = sorted(FONTS.glob("*.ttf"))
    # What is set in bold must be there in bold, or in the fonts after it.
    return frozenset().union(*(_tekens_van(pad.read_bytes()) for pad in bestanden))


def _tekens_van(font: bytes) -> set[int]:
    """The characters in the table ``cmap`` of an OpenType font.

    Of the forms that table has, our fonts have the one with groups of characters.
    """
    begin = _tabel(font, b"cmap")
    (aantal,) = struct.unpack_from(">H", font, begin + 2)
    for nummer in range(aantal):
        *soort, plek = struct.unpack_from(">HHI", font, begin + 4 + 8 * nummer)
        vorm, *_ = struct.unpack_from(">H", font, begin + plek)
        if tuple(soort) == ALLES and vorm == GROEPEN:
            return _groepen(font, begin + plek)
    raise ValueError("a font without a table of groups of characters")


def _tabel(font: bytes, naam: bytes) -> int:
    (aantal,) = struct.unpack_from(">H", font, 4)
    for nummer in range(aantal):
        tag, _, plek, _ = struct.unpack_from(">4sIII", font, 12 + 16 * nummer)
        if tag == naam:
            return int(plek)
    raise ValueError(f"a font without {naam!r}")


def _groepen(font: bytes, begin: int) -> set[int]:
    (aantal,) = struct.unpack_from(">I", font, begin + 12)
    tekens: set[int] = set()
    for nummer in range(aantal):
        van, tot, _ = struct.unpack_from(">III", font, begin + 16 + 12 * nummer)
        tekens.update(range(van, tot + 1))
    return tekens
