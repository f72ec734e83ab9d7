"""Reads HTML as a browser would, with nothing dangerous left in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

import nh3
from django.conf import settings

# What comes out.
TAGS = {
    *("p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "img", "figcaption"),
}
ATTRIBUTEN = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
}
SCHEMAS = {"http", "https", "mailto"}

# What may come in. A page has its title and its articles above the headings in a text.
KOPPEN = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
VET, SCHUIN = {"strong", "b"}, {"em", "i"}
LEEG = {"br", "img", "hr"}
# Elements that we do not have, but whose words must not run into those around them.
GRENZEN = {
    *("address", "article", "aside", "center", "dd", "details", "dialog", "dir", "div"),
    *("dl", "dt", "fieldset", "footer", "form", "header", "hgroup", "hr", "legend"),
    *("main", "menu", "nav", "optgroup", "option", "pre", "search", "section"),
    *("summary", "tfoot"),
}
KOMT_IN = TAGS | {*KOPPEN} | VET | SCHUIN | GRENZEN

# Nobody nests deeper; what is in it comes one level up.
DIEPSTE_ELEMENT = 60

# Characters that no page may have, and the ones that show nothing.
ONTEKENS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


@dataclass(slots=True)
class Element:
    tag: str
    attributen: dict[str, str] = field(default_factory=dict)
    inhoud: list[Element | str] = field(default_factory=list)


def lees(html: str) -> Element:
    """What a browser would make of it, with nothing dangerous left in it."""
    veilig = nh3.clean(
        html,
        tags=KOMT_IN,
        attributes=ATTRIBUTEN,
        url_schemes=SCHEMAS,
        link_rel=None,
    )
    lezer = Lezer()
    lezer.feed(veilig)
    lezer.close()
    return lezer.wortel


class Lezer(HTMLParser):
    """Makes a tree of what nh3 wrote, in which every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wortel = Element("")
        self.open = [self.wortel]
        self.te_diep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(
            tag, {naam: ONTEKENS.sub("", waarde or "") for naam, waarde in attrs}
        )
        self.open[-1].inhoud.append(element)
        if tag in LEEG:
            return
        if len(self.open) < DIEPSTE_ELEMENT:
            self.open.append(element)
        else:
            self.te_diep += 1

    def handle_endtag(self, tag: str) -> None:
        if self.te_diep:
            self.te_diep -= 1
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inhoud.append(ONTEKENS.sub("", data))


# Addresses

ADRES = re.compile(
    r"https?://[^/?#\s]|mailto:[^@\s]+@[^@\s]|/(?!/)|#[^#\s]", re.IGNORECASE
)
NIET_IN_ADRES = re.compile(r'[\s"<>^`{|}]')


def adres_van(href: str) -> str:
    """The address of a link in the form that browsers give it, or nothing."""
    adres = re.sub(r"[\t\n\r]", "", href).strip().replace("\\", "/")
    if adres.lower().startswith("www."):
        adres = f"https://{adres}"
    if not ADRES.match(adres):
        return ""
    return NIET_IN_ADRES.sub(lambda teken: quote(teken[0]), adres)


def is_eigen_adres(src: str) -> bool:
    """Whether a picture is one of ours, without detours."""
    basis = "|".join(map(re.escape, (settings.MEDIA_URL, settings.STATIC_URL)))
    return bool(re.fullmatch(rf"(?:{basis})(?:[\w-][\w.-]*/)*[\w-][\w.-]*", src))


def geheel_getal(waarde: str, hoogste: int) -> int:
    """A whole number from 1 on; 0 for anything else."""
    return (
        min(int(waarde), hoogste)
        if waarde.isascii() and waarde.isdigit() and len(waarde) < 10
        else 0
    )
