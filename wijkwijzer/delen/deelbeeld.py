"""The picture that goes along when a page is shared: title, rings and level, as PNG.

Made of the version that readers see, with the colours of tokens.css and our own font.
Drawn at twice its size, because Pillow does not smooth the edges of circles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from PIL import Image, ImageColor, ImageDraw, ImageFont

from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.core.tekens import een_regel
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.core.templatetags.wijkwijzer import ZACHT_STREEPJE, afbreken

if TYPE_CHECKING:
    from collections.abc import Callable

    from interventies.whole import Geldigheid
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# What sites that show pictures of links ask for.
BREED, HOOG = 1200, 630
DUBBEL = 2
# The colours that are drawn with, on paper; between the two, an edge has so many steps.
STAPPEN = {
    **dict.fromkeys(("ink", "soft", "edge", "core", "mid", "outer"), 16),
    # Nearly paper: Pillow takes colours that are closer than this for each other.
    **dict.fromkeys(("core-wash", "mid-wash", "outer-wash"), 2),
}

LETTER = "fonts/atkinson-hyperlegible-next.woff2"
VET, GEWOON = 740, 460
RAND = 72
TEKSTBREEDTE = 700
# The largest at which the title fits, on at most so many lines.
TITELS = ((88, 3), (74, 4), (60, 5), (50, 6))
MAX_TITEL = 160
# Of what stands below it.
KLEIN = (32, 28, 24, 20)
REGELHOOGTE = 1.12

# The logo, and the glyph of a card, in the units of their SVG.
LOGO = ((20.5, "outer"), (12.5, "mid"), (5.5, "core"))
GLYPH = ((10.4, 3, "outer"), (6.5, 2, "mid"), (3.2, 1, "core"))
KLEUR = re.compile(r"--ww-([\w-]+): (#[0-9a-f]{6});")


@dataclass(frozen=True)
class Beeld:
    """What the picture says. ``ringen`` is None of what has no rings."""

    titel: str
    boven: str = ""
    onder: str = ""
    ringen: frozenset[int] | None = None
    # Of three, how many dots the level fills; None without a level.
    stippen: int | None = None


SITE = Beeld("Samen met bewoners een buurt leefbaarder maken")


def beeld_van(stand: Stand, document: Whole) -> Beeld:
    """What is told of a record: its kind and name, of some more."""
    titel = een_regel(beginkapitaal(document.naam), MAX_TITEL)
    soort = beginkapitaal(str(document.model._meta.verbose_name))
    geldigheid = None
    ringen = None
    if isinstance(document, AanpakDocument):
        geldigheid = document.geldigheid
        ringen = frozenset(laag.volgorde for laag in document.lagen())
    elif isinstance(document, InterventieDocument):
        geldigheid = document.geldigheid(stand.day)
        soort = "Register van databanken"
    elif isinstance(document, PraktijkvoorbeeldDocument) and document.gemeente:
        soort = een_regel(f"{soort} in {document.gemeente.naam}", MAX_TITEL)
    return Beeld(titel, soort, *_niveau(geldigheid, ringen))


def _niveau(
    geldigheid: Geldigheid | None, ringen: frozenset[int] | None
) -> tuple[str, frozenset[int] | None, int | None]:
    """The level as the badge has it: what lapsed fills no dot, and says so."""
    if geldigheid is None or geldigheid.niveau is None:
        return "", ringen, None
    woorden = geldigheid.niveau.naam
    if geldigheid.bekend:
        woorden += f", {geldigheid.in_woorden}"
    vol = max(1, min(3, int(geldigheid.niveau.volgorde) // 10))
    return woorden, ringen, 0 if geldigheid.vervallen else vol


def png(beeld: Beeld) -> bytes:
    """The picture; the same bytes for the same words."""
    kleur = _kleuren()
    doek = Image.new("RGB", (BREED * DUBBEL, HOOG * DUBBEL), kleur["paper"])
    teken = ImageDraw.Draw(doek)
    _ringen(teken, beeld.ringen)
    _logo(teken)
    _woorden(teken, beeld)
    klein = doek.resize((BREED, HOOG), Image.Resampling.LANCZOS)
    bestand = BytesIO()
    klein.quantize(palette=_palet(), dither=Image.Dither.NONE).save(bestand, "PNG")
    return bestand.getvalue()


def _ringen(teken: ImageDraw.ImageDraw, ringen: frozenset[int] | None) -> None:
    """The glyph: a thick ring acts, a thin one does not. Without: the logo, faint."""
    kleur, midden = _kleuren(), (970, 315)
    if ringen is None:
        for straal, naam in LOGO:
            dikte = straal * 2 if naam == "core" else 5
            plek, was = (1050, 350), kleur[f"{naam}-wash"]
            _cirkel(teken, plek, straal * 12, dikte * 12, was)
        return
    maat = 15
    for straal, nummer, naam in GLYPH:
        doet_mee = nummer in ringen
        dikte = 2.6 if doet_mee else 0.75
        lijn = kleur[naam] if doet_mee else kleur["edge"]
        if nummer == 1 and doet_mee:
            dikte = straal * 2
        _cirkel(teken, midden, straal * maat, dikte * maat, lijn)


def _logo(teken: ImageDraw.ImageDraw) -> None:
    kleur, maat = _kleuren(), 64 / 48
    for straal, naam in LOGO:
        dikte = straal * 2 if naam == "core" else 5
        _cirkel(teken, (RAND + 32, 100), straal * maat, dikte * maat, kleur[naam])
    _tekst(teken, (RAND + 82, 100), "WijkWijzer", 44, VET, kleur["ink"], "lm")


def _woorden(teken: ImageDraw.ImageDraw, beeld: Beeld) -> None:
    kleur = _kleuren()
    maat, regels = _passend(beeld.titel)
    hoogte = round(maat * REGELHOOGTE)
    onder = 530 if beeld.onder else 560
    y = max(190, min(onder - len(regels) * hoogte, 380 - len(regels) * hoogte // 2))
    if beeld.boven:
        _tekst(teken, (RAND, y - 14), beeld.boven, 32, GEWOON, kleur["soft"], "ls")
    for nummer, regel in enumerate(regels):
        plaats = (RAND, y + nummer * hoogte)
        _tekst(teken, plaats, regel, maat, VET, kleur["ink"], "la")
    if beeld.onder:
        x = RAND
        for nummer in range(3 if beeld.stippen is not None else 0):
            vol = nummer < (beeld.stippen or 0)
            midden = (RAND + 12 + nummer * 34, 560)
            _cirkel(teken, midden, 11, 22 if vol else 3.5, kleur["mid"])
            x = RAND + 114
        ruimte = (BREED - RAND - x) * DUBBEL
        past = [m for m in KLEIN if _letter(m, VET).getlength(beeld.onder) <= ruimte]
        maat = past[0] if past else KLEIN[-1]
        _tekst(teken, (x, 560), beeld.onder, maat, VET, kleur["mid"], "lm")


def _passend(titel: str) -> tuple[int, list[str]]:
    """The size and the lines of a title; one that never fits is cut off."""
    for maat, hoogstens in TITELS:
        regels, heel = _regels(titel, maat)
        if heel and len(regels) <= hoogstens:
            return maat, regels
    maat, hoogstens = TITELS[-1]
    regels, _ = _regels(titel, maat)
    if len(regels) > hoogstens:
        regels = [*regels[: hoogstens - 1], f"{regels[hoogstens - 1][:-2].rstrip()}…"]
    return maat, regels


def _regels(titel: str, maat: int) -> tuple[list[str], bool]:
    """The title in lines of TEKSTBREEDTE, and whether no word had to be broken."""
    letter = _letter(maat, VET)

    def past(woorden: str) -> bool:
        return letter.getlength(woorden) <= TEKSTBREEDTE * DUBBEL

    regels, regel, heel = [], "", True
    for woord in titel.split():
        if past(samen := f"{regel} {woord}".strip()):
            regel = samen
            continue
        if regel:
            regels.append(regel)
        regel = woord
        while not past(regel):
            heel = False
            begin, regel = _gebroken(regel, past)
            regels.append(begin)
    return [*regels, regel], heel


def _gebroken(woord: str, past: Callable[[str], bool]) -> tuple[str, str]:
    """As much of a word as fits on a line, and the rest: at a syllable if it can be."""
    lettergrepen = afbreken(woord).split(ZACHT_STREEPJE)
    for aantal in range(len(lettergrepen) - 1, 0, -1):
        begin = "".join(lettergrepen[:aantal])
        if past(f"{begin}-"):
            return f"{begin}-", woord[len(begin) :]
    lengte = next((n for n in range(len(woord), 1, -1) if past(woord[:n])), 1)
    return woord[:lengte], woord[lengte:]


def _tekst(
    teken: ImageDraw.ImageDraw,
    plaats: tuple[int, int],
    woorden: str,
    maat: int,
    dikte: int,
    kleur: str,
    anker: str,
) -> None:
    x, y = plaats
    letter = _letter(maat, dikte)
    teken.text((x * DUBBEL, y * DUBBEL), woorden, kleur, letter, anker)


def _cirkel(
    teken: ImageDraw.ImageDraw,
    midden: tuple[float, float],
    straal: float,
    dikte: float,
    kleur: str,
) -> None:
    """A line of ``dikte`` on both sides of the circle, as SVG draws it; or a disc."""
    x, y = (plaats * DUBBEL for plaats in midden)
    if dikte >= straal * 2:
        buiten = straal * DUBBEL
        teken.ellipse((x - buiten, y - buiten, x + buiten, y + buiten), fill=kleur)
        return
    buiten = (straal + dikte / 2) * DUBBEL
    vak = (x - buiten, y - buiten, x + buiten, y + buiten)
    teken.ellipse(vak, outline=kleur, width=round(dikte * DUBBEL))


@cache
def _letter(maat: int, dikte: int) -> ImageFont.FreeTypeFont:
    letter = ImageFont.truetype(_gevonden(LETTER), maat * DUBBEL)
    letter.set_variation_by_axes([dikte])
    return letter


@cache
def _kleuren() -> dict[str, str]:
    """The colours of tokens.css in the light: who restyles replaces one file."""
    regels = Path(_gevonden("css/tokens.css")).read_text(encoding="utf-8")
    return dict(KLEUR.findall(regels.partition("@media")[0]))


@cache
def _palet() -> Image.Image:
    """All colours that a picture has: a third of the bytes, and the paper stays right.

    What quantize() chooses by itself leaves out small circles, or tints the paper.
    """
    papier = ImageColor.getrgb(_kleuren()["paper"])
    tinten = [*papier]
    for naam, stappen in STAPPEN.items():
        inkt = ImageColor.getrgb(_kleuren()[naam])
        for stap in range(1, stappen + 1):
            for van, naar in zip(papier, inkt, strict=True):
                tinten.append(van + (naar - van) * stap // stappen)
    palet = Image.new("P", (1, 1))
    palet.putpalette(tinten)
    return palet


def _gevonden(naam: str) -> str:
    pad = finders.find(naam)
    if not isinstance(pad, str):
        raise FileNotFoundError(naam)
    return pad
