"""What a file may be before anything in it is read: no bomb and no macro."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException  # nosec B406 (only the exception)
from xml.sax.handler import ContentHandler  # nosec B406 (only the base class)

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

if TYPE_CHECKING:
    from collections.abc import Callable

MB = 1024**2
MAX_BESTAND = 10 * MB
MAX_UITGEPAKT = 200 * MB
# Text of a spreadsheet is packed some ten to thirty times; zeros a thousand times.
MAX_VERHOUDING = 150
MAX_DELEN = 20_000
MAX_RIJEN, MAX_KOLOMMEN = 50_000, 200

OUD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
SOORTEN = (".zip", ".json", ".xlsx", ".ods", ".csv")
MACRO = (".xlsm", ".xltm", ".xlsb", ".xlam")


class GeweigerdError(Exception):
    """A file that is not read, with the reason in Dutch."""


def soort_van(naam: str, inhoud: bytes) -> str:
    """The kind of a file, when that is one we read. Raises GeweigerdError."""
    extensie = PurePosixPath(naam.replace("\\", "/")).suffix.lower()
    if extensie in MACRO:
        raise GeweigerdError(
            "Dit is een werkmap met macro’s. Sla hem op als gewone werkmap (.xlsx)."
        )
    if extensie not in SOORTEN:
        raise GeweigerdError(
            "Dit soort bestand lezen we niet. Gebruik .xlsx, .ods, .csv, .zip of .json."
        )
    if len(inhoud) > MAX_BESTAND:
        raise GeweigerdError(
            f"Dit bestand is {len(inhoud) / MB:.0f} MB. Hier kan hoogstens "
            f"{MAX_BESTAND // MB} MB: verdeel het over meer bestanden."
        )
    if not inhoud:
        raise GeweigerdError("Dit bestand is leeg.")
    if inhoud.startswith(OUD_OFFICE):
        raise GeweigerdError(
            "Dit is een oude werkmap (.xls), of er zit een wachtwoord op. Sla hem op "
            "als .xlsx zonder wachtwoord."
        )
    return extensie


class Pakket:
    """A zip file whose parts are read one by one, each as large as it says it is."""

    def __init__(self, inhoud: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(inhoud))
        except zipfile.BadZipFile:
            raise GeweigerdError(
                "Dit bestand is beschadigd, of iets anders dan zijn naam zegt."
            ) from None
        delen = self._zip.infolist()
        if len(delen) > MAX_DELEN:
            raise GeweigerdError(f"In dit bestand zitten meer dan {MAX_DELEN} delen.")
        self.namen = [deel.filename for deel in delen if not deel.is_dir()]
        if len({*self.namen}) < len(self.namen):
            raise GeweigerdError("In dit bestand zit een deel twee keer.")
        for deel in delen:
            self._keur(deel)
        if sum(deel.file_size for deel in delen) > MAX_UITGEPAKT:
            raise GeweigerdError(
                f"Uitgepakt is dit meer dan {MAX_UITGEPAKT // MB} MB: te veel."
            )

    def _keur(self, deel: zipfile.ZipInfo) -> None:
        if deel.flag_bits & 1:
            raise GeweigerdError("Er zit een wachtwoord op dit bestand. Haal dat eraf.")
        pad = PurePosixPath(deel.filename)
        if pad.is_absolute() or ".." in pad.parts or "\\" in deel.filename:
            raise GeweigerdError(f"Een deel heeft een vreemde naam: {deel.filename!r}.")
        te_dicht = deel.file_size > MAX_VERHOUDING * max(deel.compress_size, 1)
        if deel.file_size > MB and te_dicht:
            raise GeweigerdError(
                "Dit bestand wordt uitgepakt honderden keren zo groot: te veel."
            )

    def lees(self, naam: str) -> bytes:
        try:
            return self._zip.read(naam)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as fout:
            raise GeweigerdError(f"“{naam}” is beschadigd: {fout}") from None
        except Exception as fout:
            # zlib and lzma have errors of their own.
            raise GeweigerdError(f"“{naam}” is beschadigd.") from fout


class _Merkt(ContentHandler):
    """Calls a function for every element, with its name without prefix."""

    def __init__(self, merk: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._merk = merk

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self._merk(name.rpartition(":")[2], attrs)


def lees_xml(inhoud: bytes, lezer: ContentHandler, naam: str) -> None:
    """Let ``lezer`` read XML of somebody else, in which no entity is declared."""
    try:
        parseString(inhoud, lezer, forbid_dtd=True)
    except DefusedXmlException:
        raise GeweigerdError(
            "In dit bestand staan verwijzingen (XML-entiteiten) die wij niet lezen."
        ) from None
    except (SAXException, ValueError, LookupError):
        raise GeweigerdError(f"“{naam}” is beschadigd.") from None


def keur_xlsx(pakket: Pakket) -> None:
    """Refuse what a workbook has beside values. Formulas are told when it is read."""
    for naam in pakket.namen:
        klein = naam.lower()
        if "vbaproject" in klein or klein.startswith("xl/macrosheets"):
            raise GeweigerdError(
                "In deze werkmap zitten macro’s. Sla hem op als gewone Excel-werkmap."
            )
        if klein.startswith("xl/externallinks/"):
            raise GeweigerdError(
                "Deze werkmap haalt waarden uit andere bestanden. Koppel die los."
            )
        if not klein.endswith((".xml", ".rels", ".vml")):
            continue

        def merk(element: str, attrs: Any, naam: str = naam) -> None:
            if element == "mergeCell":
                raise GeweigerdError(
                    f"Er zijn cellen samengevoegd ({attrs.get('ref', '?')} in "
                    f"{PurePosixPath(naam).stem}). Maak die los: elke rij telt apart."
                )
            if "macroEnabled" in str(attrs.get("ContentType", "")):
                raise GeweigerdError("In deze werkmap zitten macro’s.")

        lees_xml(pakket.lees(naam), _Merkt(merk), naam)


def keur_ods(pakket: Pakket) -> None:
    for naam in pakket.namen:
        if naam.startswith(("Basic/", "Scripts/")):
            raise GeweigerdError("In dit rekenblad zitten macro’s. Haal die eruit.")
    if "META-INF/manifest.xml" in pakket.namen:

        def merk(element: str, attrs: Any) -> None:
            if element == "encryption-data":
                raise GeweigerdError(
                    "Er zit een wachtwoord op dit bestand. Haal dat eraf."
                )

        naam = "META-INF/manifest.xml"
        lees_xml(pakket.lees(naam), _Merkt(merk), naam)
