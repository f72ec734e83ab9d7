"""Cleans rich text: what a page may have, in one form, and no text is ever lost.

Three steps. nh3 reads what came in as a browser would and drops what is dangerous; the
rest is written anew in the few forms that our pages have, so that it is valid wherever
it stands; nh3 goes over the result, so that safety never rests on our own code.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import count, takewhile
from typing import NamedTuple

import nh3
from django.utils.text import slugify

from kennisdossier.opmaak.alinea import (
    BR,
    GEWOON,
    Stijl,
    Stuk,
    attribuut,
    bij_witregels,
    inline,
    met_element,
    plat,
)
from kennisdossier.opmaak.lezen import (
    ATTRIBUTEN,
    KOPPEN,
    SCHEMAS,
    SCHUIN,
    TAGS,
    VET,
    Element,
    geheel_getal,
    is_eigen_adres,
    lees,
)
from kennisdossier.opmaak.tabellen import tabel

DIEPSTE_BLOK = 6
LEGE_REGEL = re.compile(r"\r?\n[ \t]*\r?\n")


class Blok(NamedTuple):
    """A finished block. ``binnen`` is what a paragraph holds, without its tags."""

    html: str
    soort: str
    binnen: str = ""


class Anker(NamedTuple):
    id: str
    titel: str


def schoon(html: str) -> str:
    """Return the text with only the markup that a page may have.

    Cleaning again changes nothing. Links keep http, https and mailto, and addresses
    inside the site; pictures must be ours and say what they show.
    """
    blokken = Blokken()
    blokken.lees(lees(html).inhoud)
    return nh3.clean(
        "\n".join(blok.html for blok in _met_eerst_h3(blokken.sluit())),
        tags=TAGS,
        attributes=ATTRIBUTEN,
        url_schemes=SCHEMAS,
        link_rel=None,
    )


def problemen(html: str) -> list[str]:
    """What an editor must mend: what cleaning would leave out without a word."""
    gevonden = []
    for afbeelding, bijschrift in afbeeldingen_in(lees(html), ""):
        attributen = afbeelding.attributen
        if not is_eigen_adres(attributen.get("src", "")):
            gevonden.append(
                "Een afbeelding van een andere site kan niet. Voeg hem eerst toe bij "
                "Afbeeldingen en kies hem daarna met de knop Afbeelding."
            )
        elif not attributen.get("alt", "").strip():
            gevonden.append(
                f"De afbeelding {attributen['src']} heeft geen beschrijving. Schrijf "
                "in alt wat je ziet, voor wie het beeld niet kan zien."
            )
        elif not bijschrift:
            gevonden.append(
                f"Onder de afbeelding {attributen['src']} staat niet wie hem maakte. "
                "Schrijf dat in het bijschrift."
            )
    return [*dict.fromkeys(gevonden)]


BLOKEINDE = re.compile(r"</(?:p|h3|h4|li|blockquote|caption|th|td|figcaption)>|<br>")
MARKUP = re.compile(r"<[^>]*>")


def platte_tekst(html: str) -> str:
    """The words of a cleaned text on one line, for search, cards and reading time."""
    zonder = MARKUP.sub("", BLOKEINDE.sub(" ", html))
    return " ".join(unescape(zonder).split())


KOP = re.compile("<h3>(.*?)</h3>", re.DOTALL)


def met_ankers(html: str, voorvoegsel: str = "") -> tuple[str, list[Anker]]:
    """Give each h3 of a cleaned text an id, and return these with their titles.

    Several texts on one page need a ``voorvoegsel`` each, such as their slug.
    """
    ankers: dict[str, Anker] = {}

    def geef_id(gevonden: re.Match[str]) -> str:
        titel = platte_tekst(gevonden[1])
        basis = "-".join(filter(None, (voorvoegsel, slugify(titel) or "kop")))
        namen = (basis if n == 1 else f"{basis}-{n}" for n in count(1))
        sleutel = next(naam for naam in namen if naam not in ankers)
        ankers[sleutel] = Anker(sleutel, titel)
        return f'<h3 id="{sleutel}">{gevonden[1]}</h3>'

    return KOP.sub(geef_id, html), [*ankers.values()]


def afbeeldingen_in(element: Element, bijschrift: str) -> list[tuple[Element, str]]:
    """All pictures below an element, each with the caption of the figure it is in."""
    gevonden = []
    if element.tag == "figure":
        bijschrift = "".join(stuk.tekst for stuk in plat(element.inhoud)).strip()
    for kind in element.inhoud:
        if isinstance(kind, Element):
            if kind.tag == "img":
                gevonden.append((kind, bijschrift))
            gevonden += afbeeldingen_in(kind, bijschrift)
    return gevonden


# Blocks


class Blokken:
    """Turns content into blocks; text that stands in none becomes a paragraph."""

    def __init__(self, *, diepte: int = 0, in_tabel: bool = False) -> None:
        self.diepte = diepte
        self.in_tabel = in_tabel
        self.klaar: list[Blok] = []
        self.alinea: list[Stuk] = []

    def lees(
        self, inhoud: list[Element | str], stijl: Stijl = GEWOON, *, los: bool = True
    ) -> None:
        for kind in inhoud:
            if isinstance(kind, str):
                # Where nobody wrote a <p>, a blank line begins a paragraph.
                delen = LEGE_REGEL.split(kind) if los and not self.diepte else [kind]
                for nummer, deel in enumerate(delen):
                    if nummer:
                        self.sluit_alinea()
                    self.alinea.append(Stuk(deel, stijl))
            elif kind.tag == "br":
                self.alinea.append(Stuk(BR, stijl))
            elif kind.tag in VET | SCHUIN | {"a"}:
                self.lees(kind.inhoud, met_element(stijl, kind), los=los)
            else:
                self.sluit_alinea()
                self.lees_blok(kind, stijl)
                self.sluit_alinea()

    def lees_blok(self, element: Element, stijl: Stijl) -> None:
        tag = element.tag
        te_diep = self.diepte >= DIEPSTE_BLOK
        if tag in KOPPEN and not self.diepte:
            self.voeg_toe(KOPPEN[tag], inline(plat(element.inhoud, stijl)))
        elif tag in KOPPEN:
            # In a list or a table there is no place for a heading.
            self.lees(element.inhoud, stijl._replace(vet=True), los=False)
        elif tag in {"ul", "ol"} and not te_diep:
            self.voeg_toe_aan_lijst(element, stijl)
        elif tag == "blockquote" and not te_diep:
            binnen = self.binnenin(element, stijl)
            if binnen:
                regels = "\n".join(blok.html for blok in binnen)
                html = f"<blockquote>\n{regels}\n</blockquote>"
                self.klaar.append(Blok(html, tag))
        elif tag == "table" and not te_diep and not self.in_tabel:
            if html := tabel(element, stijl, self.celinhoud):
                self.klaar.append(Blok(html, tag))
        elif tag in {"figure", "img"}:
            self.lees_figuur(element, stijl)
        else:
            self.lees(element.inhoud, stijl, los=False)

    def voeg_toe_aan_lijst(self, element: Element, stijl: Stijl) -> None:
        items: list[str] = []
        for kind in element.inhoud:
            li = kind if isinstance(kind, Element) and kind.tag == "li" else None
            binnen = self.binnenin(li or Element("li", inhoud=[kind]), stijl)
            html = _zonder_alinea(binnen, met_lijsten=True)
            if not html:
                continue
            if binnen[0].soort == "lijst" and items and not li:
                # A list right inside a list belongs to the item before it.
                items[-1] += html
            else:
                items.append(html)
        if items:
            start = geheel_getal(element.attributen.get("start", ""), 10**9)
            nummer = f' start="{start}"' if element.tag == "ol" and start > 1 else ""
            regels = "\n".join(f"<li>{item}</li>" for item in items)
            html = f"<{element.tag}{nummer}>\n{regels}\n</{element.tag}>"
            self.klaar.append(Blok(html, "lijst"))

    def lees_figuur(self, element: Element, stijl: Stijl) -> None:
        """Each picture gets a figure; other text in it is the caption of the first."""
        gevonden = afbeeldingen_in(Element("", {}, [element]), "")
        afbeeldingen = [*filter(None, (_afbeelding(kind) for kind, _ in gevonden))]
        if not afbeeldingen:
            self.lees(element.inhoud, stijl, los=False)
            return
        bijschrift = inline(plat(element.inhoud, stijl))
        onder = f"<figcaption>{bijschrift}</figcaption>" if bijschrift else ""
        for html in afbeeldingen:
            self.klaar.append(Blok(f"<figure>{html}{onder}</figure>", "figure"))
            onder = ""

    def voeg_toe(self, tag: str, binnen: str) -> None:
        if binnen:
            self.klaar.append(Blok(f"<{tag}>{binnen}</{tag}>", tag, binnen))

    def binnenin(self, element: Element, stijl: Stijl) -> list[Blok]:
        """The blocks in an element of this text."""
        blokken = Blokken(
            diepte=self.diepte + 1,
            in_tabel=self.in_tabel or element.tag in {"td", "th"},
        )
        blokken.lees(element.inhoud, stijl)
        return blokken.sluit()

    def celinhoud(self, cel: Element, stijl: Stijl) -> str:
        return _zonder_alinea(self.binnenin(cel, stijl))

    def sluit_alinea(self) -> None:
        """Two line ends in a row begin a new paragraph."""
        for stukken in bij_witregels(self.alinea):
            self.voeg_toe("p", inline(stukken))
        self.alinea = []

    def sluit(self) -> list[Blok]:
        self.sluit_alinea()
        return self.klaar


def _met_eerst_h3(blokken: list[Blok]) -> list[Blok]:
    """A heading below no other heading is of the first level."""
    voor = len([*takewhile(lambda blok: blok.soort != "h3", blokken)])
    return [
        Blok(f"<h3>{blok.binnen}</h3>", "h3")
        if blok.soort == "h4" and n < voor
        else blok
        for n, blok in enumerate(blokken)
    ]


def _zonder_alinea(blokken: list[Blok], *, met_lijsten: bool = False) -> str:
    """The content of an item or a cell: a paragraph alone needs no tags."""
    if (
        blokken
        and blokken[0].soort == "p"
        and all(met_lijsten and blok.soort == "lijst" for blok in blokken[1:])
    ):
        return blokken[0].binnen + "".join(blok.html for blok in blokken[1:])
    return "".join(blok.html for blok in blokken)


def _afbeelding(element: Element) -> str:
    """A picture of ours with a description; nothing for any other."""
    src, alt = (element.attributen.get(naam, "") for naam in ("src", "alt"))
    alt = " ".join(alt.split())
    if not alt or not is_eigen_adres(src):
        return ""
    maten = {
        n: geheel_getal(element.attributen.get(n, ""), 99_999)
        for n in ("width", "height")
    }
    html = f'<img src="{attribuut(src)}" alt="{attribuut(alt)}"'
    return html + "".join(f' {n}="{maat}"' for n, maat in maten.items() if maat) + ">"
