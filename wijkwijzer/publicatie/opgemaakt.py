"""The text of an article, which editors make up, as blocks of text.

It is HTML that ``kennisdossier.opmaak`` cleaned. Only what that leaves has a meaning
here; of anything else the words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import msgspec
from django.conf import settings

from wijkwijzer.publicatie.boom import (
    Alinea,
    Beeld,
    Blok,
    Citaat,
    Kop,
    Lijst,
    Punten,
    Stuk,
    Tabel,
    adres,
    alinea,
    anker,
    stuk,
)
from wijkwijzer.publicatie.bronnen import adresnoot

# The page of a record, by where its kind is on the site.
SOORTEN = {
    "aanpakken": "aanpak",
    "interventies": "interventie",
    "praktijkvoorbeelden": "praktijkvoorbeeld",
    "kennisdossier": "dossier",
    "begrippen": "begrip",
}
RECORD = re.compile(rf"/({'|'.join(SOORTEN)})/([\w-]+)/(?:#.*)?")
LEEG = {"br", "img"}
IN_DE_REGEL = {"a", "strong", "em", "br"}


@dataclass
class Element:
    naam: str
    attributen: dict[str, str] = field(default_factory=dict)
    inhoud: list[Element | str] = field(default_factory=list)

    def elementen(self, *namen: str) -> Iterator[Element]:
        """Those of these names, at any depth but not in each other."""
        for deel in self.inhoud:
            if isinstance(deel, Element):
                if deel.naam in namen:
                    yield deel
                else:
                    yield from deel.elementen(*namen)


class _Lezer(HTMLParser):
    """Text as elements. What is not closed ends with what is around it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {naam: waarde or "" for naam, waarde in attrs})
        self.open[-1].inhoud.append(element)
        if tag not in LEEG:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        namen = [element.naam for element in self.open]
        if tag in namen[1:]:
            del self.open[len(namen) - 1 - namen[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].inhoud.append(data)


def opgemaakt(html: str, pagina: str) -> list[Blok]:
    """The blocks of a text. ``pagina`` is the address of the page that it is on."""
    lezer = _Lezer()
    lezer.feed(html)
    lezer.close()
    return _blokken(lezer.open[0], pagina)


def _blokken(element: Element, pagina: str) -> list[Blok]:
    """What is in an element: words between blocks are a paragraph."""
    blokken: list[Blok] = []
    regel: list[Element | str] = []

    def sluit() -> None:
        if stukken := _regel(regel, pagina):
            blokken.append(Alinea(stukken))
        regel.clear()

    for deel in element.inhoud:
        if isinstance(deel, str) or deel.naam in IN_DE_REGEL:
            regel.append(deel)
        else:
            sluit()
            blokken += _blok(deel, pagina)
    sluit()
    return blokken


def _blok(element: Element, pagina: str) -> list[Blok]:
    if element.naam in {"ul", "ol"}:
        return _lijst(element, pagina)
    if element.naam in {"h3", "h4"}:
        stukken = _regel(element.inhoud, pagina)
        woorden = "".join(s.tekst for s in stukken)
        return [Kop(woorden)] if woorden else []
    if element.naam == "blockquote":
        eigen = _blokken(element, pagina)
        return [Citaat(eigen)] if eigen else []
    if element.naam == "table":
        return _tabel(element, pagina)
    if element.naam == "img":
        return _beeld(element)
    return _blokken(element, pagina)


def _beeld(element: Element) -> list[Blok]:
    """A picture of ours. Of another what it shows is told: who reads misses nothing."""
    beschrijving = stuk(element.attributen.get("alt", "")).tekst
    if not beschrijving:
        return []
    bron = element.attributen.get("src", "")
    if bron.startswith(settings.MEDIA_URL):
        return [Beeld(bron.removeprefix(settings.MEDIA_URL), beschrijving)]
    return [alinea(stuk(f"Afbeelding: {beschrijving}", zacht=True))]


def _lijst(element: Element, pagina: str) -> list[Blok]:
    gelezen = (_blokken(punt, pagina) for punt in element.elementen("li"))
    punten = [punt for punt in gelezen if punt]
    genummerd = element.naam == "ol"
    begin = element.attributen.get("start", "")
    eerste = int(begin) if begin.isdecimal() and len(begin) <= 5 else 1
    regels = [
        punt[0].stukken
        for punt in punten
        if len(punt) == 1 and isinstance(punt[0], Alinea)
    ]
    if not punten:
        return []
    if len(regels) == len(punten) and eerste == 1:
        return [Lijst(regels, genummerd)]
    return [Punten(punten, genummerd, eerste)]


def _tabel(element: Element, pagina: str) -> list[Blok]:
    """Each row as long as the longest: a table with holes is none to who listens."""
    naam = " ".join(
        stuk_.tekst
        for titel in element.elementen("caption")
        for stuk_ in _regel(titel.inhoud, pagina)
    )
    rijen = [
        (rij, [_blokken(cel, pagina) for cel in rij.elementen("th", "td")])
        for rij in element.elementen("tr")
    ]
    breedte = max((len(cellen) for _, cellen in rijen), default=0)
    if not breedte:
        return []
    vol = [[*cellen, *([[]] * (breedte - len(cellen)))] for _, cellen in rijen]
    koppen = [[c.naam for c in rij.elementen("th", "td")] for rij, _ in rijen]
    heeft_kop = koppen[0].count("th") > 1 or koppen[0] == ["th"]
    kop, rest = (vol[0], vol[1:]) if heeft_kop else ([], vol)
    rijkoppen = any(rij[:1] == ["th"] for rij in koppen[heeft_kop:])
    return [Tabel(naam, kop, rest, rijkoppen)]


def _regel(delen: Iterable[Element | str], pagina: str) -> list[Stuk]:
    """The pieces of a line, with the spaces between them as they were."""
    stukken = [s for s in _stukken(delen, pagina, Stuk("")) if s.tekst]
    regel: list[Stuk] = []
    for deel in stukken:
        tekst = deel.tekst
        if not regel or regel[-1].tekst.endswith(" "):
            tekst = tekst.lstrip(" ")
        if tekst:
            regel.append(msgspec.structs.replace(deel, tekst=tekst))
    if regel:
        laatste = regel.pop()
        if tekst := laatste.tekst.rstrip(" "):
            regel.append(msgspec.structs.replace(laatste, tekst=tekst))
    return regel


def _stukken(delen: Iterable[Element | str], pagina: str, vorm: Stuk) -> Iterator[Stuk]:
    for deel in delen:
        if isinstance(deel, str):
            yield msgspec.structs.replace(vorm, tekst=_met_spaties(deel))
        elif deel.naam == "br":
            yield msgspec.structs.replace(vorm, tekst=" ")
        elif deel.naam == "a":
            yield from _link(deel, pagina, vorm)
        else:
            eigen = {"strong": {"vet": True}, "em": {"schuin": True}}
            met = msgspec.structs.replace(vorm, **eigen.get(deel.naam, {}))
            yield from _stukken(deel.inhoud, pagina, met)


def _link(element: Element, pagina: str, vorm: Stuk) -> Iterator[Stuk]:
    """Its words lead there; who reads on paper finds the address in a note.

    A record of ours needs none: its name is in the register.
    """
    href = element.attributen.get("href", "")
    record = RECORD.fullmatch(href)
    plek = anker(SOORTEN[record[1]], record[2]) if record else ""
    doel = adres(urljoin(pagina, href))
    woorden = [
        msgspec.structs.replace(s, url=doel, anker=plek)
        for s in _stukken(element.inhoud, pagina, vorm)
    ]
    yield from woorden[:-1]
    for laatste in woorden[-1:]:
        noot = tuple(adresnoot(doel)) if doel and not record else ()
        yield msgspec.structs.replace(laatste, noot=noot)


def _met_spaties(tekst: str) -> str:
    """Printable, with one space where there were more, also before and after."""
    kaal = stuk(tekst).tekst
    voor = " " if tekst[:1].isspace() else ""
    na = " " if kaal and tekst[-1:].isspace() else ""
    return f"{voor}{kaal}{na}"
