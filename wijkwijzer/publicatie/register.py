"""What stands at the end of the book: the matrix, and where to find what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from aanpakken.matrix import maak_matrix
from aanpakken.whole import AanpakDocument
from kennisdossier.whole import BegripDocument, PraktijkvoorbeeldDocument
from wijkwijzer.core.teksten import sorteersleutel
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aanpakken.matrix import Matrix
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.publicatie.aanpak import Blad
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    # A record and its entry.
    Gezet = tuple[Whole, Blad]

# By what else than its name somebody looks for an entry.
INGANGEN = {
    "vraagstuk": "Wat speelt er?",
    "doelgroep": "Doelgroep",
    "actor": "Wie het doet",
    "element": "Wat maakt dat het werkt",
}
# Which kinds of records can be found by what.
MET_INGANG: dict[type[Whole], set[str]] = {
    AanpakDocument: {*INGANGEN},
    PraktijkvoorbeeldDocument: {"doelgroep", "element"},
}


class Ingang(msgspec.Struct, frozen=True):
    """A line of the register: a word, and the entries that it leads to."""

    naam: str
    bladen: list[str]
    # What it is called in the book, for a name that is not the usual one.
    zie: str = ""


class Register(msgspec.Struct, frozen=True):
    titel: str
    ingangen: list[Ingang]

    def zonder(self, weg: set[str]) -> Register:
        """The same without these entries."""
        over = [
            msgspec.structs.replace(ingang, bladen=zonder(ingang.bladen, weg))
            for ingang in self.ingangen
        ]
        return Register(self.titel, [ingang for ingang in over if ingang.bladen])


class Matrixrij(msgspec.Struct, frozen=True):
    naam: str
    aantallen: list[int]
    totaal: int


class Matrixdeel(msgspec.Struct, frozen=True):
    rijtitel: str
    kolomtitel: str
    kolommen: list[str]
    rijen: list[Matrixrij]
    kolomtotalen: list[int]
    totaal: int
    grootste: int
    # What counts with the values of the axes.
    uitleg: str = ""


def zonder(ids: list[str], weg: set[str]) -> list[str]:
    return [id_ for id_ in ids if id_ not in weg]


def maak_registers(stand: Stand, gezet: list[Gezet]) -> list[Register]:
    id_van = {document.uuid.hex: blad.id for document, blad in gezet}
    return [
        Register("Naam", _op_naam(_namen(gezet))),
        *(
            Register(titel, gevonden)
            for sleutel, titel in INGANGEN.items()
            if (gevonden := _op_naam(_ingangen(stand, sleutel, id_van)))
        ),
    ]


def _ingangen(stand: Stand, sleutel: str, id_van: dict[str, str]) -> Iterator[Ingang]:
    """The values of a facet: first the aanpakken that have one, then the examples."""
    ids: dict[str, list[str]] = {}
    for soort, sleutels in MET_INGANG.items():
        if sleutel not in sleutels:
            continue
        index: FacetIndex = stand.index(soort, FACETTEN)
        records = stand.records(soort)
        for waarde in index.waarden(sleutel).values():
            gevonden = records.in_order(index.bits(sleutel, waarde.slug))
            uuids = (records[plaats].uuid for plaats in gevonden)
            eigen = ids.setdefault(zetbaar(waarde.label), [])
            eigen += [id_van[uuid] for uuid in uuids if uuid in id_van]
    return (Ingang(naam, gevonden) for naam, gevonden in ids.items() if gevonden)


def _namen(gezet: list[Gezet]) -> Iterator[Ingang]:
    for document, blad in gezet:
        yield Ingang(blad.naam, [blad.id])
        for variant in _varianten(document):
            yield Ingang(zetbaar(variant), [blad.id], zie=blad.naam)


def _varianten(document: Whole) -> list[str]:
    if isinstance(document, AanpakDocument):
        return document.naamvarianten
    return document.varianten if isinstance(document, BegripDocument) else []


def _op_naam(ingangen: Iterable[Ingang]) -> list[Ingang]:
    return sorted(ingangen, key=lambda ingang: sorteersleutel(ingang.naam))


def begin_matrix(stand: Stand) -> Matrixdeel:
    """Themes and target groups: the axes that the page begins with."""
    vraag = QueryDict()
    return matrixdeel(maak_matrix(AanpakFilter(vraag, stand), vraag))


def matrixdeel(matrix: Matrix) -> Matrixdeel:
    return Matrixdeel(
        rijtitel=matrix.rijtitel,
        kolomtitel=matrix.kolomtitel,
        kolommen=[zetbaar(kolom.label) for kolom in matrix.kolommen],
        rijen=[
            Matrixrij(
                zetbaar(rij.waarde.label),
                [cel.aantal for cel in rij.cellen],
                rij.totaal.aantal,
            )
            for rij in matrix.rijen
        ],
        kolomtotalen=[cel.aantal for cel in matrix.kolomtotalen],
        totaal=matrix.totaal.aantal,
        grootste=matrix.grootste,
        uitleg=matrix.uitleg,
    )
