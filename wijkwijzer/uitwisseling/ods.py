"""Sheets of LibreOffice as they come back, with only what we use of the format.

odfpy (and tablib, on top of it) loses all but the first line of a cell and moves what
stands after an empty one; both keep the whole file as a tree. This reads text, numbers
and dates, line by line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.handler import ContentHandler  # nosec B406 (only the base class)

from wijkwijzer.uitwisseling.poort import (
    MAX_KOLOMMEN,
    MAX_RIJEN,
    GeweigerdError,
    lees_xml,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GEHEEL = re.compile(r"-?\d{1,18}", re.ASCII)
# How LibreOffice shows a date of which somebody typed only the month, or the year.
ALLEEN_JAAR = re.compile(r"\d{4}", re.ASCII)
ALLEEN_MAAND = re.compile(r"[^\W\d]+\.? \d{2,4}|\d{1,2}[-/]\d{4}|\d{4}[-/]\d{1,2}")
# A sheet ends with a million empty rows, and a row with thousands of empty cells.
MAX_LEGE = 2_000_000


def lees(
    inhoud: bytes, weiger_formule: Callable[[str, int, int], None]
) -> list[tuple[str, list[tuple[int, list[Any]]]]]:
    """The sheets: name, and rows with their number."""
    lezer = _Lezer(weiger_formule)
    lees_xml(inhoud, lezer, "content.xml")
    return lezer.bladen


class _Lezer(ContentHandler):
    def __init__(self, weiger_formule: Callable[[str, int, int], None]) -> None:
        super().__init__()
        self.bladen: list[tuple[str, list[tuple[int, list[Any]]]]] = []
        self._weiger_formule = weiger_formule
        self._rij: list[Any] = []
        self._nummer = 0
        self._herhaald = self._cel_herhaald = 1
        self._waarde: Any = None
        self._alineas: list[str] | None = None
        self._in_alinea = self._in_opmerking = 0
        # Whether the last that was read is white, which the next white adds nothing to.
        self._wit = True

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        if name == "office:annotation":
            self._in_opmerking += 1
        if self._in_opmerking:
            return
        if name == "table:table":
            self.bladen.append((str(attrs.get("table:name", "")), []))
            self._nummer = 0
        elif name == "table:table-row":
            self._herhaald = _aantal(attrs, "table:number-rows-repeated")
            self._rij = []
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._begin_cel(name, attrs)
        elif name == "text:p" and self._alineas is not None:
            self._alineas.append("")
            self._in_alinea, self._wit = self._in_alinea + 1, True
        elif name == "text:s":
            self._voeg_toe(" " * min(_aantal(attrs, "text:c"), 100_000))
        elif name == "text:tab":
            self._voeg_toe("\t")
        elif name == "text:line-break":
            self._voeg_toe("\n")

    def _begin_cel(self, name: str, attrs: Any) -> None:
        blad, kolom = self.bladen[-1][0], len(self._rij) + 1
        spant = (
            _aantal(attrs, "table:number-columns-spanned"),
            _aantal(attrs, "table:number-rows-spanned"),
        )
        if name == "table:covered-table-cell" or max(spant) > 1:
            raise GeweigerdError(
                f"Blad “{blad}”, rij {self._nummer + 1}: er zijn cellen samengevoegd. "
                "Maak die los: elke rij telt apart."
            )
        if attrs.get("table:formula"):
            self._weiger_formule(blad, self._nummer + 1, kolom)
        self._cel_herhaald = _aantal(attrs, "table:number-columns-repeated")
        self._waarde = _getypeerd(attrs)
        self._alineas = []

    def _voeg_toe(self, tekst: str) -> None:
        if self._in_alinea and not self._in_opmerking and self._alineas:
            self._alineas[-1] += tekst
            self._wit = False

    def characters(self, content: str) -> None:
        if not self._in_alinea or self._in_opmerking:
            return
        # As the format says: white in the file is one space, and none at an end.
        for deel in re.findall(r"[ \t\r\n]+|[^ \t\r\n]+", content):
            if deel[0] in " \t\r\n":
                if not self._wit:
                    self._voeg_toe(" ")
                    self._wit = True
            else:
                self._voeg_toe(deel)

    def endElement(self, name: str) -> None:  # noqa: N802
        if name == "office:annotation":
            self._in_opmerking -= 1
        elif self._in_opmerking:
            return
        elif name == "text:p" and self._in_alinea:
            self._in_alinea -= 1
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._eind_cel()
        elif name == "table:table-row":
            self._eind_rij()

    def _eind_cel(self) -> None:
        waarde = self._waarde
        tekst = "\n".join(self._alineas or ())
        if waarde is None:
            waarde = tekst
        elif isinstance(waarde, date):
            waarde = _zo_precies_als_getoond(waarde, tekst)
        herhaald = self._cel_herhaald
        if waarde in (None, ""):
            herhaald = min(herhaald, MAX_KOLOMMEN)
        if len(self._rij) + herhaald > 2 * MAX_KOLOMMEN:
            herhaald = max(2 * MAX_KOLOMMEN - len(self._rij), 0)
        self._rij += [waarde] * herhaald
        self._alineas, self._in_alinea = None, 0

    def _eind_rij(self) -> None:
        naam, rijen = self.bladen[-1]
        if any(cel not in (None, "") for cel in self._rij):
            if self._nummer + self._herhaald > MAX_RIJEN + 1:
                raise GeweigerdError(f"“{naam}” heeft meer dan {MAX_RIJEN} rijen.")
            for i in range(self._herhaald):
                rijen.append((self._nummer + i + 1, [*self._rij]))
        self._nummer = min(self._nummer + self._herhaald, MAX_LEGE)


def _aantal(attrs: Any, naam: str) -> int:
    tekst = str(attrs.get(naam, "1"))
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 8 else 1


def _getypeerd(attrs: Any) -> Any:
    """What a cell holds that is no text; a date as it stands there."""
    soort = attrs.get("office:value-type", "")
    if soort in {"float", "percentage", "currency"}:
        tekst = str(attrs.get("office:value", ""))
        return int(tekst) if GEHEEL.fullmatch(tekst) else float(tekst or "nan")
    if soort == "boolean":
        return "ja" if attrs.get("office:boolean-value") == "true" else "nee"
    if soort == "date":
        return date.fromisoformat(attrs.get("office:date-value", "").partition("T")[0])
    return None


def _zo_precies_als_getoond(dag: date, getoond: str) -> str:
    if ALLEEN_JAAR.fullmatch(getoond):
        return f"{dag:%Y}"
    return f"{dag:%Y-%m}" if ALLEEN_MAAND.fullmatch(getoond) else f"{dag}"
