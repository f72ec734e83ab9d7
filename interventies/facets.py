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


def hoofdniveaus(stand: Stand) -> list[NiveauTerm]:
    """The levels without their steps, strongest first."""
    niveaus = [niveau for niveau in stand.terms(NiveauTerm) if not niveau.hoofdniveau]
    return sorted(niveaus, key=lambda niveau: -niveau.volgorde)


def niveauwaarden(stand: Stand) -> list[Waarde]:
    return [Waarde(niveau.slug, niveau.naam) for niveau in hoofdniveaus(stand)]


def _erkenning(interventie: InterventieDocument, stand: Stand) -> Iterable[str]:
    return [interventie.erkenningsstatus(stand.day).value]


def _niveau(interventie: InterventieDocument, stand: Stand) -> Iterable[str]:
    niveau = interventie.hoogste_niveau()
    return [niveau.slug] if niveau else []


FACETS = (
    Facet("erkenning", "Geldt de erkenning nog?", Erkenningsstatus, read=_erkenning),
    Facet(
        "niveau",
        "Hoogste niveau",
        niveauwaarden,
        read=_niveau,
        empty=NIVEAU_ONBEKEND,
    ),
    Facet("databank", "Databank", DatabankTerm, "vermeldingen.databank"),
)

collect(
    InterventieDocument,
    Collection(
        indexers={
            FACETTEN: FacetIndexer(FACETS),
            OORDELEN: NaslagIndexer(lambda i: "\n".join(i.oordelen())),
        }
    ),
)


class InterventieFilter(FacetFilterSet):
    declared = InterventieDocument
    facets = FACETS
