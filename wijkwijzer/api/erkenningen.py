"""The recognitions of all register entries, as one list with facets of its own.

An erkenning is a part of an interventie, and parts have no name: here one is called
after what it is known by (databank and source) in its interventie.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from interventies.facets import (
    NIVEAU_ONBEKEND,
    erkenningswaarden,
    niveauwaarden,
)
from interventies.models import Erkenningsstatus
from interventies.terms import DatabankTerm
from interventies.whole import ErkenningPart, InterventieDocument
from wijkwijzer.api.velden import (
    ADRES,
    TEKST,
    WAARDEN,
    Veld,
    keuze,
    mag_leeg,
    met_titel,
    velden_van,
)
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.facets.declaration import Facet
from wijkwijzer.facets.filters import FacetFilterSet
from wijkwijzer.facets.index import FacetIndex, FacetIndexer
from wijkwijzer.memory.bitmaps import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.wholes.records import Records
    from wijkwijzer.wholes.stand import Stand


@dataclass(frozen=True)
class Erkenning:
    """A recognition, and the interventie that has it."""

    id: str
    interventie: UUID
    naam: str
    besluit: ErkenningPart
    status: Erkenningsstatus


def _status(besluit: Any, stand: Stand) -> Iterable[str]:
    return [besluit.status(stand.day).value]


def _niveau(besluit: Any, stand: Stand) -> Iterable[str]:
    return [besluit.niveau.hoofd.slug] if besluit.niveau else []


FACETS = (
    Facet("erkenning", "Geldt de erkenning nog?", erkenningswaarden, read=_status),
    Facet(
        "niveau",
        "Niveau van erkenning",
        niveauwaarden,
        read=_niveau,
        empty=NIVEAU_ONBEKEND,
    ),
    Facet("databank", "Databank die erkende", DatabankTerm, "databank"),
)


class Rij:
    """The places of recognitions: by name of the interventie, then as its page has."""

    def __init__(self, length: int) -> None:
        self.length, self.all, self.gone = length, (1 << length) - 1, 0

    def __len__(self) -> int:
        return self.length

    def in_order(self, bits: int) -> Iterator[int]:
        return positions(bits)


@dataclass(frozen=True)
class Alle:
    """Those of one stand: in their order, by what they are called, and indexed."""

    lijst: list[Erkenning]
    plaats: dict[str, int]
    index: FacetIndex


def alle_erkenningen(stand: Stand) -> Alle:
    """Every recognition that readers see, made once of a stand.

    A query for every 500 interventies.
    """
    records = stand.records(InterventieDocument)
    lijst = [
        Erkenning(_naam_van(interventie, e), *_van(interventie), e, e.status(stand.day))
        for interventie in stand.each(
            InterventieDocument, records.in_order(records.all)
        )
        for e in interventie.erkenningen
    ]
    indexer = FacetIndexer(FACETS)
    writer = indexer.start(stand)
    for plaats, erkenning in enumerate(lijst):
        writer.add(plaats, erkenning.besluit)
    rij = cast("Records", Rij(len(lijst)))
    index = indexer.layer(stand, writer.close(len(lijst)), None, rij)
    return Alle(lijst, {e.id: p for p, e in enumerate(lijst)}, index)


def _van(interventie: InterventieDocument) -> tuple[UUID, str]:
    return interventie.uuid, interventie.naam


def _naam_van(interventie: InterventieDocument, besluit: ErkenningPart) -> str:
    """What is unique in the register: see the constraint of the model."""
    bekend = (interventie.uuid.hex, besluit.databank.key)
    waaruit = (besluit.bron_url, besluit.publicatie)
    return blake2b("\n".join((*bekend, *waaruit)).encode(), digest_size=8).hexdigest()


class ErkenningFilter(FacetFilterSet):
    declared = InterventieDocument
    facets = FACETS

    @classmethod
    def index_of(cls, stand: Stand) -> FacetIndex:
        return stand.derived(alle_erkenningen).index


def _interventie(erkenning: Erkenning, omgeving: Omgeving) -> dict[str, str]:
    soort, uuid = InterventieDocument.soort, erkenning.interventie
    return {
        "uuid": str(uuid),
        "uri": omgeving.uri(soort, uuid),
        "naam": erkenning.naam,
    }


def _einde(erkenning: Erkenning, omgeving: Omgeving) -> str | None:
    einde = erkenning.besluit.verwachte_einddatum()
    return str(einde) if einde else None


def _van_besluit(veld: Veld) -> Veld:
    return Veld(veld.naam, veld.schema, lambda e, o: veld.lees(e.besluit, o))


ID = met_titel("kenmerk", TEKST | {"pattern": "^[0-9a-f]{16}$"})
VELDEN = (
    Veld("id", ID, lambda e, o: e.id),
    Veld(
        "interventie",
        {
            "title": "interventie die erkend is",
            "type": "object",
            "properties": {"uuid": WAARDEN[UUID], "uri": ADRES, "naam": TEKST},
            "required": ["uuid", "uri", "naam"],
            "additionalProperties": False,
        },
        _interventie,
    ),
    *(_van_besluit(veld) for veld in velden_van(ErkenningPart)),
    Veld(
        "status",
        {"title": "Of de erkenning vandaag nog geldt"} | keuze(Erkenningsstatus),
        lambda e, o: e.status.value,
    ),
    Veld(
        "verwachteEinddatum",
        {"title": "Einde volgens de regel van de databank; geen bron noemt het"}
        | mag_leeg(WAARDEN[Deeldatum]),
        _einde,
    ),
)
