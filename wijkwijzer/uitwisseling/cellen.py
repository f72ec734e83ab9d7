"""Values of documents as cells and back: nothing lost, and nothing that runs.

Two conventions, both undone when the file comes back:

- A text that a spreadsheet could take for a formula gets an apostrophe before it. So
  does one that already looks like that: ``=1`` is ``'=1``, and ``'=1`` is ``''=1``.
  Other texts with an apostrophe ('s avonds) stay as they are.
- A character that no spreadsheet can hold is written as ``\\u000b``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from wijkwijzer.core.datums import UITLEG, Deeldatum
from wijkwijzer.core.teksten import regels
from wijkwijzer.wholes.declaration import Kind

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Field

Cel = str | int | None

# Also the minus sign of mathematics, which is no variant of "-" to Unicode.
FORMULE = frozenset("=+-@\u2212")
BEGINT_ANDERS = ("\t", "\r", "\n")
ONZICHTBAAR = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
# Beside control characters what openpyxl and Excel themselves use as an escape.
NIET_IN_EEN_CEL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]"
    r"|\\(?=u[0-9a-f]{4})|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)"
)
TERUG = re.compile(r"\\u([0-9a-f]{4})")
SCHEIDING = re.compile(r"[,;\s]+")
JA, NEE = "ja", "nee"
WAAR = {JA: True, NEE: False, "true": True, "false": False, "1": True, "0": False}
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
DAG_EERST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
MET_MAAND = re.compile(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})", re.ASCII)


def is_formule(tekst: str) -> bool:
    """Whether a spreadsheet could run it, whatever invisible stands before it."""
    kaal = tekst.lstrip("'")
    if kaal.startswith(BEGINT_ANDERS):
        return True
    for teken in kaal:
        if unicodedata.category(teken) not in ONZICHTBAAR:
            # Full width and small signs are formulas to some spreadsheets too.
            return unicodedata.normalize("NFKC", teken)[:1] in FORMULE
    return False


def veilig(tekst: str) -> str:
    return f"'{tekst}" if is_formule(tekst) else tekst


def onveilig(tekst: str) -> str:
    """What :func:`veilig` was given."""
    return tekst[1:] if tekst.startswith("'") and is_formule(tekst) else tekst


def schrijfbaar(tekst: str) -> str:
    return NIET_IN_EEN_CEL.sub(lambda teken: f"\\u{ord(teken[0]):04x}", tekst)


def teruggelezen(tekst: str) -> str:
    return TERUG.sub(lambda code: chr(int(code[1], 16)), tekst)


def naar_cel(f: Field, value: Any) -> Cel:
    """A value of a document as it is written, apart from what makes it safe."""
    if value is None:
        return None
    if f.kind in {Kind.LINES, Kind.TAGS}:
        return "\n".join(value) or None
    if f.kind in {Kind.TERMS, Kind.REFS}:
        return ", ".join(value) or None
    if isinstance(value, bool):
        return JA if value else NEE
    return value if isinstance(value, int) else str(value) or None


def uit_cel(f: Field, cel: Any) -> Any:
    """The value of a filled cell. Raises ValueError, with what was expected."""
    if f.kind is Kind.LINES:
        return regels(_tekst(cel))
    if f.kind is Kind.TAGS:
        return [deel.strip() for deel in _tekst(cel).split("\n") if deel.strip()]
    if f.many:
        return [deel for deel in SCHEIDING.split(_tekst(cel)) if deel]
    if f.kind in {Kind.TERM, Kind.REF}:
        return _tekst(cel).strip()
    if f.kind is Kind.CHOICE:
        return _keuze(f.type, _tekst(cel).strip())
    if f.type is bool:
        return _waar(cel)
    if f.type is int:
        return _getal(cel)
    if f.type is date:
        return lees_datum(cel, precies=True)
    if f.type is Deeldatum:
        return lees_datum(cel)
    if f.type is UUID:
        return _uuid(_tekst(cel))
    return _tekst(cel)


def _tekst(cel: Any) -> str:
    if isinstance(cel, str):
        return cel
    if isinstance(cel, float) and cel.is_integer():
        cel = int(cel)
    if isinstance(cel, bool):
        return JA if cel else NEE
    return str(cel.date() if isinstance(cel, datetime) else cel)


def _uuid(tekst: str) -> str:
    try:
        return str(UUID(tekst.strip()))
    except ValueError:
        raise ValueError(
            "Dit is geen uuid. Laat de cel leeg voor iets nieuws."
        ) from None


def _keuze(keuzes: type[models.Choices], tekst: str) -> str:
    for value, label in keuzes.choices:
        if tekst.casefold() in {str(value).casefold(), str(label).casefold()}:
            return str(value)
    mogelijk = ", ".join(str(value) for value in keuzes.values)
    raise ValueError(f"“{tekst}” kan hier niet. Kies uit: {mogelijk}.")


def _waar(cel: Any) -> bool:
    tekst = _tekst(cel).strip().casefold()
    if tekst not in WAAR:
        raise ValueError("Hier hoort ja of nee te staan.")
    return WAAR[tekst]


def _getal(cel: Any) -> int:
    tekst = _tekst(cel).strip()
    if not re.fullmatch(r"-?\d{1,18}", tekst, re.ASCII):
        raise ValueError("Hier hoort een heel getal te staan.")
    return int(tekst)


def lees_datum(cel: Any, *, precies: bool = False) -> str:
    """A date as people type it, as ISO text: "juni 2022" is 2022-06.

    ``precies``: only a whole date will do.
    """
    tekst = _tekst(cel).strip()
    gevonden = _datum(tekst)
    if gevonden is None or (precies and gevonden.precisie != "dag"):
        raise ValueError(
            "Schrijf een datum als 2020-07-18 of 18-7-2020." if precies else UITLEG
        )
    return str(gevonden)


def _datum(tekst: str) -> Deeldatum | None:
    try:
        if g := DAG_EERST.fullmatch(tekst):
            return Deeldatum(int(g[3]), int(g[2]), int(g[1]))
        if (g := MET_MAAND.fullmatch(tekst.casefold())) and g[2] in MAANDEN:
            dag = int(g[1]) if g[1] else None
            return Deeldatum(int(g[3]), MAANDEN.index(g[2]) + 1, dag)
        return Deeldatum.lees(tekst)
    except ValueError:
        return None
