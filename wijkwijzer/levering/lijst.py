"""The hits of a list as a file: all pages, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from wijkwijzer.api.adres import JSON, LICENTIE
from wijkwijzer.api.antwoord import elk
from wijkwijzer.api.problemen import Fout, OngeldigError
from wijkwijzer.levering.tabel import Kolom, kolommen, schema_van
from wijkwijzer.rekenblad import ods
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.schrijven import CSV, XLSX, csv_regels, schrijf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wijkwijzer.api.antwoord import Data
    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.levering.over import Over
    from wijkwijzer.rekenblad.blad import Cel

# Extension and media type, in the order in which they are offered.
FORMATEN = {"csv": CSV, "xlsx": XLSX, "ods": ods.MIME, "json": JSON}
# A workbook is made in memory, some 5 kB a row; csv and json are not.
MEESTE_RIJEN = 10_000
OVER = "Over dit bestand"


@dataclass(frozen=True)
class Meegenomen:
    """What goes along: which records in which order, and which of their fields."""

    collectie: Collectie[Any]
    plaatsen: Sequence[int]
    over: Over
    alleen: tuple[str, ...] = ()

    @property
    def kolommen(self) -> list[Kolom]:
        return kolommen(schema_van(self.collectie, self.alleen), met_delen=True)

    def antwoorden(self, omgeving: Omgeving) -> Iterator[Data]:
        return elk(self.collectie, self.plaatsen, omgeving, self.alleen)


def schrijf_lijst(wat: Meegenomen, formaat: str, omgeving: Omgeving) -> Iterator[bytes]:
    """The file, in pieces. Raises OngeldigError of more than a workbook may hold."""
    if formaat == "json":
        return _json(wat, omgeving)
    if formaat == "csv":
        namen: list[Cel] = [kolom.naam for kolom in wat.kolommen]
        return csv_regels(_met_kop(namen, _rijen(wat, omgeving)))
    if len(wat.plaatsen) > MEESTE_RIJEN:
        uitleg = (
            f"Een werkmap heeft plaats voor {MEESTE_RIJEN} items. Kies csv of json, "
            "of filter meer weg."
        )
        raise OngeldigError([Fout("formaat", None, "te-veel", uitleg)])
    return iter([schrijf(_bladen(wat, omgeving), formaat)])


def _met_kop(kop: list[Cel], rijen: Iterator[list[Cel]]) -> Iterator[list[Cel]]:
    yield kop
    yield from rijen


def _rijen(wat: Meegenomen, omgeving: Omgeving) -> Iterator[list[Cel]]:
    eigen = wat.kolommen
    for data in wat.antwoorden(omgeving):
        yield [kolom.lees(data) for kolom in eigen]


def _bladen(wat: Meegenomen, omgeving: Omgeving) -> Iterator[Blad]:
    eigen = wat.kolommen
    titel = wat.collectie.naam.capitalize()
    yield Blad(titel, [k.naam for k in eigen], [*_rijen(wat, omgeving)])
    uitleg: list[list[Cel]] = [[*regel] for regel in wat.over.regels()]
    yield Blad(OVER, ["wat", "waarde"], uitleg)
    yield Blad("Kolommen", ["kolom", "uitleg"], [[k.naam, k.uitleg] for k in eigen])


def _json(wat: Meegenomen, omgeving: Omgeving) -> Iterator[bytes]:
    """The answers of the API, with what the other formats say on a sheet."""
    kop = {"licentie": LICENTIE, "over": wat.over.op_naam()}
    yield msgspec.json.encode(kop)[:-1] + b',"resultaten":['
    for i, data in enumerate(wat.antwoorden(omgeving)):
        yield (b"," if i else b"") + msgspec.json.encode(data)
    yield b"]}"
