"""The text of one block: its styles, its spaces, and the one way to write them."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import NamedTuple

from kennisdossier.opmaak.lezen import SCHUIN, VET, Element, adres_van

# Stands for <br> among pieces of text: reading leaves no such character in these.
BR = "\0"
WIT = re.compile(r"[ \t\n\f\r\xa0]+")
WIT_OF_BR = f" \t\n\f\r\xa0{BR}"


class Stijl(NamedTuple):
    link: str = ""
    vet: bool = False
    schuin: bool = False


GEWOON = Stijl()


class Stuk(NamedTuple):
    """Text, or one BR, in one style."""

    tekst: str
    stijl: Stijl


def met_element(stijl: Stijl, element: Element) -> Stijl:
    if element.tag == "a":
        return stijl._replace(link=adres_van(element.attributen.get("href", "")))
    return stijl._replace(
        vet=stijl.vet or element.tag in VET,
        schuin=stijl.schuin or element.tag in SCHUIN,
    )


def plat(inhoud: list[Element | str], stijl: Stijl = GEWOON) -> list[Stuk]:
    """All text, for where no block can stand; the ends of blocks become spaces."""
    stukken: list[Stuk] = []
    for kind in inhoud:
        if isinstance(kind, str):
            stukken.append(Stuk(kind, stijl))
        elif kind.tag in VET | SCHUIN | {"a"}:
            stukken += plat(kind.inhoud, met_element(stijl, kind))
        else:
            spatie = Stuk(" ", stijl)
            stukken += [spatie, *plat(kind.inhoud, stijl), spatie]
    return stukken


def bij_witregels(stukken: list[Stuk]) -> list[list[Stuk]]:
    """Split where two line ends follow each other, whatever space is between them."""
    delen: list[list[Stuk]] = [[]]
    na_br = 0  # how many pieces ago the last <br> was, with only space since
    for stuk in stukken:
        if stuk.tekst == BR and na_br:
            del delen[-1][-na_br:]
            delen.append([])
            na_br = 0
            continue
        delen[-1].append(stuk)
        if stuk.tekst == BR:
            na_br = 1
        elif na_br:
            na_br = 0 if stuk.tekst.strip(WIT_OF_BR) else na_br + 1
    return delen


def inline(stukken: list[Stuk]) -> str:
    """The content of a paragraph, in the one way to write it."""
    stukken = _zonder_lege_links(stukken)
    stukken = _smelt_samen(_zonder_dubbel_wit(_smelt_samen(stukken)))
    return "".join(
        _in(
            f'a href="{attribuut(link)}"' if link else "",
            "".join(
                _in(
                    "strong" if vet else "",
                    "".join(
                        _in("em" if schuin else "", "".join(map(_tekst, schuine)))
                        for schuin, schuine in groupby(vette, lambda s: s.stijl.schuin)
                    ),
                )
                for vet, vette in groupby(links, lambda s: s.stijl.vet)
            ),
        )
        for link, links in groupby(stukken, lambda s: s.stijl.link)
    )


def _zonder_lege_links(stukken: list[Stuk]) -> list[Stuk]:
    """A link that shows nothing is none."""
    uit: list[Stuk] = []
    for link, groep in groupby(stukken, lambda s: s.stijl.link):
        deel = [*groep]
        if link and not any(stuk.tekst.strip(WIT_OF_BR) for stuk in deel):
            deel = [Stuk(s.tekst, s.stijl._replace(link="")) for s in deel]
        uit += deel
    return uit


def _smelt_samen(stukken: list[Stuk]) -> list[Stuk]:
    """Join neighbours of one style; a BR stays by itself."""
    uit: list[Stuk] = []
    for (stijl, is_br), groep in groupby(stukken, lambda s: (s.stijl, s.tekst == BR)):
        if is_br:
            uit += groep
        else:
            uit.append(Stuk("".join(stuk.tekst for stuk in groep), stijl))
    return uit


def _zonder_dubbel_wit(stukken: list[Stuk]) -> list[Stuk]:
    """One space between words and none at the ends of a line.

    A hard space stays where it stands alone between two words.
    """
    uit: list[Stuk] = []

    def sluit_regel() -> None:
        while uit and uit[-1].tekst != BR:
            laatste = uit.pop()
            if tekst := laatste.tekst.rstrip(" \xa0"):
                uit.append(Stuk(tekst, laatste.stijl))
                return

    for tekst, stijl in stukken:
        if tekst == BR:
            sluit_regel()
            if uit:
                uit.append(Stuk(BR, stijl))
            continue
        enkel = WIT.sub(lambda wit: "\xa0" if wit[0] == "\xa0" else " ", tekst)
        if not uit or uit[-1].tekst[-1] in WIT_OF_BR:
            enkel = enkel.lstrip(" \xa0")
        if enkel:
            uit.append(Stuk(enkel, stijl))
    sluit_regel()
    while uit and uit[-1].tekst == BR:
        uit.pop()
        sluit_regel()
    return uit


def _tekst(stuk: Stuk) -> str:
    return "<br>" if stuk.tekst == BR else ontsnapt(stuk.tekst)


def _in(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag.split()[0]}>" if tag else html


def ontsnapt(tekst: str) -> str:
    return escape(tekst, quote=False).replace("\xa0", "&nbsp;")


def attribuut(waarde: str) -> str:
    return ontsnapt(waarde).replace('"', "&quot;")
