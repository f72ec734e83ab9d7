"""Tables: header rows in a thead, and as many cells in every row."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kennisdossier.opmaak.alinea import GEWOON, Stijl, Stuk, inline, plat
from kennisdossier.opmaak.lezen import Element, geheel_getal

if TYPE_CHECKING:
    from collections.abc import Callable

BREEDSTE_TABEL = 30
LANGSTE_CEL = 100


class Cel(NamedTuple):
    tag: str
    html: str
    breedte: int
    hoogte: int
    kolom: int = 0


class Rij(NamedTuple):
    """Cells in their places. ``gevuld`` counts columns, those from above as well."""

    cellen: list[Cel]
    gevuld: int
    tot: int


def tabel(
    element: Element, stijl: Stijl, celinhoud: Callable[[Element, Stijl], str]
) -> str:
    """A table, or nothing when it is empty. ``celinhoud`` gives the HTML in a cell."""
    bijschrift = ""
    rijen: list[list[Cel]] = []
    for rij, in_kop in _rijen(element, in_kop=False):
        if rij.tag == "caption":
            # Without styles: the editor keeps a title as words only.
            woorden = [Stuk(stuk.tekst, GEWOON) for stuk in plat(rij.inhoud)]
            bijschrift = bijschrift or inline(woorden)
        else:
            rijen.append(
                [_cel(cel, in_kop, celinhoud(cel, stijl)) for cel in _cellen(rij)]
            )
    rijen = [rij for rij in rijen if rij]
    if not bijschrift and not any(cel.html for rij in rijen for cel in rij):
        return ""
    koppen = [*takewhile(_is_koprij, rijen)]
    if len(koppen) == len(rijen):
        koppen = koppen[:1]
    kop, lijf = _raster(koppen), _raster(rijen[len(koppen) :])
    breedte = max((rij.tot for rij in (*kop, *lijf)), default=0)
    html = f"<caption>{bijschrift}</caption>\n" if bijschrift else ""
    for tag, deel in (("thead", kop), ("tbody", lijf)):
        if deel:
            regels = "\n".join(
                _rij(rij, breedte, in_kop=tag == "thead") for rij in deel
            )
            html += f"<{tag}>\n{regels}\n</{tag}>\n"
    return f"<table>\n{html}</table>"


def _rijen(element: Element, *, in_kop: bool) -> list[tuple[Element, bool]]:
    """The caption and the rows of a table, and whether each is in a thead."""
    gevonden = []
    for kind in element.inhoud:
        if isinstance(kind, Element):
            if kind.tag in {"caption", "tr"}:
                gevonden.append((kind, in_kop))
            else:
                gevonden += _rijen(kind, in_kop=in_kop or kind.tag == "thead")
    return gevonden


def _cellen(rij: Element) -> list[Element]:
    return [
        kind
        for kind in rij.inhoud
        if isinstance(kind, Element) and kind.tag in {"td", "th"}
    ]


def _cel(element: Element, in_kop: bool, html: str) -> Cel:
    # An empty heading says nothing to who hears the table.
    tag = "th" if html and (in_kop or element.tag == "th") else "td"
    breedte, hoogte = (
        geheel_getal(element.attributen.get(naam, ""), hoogste) or 1
        for naam, hoogste in (("colspan", BREEDSTE_TABEL), ("rowspan", LANGSTE_CEL))
    )
    return Cel(tag, html, breedte, hoogte)


def _is_koprij(rij: list[Cel]) -> bool:
    gevuld = [cel.tag for cel in rij if cel.html]
    return bool(gevuld) and all(tag == "th" for tag in gevuld)


def _raster(rijen: list[list[Cel]]) -> list[Rij]:
    """Give each cell its place: none reaches over another or out of its part."""
    uit: list[Rij] = []
    van_boven: dict[int, int] = {}  # column → rows that a cell above still fills
    for nummer, rij in enumerate(rijen):
        bezet, van_boven = van_boven, {k: n - 1 for k, n in van_boven.items() if n > 1}
        cellen: list[Cel] = []
        kolom = 0
        for cel in rij:
            while kolom in bezet:
                kolom += 1
            kolommen = range(kolom, kolom + cel.breedte)
            breedte = next((k - kolom for k in kolommen if k in bezet), cel.breedte)
            hoogte = min(cel.hoogte, len(rijen) - nummer)
            cellen.append(Cel(cel.tag, cel.html, breedte, hoogte, kolom))
            if hoogte > 1:
                van_boven |= dict.fromkeys(kolommen[:breedte], hoogte - 1)
            kolom += breedte
        gevuld = sum(cel.breedte for cel in cellen) + len(bezet)
        uit.append(Rij(cellen, gevuld, max(kolom, *(k + 1 for k in bezet), 0)))
    return uit


def _rij(rij: Rij, breedte: int, *, in_kop: bool) -> str:
    cellen = "".join(_celhtml(cel, in_kop=in_kop) for cel in rij.cellen)
    tekort = breedte - rij.gevuld if breedte <= BREEDSTE_TABEL else 0
    return f"<tr>{cellen}{'<td></td>' * tekort}</tr>"


def _celhtml(cel: Cel, *, in_kop: bool) -> str:
    attributen = ""
    if cel.tag == "th" and in_kop:
        attributen = f' scope="{"colgroup" if cel.breedte > 1 else "col"}"'
    elif cel.tag == "th" and not cel.kolom:
        attributen = f' scope="{"rowgroup" if cel.hoogte > 1 else "row"}"'
    if cel.breedte > 1:
        attributen += f' colspan="{cel.breedte}"'
    if cel.hoogte > 1:
        attributen += f' rowspan="{cel.hoogte}"'
    return f"<{cel.tag}{attributen}>{cel.html}</{cel.tag}>"
