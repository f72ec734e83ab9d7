"""Sheets as files: xlsx, ods, and csv (several of them in a zip)."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from wijkwijzer.rekenblad import ods
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.veilig import als_tekst, schrijfbaar, veilig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wijkwijzer.rekenblad.blad import Cel

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel keeps in a cell; of a text with much that no cell can hold, each character
# becomes six.
EXCEL, MAX_IN_CEL = 32_767, 30_000
VERVOLG = " +"
BYTES_BOM = b"\xef\xbb\xbf"


def schrijf(bladen: Iterable[Blad], formaat: str) -> bytes:
    """The file with these sheets. No cell of it is taken for a formula."""
    maak = veilig if formaat == "csv" else als_tekst
    veilige = (_veilig_blad(blad, maak) for blad in bladen)
    return {"xlsx": _xlsx, "ods": ods.schrijf, "csv": _csv_zip}[formaat](veilige)


def _veilig_blad(blad: Blad, maak: Callable[[str], str]) -> Blad:
    """The same with cells that ``maak`` makes safe.

    A longer text goes over more columns: "tekst +2".
    """
    for grens in (MAX_IN_CEL, MAX_IN_CEL // 6):
        delen = _delen(blad, grens)
        rijen: list[list[Cel]] = [
            [
                maak(schrijfbaar(deel)) if isinstance(deel, str) else deel
                for cel, aantal in zip(rij, delen, strict=True)
                for deel in _in_delen(cel, aantal, grens)
            ]
            for rij in blad.rijen
        ]
        if all(len(c) < EXCEL for rij in rijen for c in rij if isinstance(c, str)):
            break
    kolommen = [
        naam if n == 1 else f"{naam}{VERVOLG}{n}"
        for naam, aantal in zip(blad.kolommen, delen, strict=True)
        for n in range(1, aantal + 1)
    ]
    return Blad(blad.naam, kolommen, rijen)


def _delen(blad: Blad, grens: int) -> list[int]:
    """Over how many columns each column goes."""
    delen = [1] * len(blad.kolommen)
    for rij in blad.rijen:
        for i, cel in enumerate(rij):
            if isinstance(cel, str) and len(cel) > grens:
                delen[i] = max(delen[i], -(-len(cel) // grens))
    return delen


def _in_delen(cel: Cel, aantal: int, grens: int) -> list[Cel]:
    if not isinstance(cel, str):
        return [cel, *[None] * (aantal - 1)]
    return [cel[i : i + grens] or None for i in range(0, aantal * grens, grens)]


def _xlsx(bladen: Iterable[Blad]) -> bytes:
    # Not with the module: it takes 10 MB of every worker, for who asks for a file.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    boek = Workbook(write_only=True)
    for blad in bladen:
        vel = boek.create_sheet(blad.naam)
        vel.freeze_panes = "A2"

        def cel(waarde: Cel, *, vet: bool = False, vel: Any = vel) -> Any:
            gemaakt = WriteOnlyCell(vel, value=waarde)
            if isinstance(waarde, str):
                # Text: then Excel makes no date of "2020-07" that somebody types.
                gemaakt.data_type, gemaakt.number_format = "s", "@"
            if vet:
                gemaakt.font = Font(bold=True)
            return gemaakt

        vel.append([cel(naam, vet=True) for naam in blad.kolommen])
        for rij in blad.rijen:
            vel.append([cel(waarde) for waarde in rij])
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def schrijf_csv(blad: Blad) -> bytes:
    """For Excel of here: with ";", and a mark that it is UTF-8."""
    blad = _veilig_blad(blad, veilig)
    return _csv(blad)


def _csv(blad: Blad) -> bytes:
    return BYTES_BOM + _regel(blad.kolommen) + b"".join(map(_regel, blad.rijen))


def csv_regels(rijen: Iterable[Sequence[Cel]]) -> Iterator[bytes]:
    """A file a row at a time, the names of the columns first: for what is long.

    A long text stays in one cell.
    """
    yield BYTES_BOM
    yield from map(csv_regel, rijen)


def csv_regel(rij: Sequence[Cel]) -> bytes:
    """One row, of which no cell is taken for a formula."""
    return _regel([veilig(schrijfbaar(c)) if isinstance(c, str) else c for c in rij])


def _regel(rij: Sequence[Cel]) -> bytes:
    tekst = StringIO(newline="")
    # In quotes: what another separator would split stays one cell.
    schrijver = csv.writer(tekst, delimiter=";", quoting=csv.QUOTE_ALL)
    schrijver.writerow(["" if cel is None else cel for cel in rij])
    return tekst.getvalue().encode()


def _csv_zip(bladen: Iterable[Blad]) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for blad in bladen:
            pak.writestr(f"{blad.naam}.csv", _csv(blad))
    return uit.getvalue()
