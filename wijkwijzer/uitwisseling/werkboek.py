"""Sheets as files that come back: xlsx, ods, and csv (several of them in a zip).

What comes back is text, whole numbers and dates, whoever made the file: formulas,
merged cells and what does not fit is refused, with the place.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from wijkwijzer.rekenblad.schrijven import VERVOLG
from wijkwijzer.rekenblad.veilig import onveilig, teruggelezen
from wijkwijzer.uitwisseling import ods
from wijkwijzer.uitwisseling.blad import Gelezenblad, Rij
from wijkwijzer.uitwisseling.poort import (
    MAX_KOLOMMEN,
    MAX_RIJEN,
    MB,
    GeweigerdError,
    Pakket,
    keur_ods,
    keur_xlsx,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

UITLEG = "Uitleg"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def _letter(kolom: int) -> str:
    """What a sheet calls its column: A for 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(kolom))


def lees_xlsx(inhoud: bytes) -> list[Gelezenblad]:
    # Not with the module: see rekenblad/schrijven.py.
    from openpyxl import load_workbook

    keur_xlsx(Pakket(inhoud))
    try:
        boek = load_workbook(BytesIO(inhoud), read_only=True, data_only=False)
    except GeweigerdError:
        raise
    except Exception as fout:
        # openpyxl has no error of its own for what is no workbook.
        raise GeweigerdError("Dit is geen werkmap die we kunnen lezen.") from fout
    bladen = []
    for vel in boek.worksheets:
        vel.reset_dimensions()
        try:
            bladen.append(_blad(vel.title, _xlsx_rijen(vel)))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as fout:
            raise GeweigerdError(f"Blad “{vel.title}” is beschadigd.") from fout
    return bladen


def _xlsx_rijen(vel: Any) -> Iterator[tuple[int, list[Any]]]:
    grens = {"max_row": MAX_RIJEN + 2, "max_col": MAX_KOLOMMEN + 1}
    for nummer, rij in enumerate(vel.iter_rows(**grens), start=1):
        cellen = []
        for plaats, cel in enumerate(rij, start=1):
            if cel.data_type == "f":
                weiger_formule(vel.title, nummer, plaats)
            if cel.data_type == "e":
                raise GeweigerdError(
                    f"Blad “{vel.title}”, {_letter(plaats)}{nummer}: hier "
                    f"staat een fout ({cel.value})."
                )
            cellen.append(_zo_precies_als_getoond(cel))
        yield nummer, cellen


def _zo_precies_als_getoond(cel: Any) -> Any:
    """Excel makes a day of "juli 2020"; what it shows is what somebody typed."""
    waarde = cel.value
    if not isinstance(waarde, date):
        return waarde
    vorm = str(cel.number_format).casefold()
    if "d" in vorm:
        return waarde.date() if isinstance(waarde, datetime) else waarde
    return f"{waarde:%Y-%m}" if "m" in vorm else f"{waarde:%Y}"


def weiger_formule(blad: str, rij: int, kolom: int) -> None:
    raise GeweigerdError(
        f"Blad “{blad}”, {_letter(kolom)}{rij}: hier staat een formule. "
        "Kopieer de cellen en plak alleen de waarden."
    )


def lees_ods(inhoud: bytes) -> list[Gelezenblad]:
    pakket = Pakket(inhoud)
    keur_ods(pakket)
    if "content.xml" not in pakket.namen:
        raise GeweigerdError("Dit is geen rekenblad dat we kunnen lezen.")
    bladen = ods.lees(pakket.lees("content.xml"), weiger_formule)
    return [_blad(naam, rijen) for naam, rijen in bladen]


def lees_csv(naam: str, inhoud: bytes) -> Gelezenblad:
    """One sheet; its name is that of the file."""
    stam = PurePosixPath(naam.replace("\\", "/")).stem
    tekst = _tekst(naam, inhoud)
    csv.field_size_limit(MB)
    lezer = csv.reader(
        StringIO(tekst, newline=""), delimiter=_scheiding(tekst), strict=True
    )

    def rijen() -> Iterator[tuple[int, list[Any]]]:
        try:
            for nummer, rij in enumerate(lezer, start=1):
                yield nummer, [cel.replace("\r\n", "\n") or None for cel in rij]
        except csv.Error as fout:
            raise GeweigerdError(
                f"{naam}, regel {lezer.line_num}: dit is geen csv ({fout})."
            ) from None

    return _blad(stam, rijen())


def _tekst(naam: str, inhoud: bytes) -> str:
    if inhoud.startswith(UTF16) or b"\0" in inhoud[:1000]:
        raise GeweigerdError(
            f"{naam} is geen UTF-8. Sla het in Excel op als “CSV UTF-8”."
        )
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = inhoud.count(b"\n", 0, fout.start) + 1
        stuk = inhoud[max(fout.start - 20, 0) : fout.start + 20]
        gezien = stuk.decode("cp1252", errors="replace").replace("\n", " ")
        raise GeweigerdError(
            f"{naam}, regel {regel}, bij “{gezien.strip()}”: dit is geen UTF-8, maar "
            "waarschijnlijk Windows-1252. Sla het in Excel op als “CSV UTF-8”."
        ) from None


def _scheiding(tekst: str) -> str:
    """What stands between the columns of the first row; ";" when nothing does."""
    buiten = ""
    for i, stuk in enumerate(tekst.split("\n", 1)[0].split('"')):
        buiten += stuk if i % 2 == 0 else ""
    return max(";,\t", key=lambda teken: (buiten.count(teken), teken == ";"))


def _blad(naam: str, gelezen: Iterable[tuple[int, list[Any]]]) -> Gelezenblad:
    kolommen: list[str] = []
    rijen: list[Rij] = []
    for nummer, cellen in gelezen:
        while cellen and cellen[-1] in (None, ""):
            cellen.pop()
        if len(cellen) > MAX_KOLOMMEN:
            raise GeweigerdError(f"“{naam}” heeft meer dan {MAX_KOLOMMEN} kolommen.")
        if not cellen:
            continue
        if not kolommen:
            kolommen = _kolommen(naam, cellen)
            continue
        if len(rijen) >= MAX_RIJEN:
            raise GeweigerdError(
                f"“{naam}” heeft meer dan {MAX_RIJEN} rijen. Verdeel het."
            )
        if len(cellen) > len(kolommen):
            raise GeweigerdError(
                f"Blad “{naam}”, rij {nummer}: hier staan meer cellen dan er kolommen "
                "met een naam zijn."
            )
        gevuld = {
            kolom: _waarde(cel)
            for kolom, cel in zip(kolommen, cellen, strict=False)
            if cel not in (None, "")
        }
        rijen.append(Rij(nummer, _zonder_vervolg(gevuld)))
    letters = {kolom: _letter(i) for i, kolom in enumerate(kolommen, start=1)}
    eigen = [kolom for kolom in kolommen if not is_vervolg(kolom)]
    return Gelezenblad(naam, eigen, rijen, letters)


def _waarde(cel: Any) -> Any:
    return teruggelezen(onveilig(cel)) if isinstance(cel, str) else cel


def _kolommen(naam: str, cellen: list[Any]) -> list[str]:
    kolommen = [str(_waarde(cel) or "").strip() for cel in cellen]
    for plaats, kolom in enumerate(kolommen, start=1):
        if not kolom:
            raise GeweigerdError(
                f"Blad “{naam}”: kolom {_letter(plaats)} heeft geen naam."
            )
        if kolommen.index(kolom) + 1 < plaats:
            raise GeweigerdError(f"Blad “{naam}”: kolom “{kolom}” staat er twee keer.")
    return kolommen


def is_vervolg(kolom: str) -> bool:
    return kolom.rpartition(VERVOLG)[2].isdigit() and VERVOLG in kolom


def _zonder_vervolg(cellen: dict[str, Any]) -> dict[str, Any]:
    heel: dict[str, Any] = {}
    for kolom, cel in cellen.items():
        if is_vervolg(kolom):
            eerste = kolom.rpartition(VERVOLG)[0]
            heel[eerste] = f"{heel.get(eerste, '')}{cel}"
        else:
            heel[kolom] = cel
    return heel


LEZERS: dict[str, Callable[[bytes], list[Gelezenblad]]] = {
    ".xlsx": lees_xlsx,
    ".ods": lees_ods,
}
