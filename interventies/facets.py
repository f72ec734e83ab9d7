"""The facets of the register, which the catalogue of aanpakken has too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interventies.models import Erkenningsstatus
from interventies.terms import DatabankTerm, NiveauTerm
from interventies.whole import OORDELEN, InterventieDocument
from wijkwijzer.facets.declaration import FACETTEN, Facet, Waarde
from wijkwijzer.facets.filters import FacetFilterSet
from wijkwijzer.facets.index import FacetIndexer
from wijkwijzer.search.naslag import NaslagIndexer
from wijkwijzer.wholes.collection import Collection, collect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wijkwijzer.wholes.stand import Stand

NIVEAU_ONBEKEND = Waarde("onbekend", "Niet bekend")
GEEN_ERKENNING = Waarde(Erkenningsstatus.GEEN.value, str(Erkenningsstatus.GEEN.label))
NIVEAU_UITLEG = "Het hoogste niveau dat nog staat telt, anders het hoogste dat verliep."
ERKENNING_UITLEG = (
    "Geldig en verlopen: dat zegt een bron. Waarschijnlijk verlopen: de gewone termijn "
    "van de databank is voorbij."
)


def hoofdniveaus(stand: Stand) -> list[NiveauTerm]:
    """The levels without their steps, strongest first."""
    niveaus = [niveau for niveau in stand.terms(NiveauTerm) if not niveau.hoofdniveau]
    return sorted(niveaus, key=lambda niveau: -niveau.volgorde)


def niveauwaarden(stand: Stand) -> list[Waarde]:
    return [Waarde(niveau.slug, niveau.naam) for niveau in hoofdniveaus(stand)]


def _erkenning(interventie: InterventieDocument, stand: Stand) -> Iterable[str]:
    geldigheid = interventie.geldigheid(stand.day)
    return [geldigheid.status.value] if geldigheid else []


def _niveau(interventie: InterventieDocument, stand: Stand) -> Iterable[str]:
    geldigheid = interventie.geldigheid(stand.day)
    niveau = geldigheid.niveau if geldigheid else None
    return [niveau.hoofd.slug] if niveau else []


def _databank(interventie: InterventieDocument, stand: Stand) -> Iterable[str]:
    return [databank.key for databank in interventie.staat_nu_in()]


def erkenningswaarden(stand: Stand) -> list[Waarde]:
    return [
        Waarde(str(status.value), str(status.label))
        for status in Erkenningsstatus
        if status != Erkenningsstatus.GEEN
    ]


FACETS = (
    Facet(
        "erkenning",
        "Geldt de erkenning nog?",
        erkenningswaarden,
        read=_erkenning,
        empty=GEEN_ERKENNING,
        explanation=ERKENNING_UITLEG,
    ),
    Facet(
        "niveau",
        "Niveau van erkenning",
        niveauwaarden,
        read=_niveau,
        empty=NIVEAU_ONBEKEND,
        explanation=NIVEAU_UITLEG,
    ),
    Facet("databank", "Staat nu in databank", DatabankTerm, read=_databank),
)

# On which days a recognition has ended: an index of its own, no reader filters by it.
EINDDAGEN, EINDDAG = "einddagen", "einddag"


def _einddagen(interventie: InterventieDocument, stand: Stand) -> Iterable[Waarde]:
    dagen = {g.erkenning.einddag for g in interventie.geldigheden(stand.day)}
    return [Waarde(dag.isoformat(), dag.isoformat()) for dag in dagen if dag]


collect(
    InterventieDocument,
    Collection(
        indexers={
            FACETTEN: FacetIndexer(FACETS),
            EINDDAGEN: FacetIndexer((Facet(EINDDAG, "Einddag", named=_einddagen),)),
            OORDELEN: NaslagIndexer(lambda i: "\n".join(i.oordelen())),
        }
    ),
)


class InterventieFilter(FacetFilterSet):
    declared = InterventieDocument
    facets = FACETS
