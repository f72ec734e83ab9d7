"""What readers type, made fit to keep and to show. Nothing goes without a word."""

from __future__ import annotations

import re
import unicodedata

EMOJI = r"\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
# Letters and their signs of the scripts in which a joiner says how they are written:
# Arabic and Syriac, those of India, Sri Lanka, Myanmar and Cambodia, and Mongolian.
VERBONDEN = (
    r"\u0620-\u065f\u066e-\u06d5\u06ea-\u07ff\u0840-\u08ff\u0900-\u0dff"
    r"\u1000-\u109f\u1780-\u17b3\u17b6-\u17d3\u1820-\u18aa\ufb50-\ufdcf"
    r"\ufdf0-\ufdff\ufe70-\ufefc"
)
# The sign that takes the vowel from a letter of these: a joiner after it says whether
# the letter is written as a half or as a whole one, also at the end of a word.
VIRAMA = "".join(
    chr(teken)
    for teken in range(0x900, 0x1A60)
    if unicodedata.combining(chr(teken)) == 9
)
# Of what nobody sees, what says how something is written: joiners inside one picture,
# between such letters and after a virama, and the tags in the flags of England,
# Scotland and Wales.
ZINVOL = (
    rf"(?<=[{EMOJI}])\u200d(?=[{EMOJI}])"
    rf"|(?<=[{VERBONDEN}])[\u200c\u200d](?=[{VERBONDEN}])"
    rf"|(?<=[{VIRAMA}])[\u200c\u200d]"
    r"|(?<=\U0001f3f4)\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
    r"|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
# Characters that show nothing and can turn or hide what stands around them: controls,
# marks of direction, zero width, fillers, tags, and what no text may hold.
ONZICHTBAAR = re.compile(
    rf"({ZINVOL})|"
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
# What these are part of is one sign with what stands before it; after the joiner of
# emoji also with what follows.
ZWNJ, ZWJ, EMOJIBEELD = "\u200c", "\u200d", "\ufe0f"
HUIDSKLEUR, VLAGTEKEN = range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080)
# Controls, halves of characters, and what has no meaning (yet).
NIETS = {"Cc", "Cn", "Co", "Cs"}
# What stands where a browser sent bytes that are no text.
ONLEESBAAR = "\N{REPLACEMENT CHARACTER}"
ZACHT_STREEPJE = "\N{SOFT HYPHEN}"
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
    schoon = ONZICHTBAAR.sub(lambda gevonden: gevonden[1] or "", tekst)
    gewist = schoon != tekst
    if regels:
        schoon = "\n".join(regel.rstrip() for regel in schoon.split("\n"))
        schoon = re.sub(r"\n{3,}", "\n\n", schoon)
    else:
        schoon = re.sub(r"\s+", " ", schoon)
    if len(schoon) <= MAX_SAMENSTELLEN:
        schoon = unicodedata.normalize("NFC", schoon)
    return schoon.strip(), gewist


def een_regel(tekst: str, maximum: int) -> str:
    """What somebody typed as one line of at most so many characters that show."""
    schoon, _ = maak_schoon(tekst, regels=False)
    leesbaar = (" " if unicodedata.category(t) in NIETS else t for t in schoon)
    return afgekapt(" ".join("".join(leesbaar).split()), maximum).rstrip()


def afgekapt(tekst: str, maximum: int) -> str:
    """The first characters, never with half a letter or half a picture at the end."""
    einde = min(maximum, len(tekst))
    while 0 < einde < len(tekst) and _is_een_teken(tekst[einde - 1], tekst[einde]):
        einde -= 1
    return tekst[: einde or maximum]


def toonbaar(tekst: str) -> str:
    """The text with a "�" for all that shows nothing and means nothing."""
    schoon = ONZICHTBAAR.sub(lambda gevonden: gevonden[1] or ONLEESBAAR, tekst)
    return "".join(
        t if t.isprintable() or t in ZWNJ + ZWJ or ord(t) in VLAGTEKEN else ONLEESBAAR
        for t in schoon
    )


def _is_een_teken(links: str, rechts: str) -> bool:
    return (
        (links == ZWJ and re.match(f"[{EMOJI}]", rechts) is not None)
        or rechts in ZWNJ + ZWJ + EMOJIBEELD
        or ord(rechts) in HUIDSKLEUR
        or ord(rechts) in VLAGTEKEN
        or unicodedata.category(rechts).startswith("M")
    )
