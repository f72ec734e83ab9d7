"""What of the kennisdossier can be found from every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kennisdossier.terms import GemeenteTerm, WijkTerm
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.search.registry import Geheelbron, Lijstbron, registreer
from wijkwijzer.search.tekst import Zoekdocument

if TYPE_CHECKING:
    from wijkwijzer.wholes.stand import Stand


def _gemeenten(stand: Stand) -> list[Zoekdocument]:
    wijken = stand.terms(WijkTerm)
    return [
        Zoekdocument(
            titel=gemeente.naam,
            samenvatting=(
                f"Wat gebeurt er in de gemeente {gemeente.naam}, "
                f"provincie {gemeente.provincie.label}?"
            ),
            trefwoorden="\n".join(w.naam for w in wijken if w.gemeente is gemeente),
            url=gemeente.get_absolute_url(),
        )
        for gemeente in stand.terms(GemeenteTerm)
    ]


registreer(
    Geheelbron("praktijkvoorbeelden", "Praktijkvoorbeelden", PraktijkvoorbeeldDocument)
)
registreer(Geheelbron("dossiers", "Kennisdossier", DossierDocument))
registreer(Geheelbron("begrippen", "Begrippen", BegripDocument))
registreer(Lijstbron("gemeenten", "Gemeenten", _gemeenten))
