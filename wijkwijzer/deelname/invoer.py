"""What readers type: the addresses in it, of sites and of people."""

from __future__ import annotations

import re
import unicodedata

from wijkwijzer.core.tekens import maak_schoon

# Ends of addresses; of those that are a word too, the next word may only have lost the
# space before it: "samen.de buren" and "klaar.net op tijd" are no addresses.
EINDEN = "nl|com|org|biz|eu|be|ru|cn|xyz|click"
WOORDEINDEN = "de|net|info|top|shop|online|site|club|link"
LINK = re.compile(
    r"(?i:https?://|www\.)[^\s<>]+"
    r"|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\."
    # "Samen.De" begins a sentence: an address is in small letters, or all in capitals.
    rf"(?:{EINDEN}|{EINDEN.upper()}"
    rf"|(?:{WOORDEINDEN}|{WOORDEINDEN.upper()})(?![^\S\n]+\w))(?![\w@-])"
)


# What stands around an address in a mail; no domain name ends in it. A name may begin
# with a quote, which is around the whole address only when one closes it.
OPENT, CITEERT = " <([{„“‘«", "\"'"
SLUIT = " >)]}”“’»…。.,;:!?" + CITEERT
MAILTO = re.compile(r"mailto:(?P<adres>[^?]*)", re.IGNORECASE)
TUSSEN_HAKEN = re.compile(r"<(?P<adres>[^<>]*@[^<>]*)>")


def aantal_links(*teksten: str) -> int:
    """How many addresses of sites there are, also those without http."""
    return sum(len(LINK.findall(tekst)) for tekst in teksten)


def adres_in(tekst: str) -> str:
    """The address in what was copied from a mail: "Jan <jan@x.nl>;"."""
    tekst = maak_schoon(unicodedata.normalize("NFKC", tekst), regels=False)[0]
    if haken := TUSSEN_HAKEN.search(tekst):
        tekst = haken["adres"]
    tekst = tekst.lstrip(OPENT)
    kaal = tekst.rstrip(SLUIT)
    if kaal[:1] in CITEERT and kaal[:1] in tekst[len(kaal) :]:
        kaal = kaal[1:].lstrip(OPENT)
    mailto = MAILTO.match(kaal)
    return mailto["adres"].rstrip(SLUIT) if mailto else kaal


def vergelijkbaar(email: str) -> str:
    """The same for every way to write an e-mail address: capitals, "ü" or "xn--…".

    A domain name may end in a dot, and what was copied in characters that show nothing.
    """
    zichtbaar = maak_schoon(unicodedata.normalize("NFKC", email), regels=False)[0]
    naam, apenstaart, domein = zichtbaar.rpartition("@")
    labels = re.split("[.。]", domein.strip().rstrip(" .。"))
    tekst = naam + apenstaart + ".".join(map(_leesbaar, labels))
    return unicodedata.normalize("NFKC", tekst.casefold())


def _leesbaar(label: str) -> str:
    """A part of a domain name as people write it, if it was written for machines."""
    machine, code = label[:4].lower(), label[4:].lower()
    if machine != "xn--":
        return label
    try:
        return code.encode("ascii").decode("punycode")
    except UnicodeError:
        return label
