"""The facets of the praktijkvoorbeelden, and what else of the knowledge is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from aanpakken.terms import DoelgroepTerm, ElementTerm, ThemaTerm
from aanpakken.whole import AanpakDocument
from kennisdossier.models import Provincie
from kennisdossier.terms import GemeenteTerm
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.facets.declaration import FACETTEN, Facet, Waarde
from wijkwijzer.facets.filters import FacetFilterSet
from wijkwijzer.facets.index import FacetIndexer
from wijkwijzer.search.filters import ZoekFilterSet
from wijkwijzer.search.index import ZoekIndexer
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.wholes.collection import Collection, collect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wijkwijzer.wholes.stand import Stand

ONBEKEND = Waarde("onbekend", "Niet bekend")


def _aanpakken(voorbeeld: PraktijkvoorbeeldDocument, stand: Stand) -> Iterable[Waarde]:
    """Only those that readers may see; none of them has to be read for this."""
    records = stand.records(AanpakDocument)
    posities = (records.of_uuid(k.aanpak.uuid) for k in voorbeeld.koppelingen)
    return [Waarde(records[p].slug, records[p].name) for p in posities if p is not None]


FACETS = (
    # In the form these are the map with its list, and the gemeenten below it.
    Facet(
        "provincie",
        "Provincie",
        Provincie,
        "gemeente.provincie",
        empty=ONBEKEND,
        open=False,
    ),
    Facet("gemeente", "Gemeente", GemeenteTerm, "gemeente", empty=ONBEKEND),
    Facet("thema", "Thema", ThemaTerm, "themas"),
    Facet("doelgroep", "Doelgroep", DoelgroepTerm, "doelgroepen", open=False),
    Facet(
        "aanpak",
        "Lijkt op aanpak",
        named=_aanpakken,
        explanation=(
            "Bij elk voorbeeld staat of de bron of de redactie dit verband legde."
        ),
    ),
    Facet("element", "Werkzaam element", ElementTerm, "elementen", visible=False),
)

collect(
    PraktijkvoorbeeldDocument,
    Collection(indexers={FACETTEN: FacetIndexer(FACETS), ZOEKEN: ZoekIndexer()}),
)
# They can be searched, but readers see them without filters.
ZONDER_FACETTEN = FacetIndexer(())
collect(
    BegripDocument,
    Collection(indexers={FACETTEN: ZONDER_FACETTEN, ZOEKEN: ZoekIndexer()}),
)
collect(
    DossierDocument,
    Collection(
        # In the order that editors gave them.
        sort_name=lambda dossier: f"{dossier.volgorde:05} {dossier.naam}",
        indexers={FACETTEN: ZONDER_FACETTEN, ZOEKEN: ZoekIndexer()},
    ),
)


class BegripFilter(ZoekFilterSet):
    declared = BegripDocument


class DossierFilter(ZoekFilterSet):
    declared = DossierDocument


class VoorbeeldFilter(FacetFilterSet):
    declared = PraktijkvoorbeeldDocument
    facets = FACETS
    volgordes: ClassVar[Mapping[str, str]] = {
        "naam": "Naam",
        "recent": "Laatst gewijzigd",
    }
