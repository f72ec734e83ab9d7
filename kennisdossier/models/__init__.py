"""The knowledge around the aanpakken, and what readers say about it."""

from kennisdossier.models.begrippen import Begrip, Begripverwijzing
from kennisdossier.models.dossiers import (
    Aandachtspunt,
    Afbeelding,
    Artikel,
    Contactpunt,
    Dossier,
    Dossierlink,
    Effect,
    Financiering,
    Tip,
    Vraag,
)
from kennisdossier.models.reacties import (
    Inzending,
    Poging,
    Reactie,
    Reactiemelding,
    Reactiestatus,
    Stem,
)
from kennisdossier.models.voorbeelden import (
    Cijfer,
    Gemeente,
    Praktijkvoorbeeld,
    Provincie,
    Voorbeeldkoppeling,
    Wijk,
)

__all__ = [
    "Aandachtspunt",
    "Afbeelding",
    "Artikel",
    "Begrip",
    "Begripverwijzing",
    "Cijfer",
    "Contactpunt",
    "Dossier",
    "Dossierlink",
    "Effect",
    "Financiering",
    "Gemeente",
    "Inzending",
    "Poging",
    "Praktijkvoorbeeld",
    "Provincie",
    "Reactie",
    "Reactiemelding",
    "Reactiestatus",
    "Stem",
    "Tip",
    "Voorbeeldkoppeling",
    "Vraag",
    "Wijk",
]
