"""What readers type, made fit to keep and to show. Nothing goes without a word."""

from __future__ import annotations

import re
import unicodedata

EMOJI = "\\u2600-\\u27bf\\ufe0f\\U0001f000-\\U0001faff"
# Characters that show nothing and can turn or hide what stands around them: controls,
# marks of direction, zero width, fillers, tags, and what no text may hold.
ONZICHTBAAR = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
    "\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u200e\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufdd0-\\ufdef\\ufe00-\\ufe0e\\ufeff\\uffa0"
    "\\ufff0-\\ufffb\\ufffe\\uffff\\ud800-\\udfff\\U000e0000-\\U000e0fff]"
    # The joiner that makes one picture of several stays between pictures.
    f"|(?<![{EMOJI}])\\u200d|\\u200d(?![{EMOJI}])"
)
# What stands where a browser sent bytes that are no text.
ONLEESBAAR = "\N{REPLACEMENT CHARACTER}"
ZACHT_STREEPJE = "\N{SOFT HYPHEN}"

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]+"
    r"|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:nl|com|net|org|info|biz|eu|be|de|ru|cn"
    r"|xyz|top|shop|online|site|club|link|click)\b(?![\w-])",
    re.IGNORECASE,
)


# Composing letters takes the square of the time; more than this is refused anyway.
MAX_SAMENSTELLEN = 10_000
# No name, address or link is longer: what follows is cut off at once.
MAX_REGEL = 2000


def maak_schoon(tekst: str, *, regels: bool) -> tuple[str, bool]:
    """The text without what nobody can see, and whether something was taken out.

    ``regels``: whether it may have more than one line. Our own pages have soft hyphens,
    which come along with copied text: those go silently.
    """
    tekst = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", tekst)
    tekst = tekst.replace(ZACHT_STREEPJE, "")
    if not regels:
        tekst = tekst[:MAX_REGEL]
    schoon = ONZICHTBAAR.sub("", tekst)
    gewist = schoon != tekst
    if regels:
        schoon = "\n".join(regel.rstrip() for regel in schoon.split("\n"))
        schoon = re.sub(r"\n{3,}", "\n\n", schoon)
    else:
        schoon = re.sub(r"\s+", " ", schoon)
    if len(schoon) <= MAX_SAMENSTELLEN:
        schoon = unicodedata.normalize("NFC", schoon)
    return schoon.strip(), gewist


def aantal_links(*teksten: str) -> int:
    """How many addresses of sites there are, also those without http."""
    return sum(len(LINK.findall(tekst)) for tekst in teksten)
