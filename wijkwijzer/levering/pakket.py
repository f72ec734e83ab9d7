"""Everything as tables: a zip of csv, with what every column means and checksums."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from wijkwijzer.api.adres import LICENTIE
from wijkwijzer.api.alles import laatste_wijziging, plaatsen_van
from wijkwijzer.api.antwoord import elk
from wijkwijzer.api.bestand import IN_GEHEUGEN, lees_stukken
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.velden import moment
from wijkwijzer.levering.over import LICENTIENAAM
from wijkwijzer.levering.tabel import kolommen, rijen_van_delen, schema_van, tabellen
from wijkwijzer.rekenblad.schrijven import csv_regel, csv_regels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.rekenblad.blad import Cel

LEESMIJ, KOLOMMEN, SOMMEN = "LEESMIJ.txt", "kolommen.csv", "SHA256SUMS"
ZIP = "application/zip"
# The same content is the same file, whenever it is made.
ALTIJD = (1980, 1, 1, 0, 0, 0)
TEKST = """\
Alles wat lezers op WijkWijzer zien, als tabellen.

Bron:                {bron}
Laatst gewijzigd op: {gewijzigd}
Licentie:            {naam}
                     {licentie}
                     Woordenlijsten zijn CC0; elke rij noemt haar licentie.

Elk bestand is een lijst. Een bestand als aanpakken.stappen.csv heeft de
onderdelen daarvan: de kolom record zegt bij welk item een onderdeel hoort.
Wat elke kolom betekent staat in kolommen.csv.

De tabellen zijn UTF-8 met een puntkomma tussen de kolommen. Meer waarden in
een cel staan elk op een eigen regel. Een apostrof voor = + - of @ staat er
zodat een rekenblad er geen formule van maakt.

Controleer het pakket met: sha256sum -c SHA256SUMS
"""


class Pak:
    """A zip that is written a file at a time, with the checksum of each."""

    def __init__(self, uit: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED)
        self._sommen: list[str] = []

    def voeg_toe(self, naam: str, stukken: Iterable[bytes]) -> None:
        info = zipfile.ZipInfo(naam, ALTIJD)
        info.compress_type = zipfile.ZIP_DEFLATED
        som = sha256()
        with self._zip.open(info, "w", force_zip64=True) as bestand:
            for stuk in stukken:
                som.update(stuk)
                bestand.write(stuk)
        self._sommen.append(f"{som.hexdigest()}  {naam}\n")

    def sluit(self) -> None:
        self.voeg_toe(SOMMEN, ["".join(self._sommen).encode()])
        self._zip.close()


def schrijf_pakket(omgeving: Omgeving) -> Iterator[bytes]:
    """The zip, in pieces. It has the same bytes for the same stand."""
    # Closed by who reads it to its end.
    uit = SpooledTemporaryFile(max_size=IN_GEHEUGEN)  # noqa: SIM115
    pak = Pak(uit)
    pak.voeg_toe(LEESMIJ, [_leesmij(omgeving)])
    pak.voeg_toe(KOLOMMEN, csv_regels(_uitleg()))
    for collectie in ALLE:
        _schrijf_collectie(pak, collectie, omgeving)
    pak.sluit()
    uit.seek(0)
    return lees_stukken(uit)


def _leesmij(omgeving: Omgeving) -> bytes:
    laatste = laatste_wijziging(omgeving.stand)
    return TEKST.format(
        bron=omgeving.adres("/"),
        gewijzigd=moment(laatste) if laatste else "-",
        naam=LICENTIENAAM,
        licentie=LICENTIE,
    ).encode()


def _uitleg() -> Iterator[list[Cel]]:
    """The data dictionary: every column of every table."""
    yield ["bestand", "kolom", "uitleg"]
    for collectie in ALLE:
        for tabel, eigen in tabellen(collectie.naam, schema_van(collectie)):
            for naam, uitleg in eigen:
                yield [f"{tabel}.csv", naam, uitleg]


def _schrijf_collectie(pak: Pak, collectie: Collectie[Any], omgeving: Omgeving) -> None:
    """Its tables, of which one record after the other is made once."""
    schema = schema_van(collectie)
    eigen = kolommen(schema)
    with ExitStack() as open_:
        uit: dict[str, IO[bytes]] = {}
        for naam, kop in tabellen(collectie.naam, schema):
            uit[naam] = open_.enter_context(SpooledTemporaryFile(max_size=IN_GEHEUGEN))
            uit[naam].writelines(csv_regels([[kolom for kolom, _ in kop]]))
        plaatsen = plaatsen_van(collectie, omgeving.stand)
        for data in elk(collectie, plaatsen, omgeving):
            wie = data.get("uuid") or data["zelf"].rpartition(f"{collectie.naam}/")[2]
            _schrijf(uit[collectie.naam], [kolom.lees(data) for kolom in eigen])
            for naam, rij in rijen_van_delen(collectie.naam, schema, wie, data):
                _schrijf(uit[naam], rij)
        for naam, bestand in uit.items():
            bestand.seek(0)
            pak.voeg_toe(f"{naam}.csv", lees_stukken(bestand))


def _schrijf(bestand: IO[bytes], rij: list[Cel]) -> None:
    bestand.write(csv_regel(rij))
