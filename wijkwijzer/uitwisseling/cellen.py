"""Values of documents as cells and back: nothing lost, and nothing that runs.

What makes a text safe is undone when it is read: ``rekenblad.veilig``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from wijkwijzer.core.datums import UITLEG, Deeldatum
from wijkwijzer.core.teksten import regels
from wijkwijzer.wholes.declaration import Kind

if TYPE_CHECKING:
    from wijkwijzer.rekenblad.blad import Cel
    from wijkwijzer.wholes.declaration import Field

SCHEIDING = re.compile(r"[,;\s]+")
JA, NEE = "ja", "nee"
WAAR = {JA: True, NEE: False, "true": True, "false": False, "1": True, "0": False}
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
DAG_EERST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
MET_MAAND = re.compile(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})", re.ASCII)
# Numbers of more digits than fifteen are rounded by spreadsheets: they are text.
NAUWKEURIG = 10**15


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
    if isinstance(value, int) and abs(value) <= NAUWKEURIG:
        return value
    return str(value) or None


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
