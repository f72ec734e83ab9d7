"""The knowledge around the aanpakken."""

from kennisdossier.models.afbeelding import Afbeelding
from kennisdossier.models.artikel import Artikel, ArtikelManager
from kennisdossier.models.begrip import Begrip, BegripQuerySet, Begripverwijzing
from kennisdossier.models.contactpunt import Contactpunt
from kennisdossier.models.dossier import Dossier, DossierQuerySet
from kennisdossier.models.dossierlink import Dossierlink
from kennisdossier.models.les import Aandachtspunt, Effect, Financiering, Les, Tip
from kennisdossier.models.plaats import Gemeente, Provincie, Wijk, WijkManager
from kennisdossier.models.praktijkvoorbeeld import (
    Cijfer,
    Praktijkvoorbeeld,
    PraktijkvoorbeeldQuerySet,
    Voorbeeldkoppeling,
)
from kennisdossier.models.vraag import Vraag

__all__ = [
    "Aandachtspunt",
    "Afbeelding",
    "Artikel",
    "ArtikelManager",
    "Begrip",
    "BegripQuerySet",
    "Begripverwijzing",
    "Cijfer",
    "Contactpunt",
    "Dossier",
    "DossierQuerySet",
    "Dossierlink",
    "Effect",
    "Financiering",
    "Gemeente",
    "Les",
    "Praktijkvoorbeeld",
    "PraktijkvoorbeeldQuerySet",
    "Provincie",
    "Tip",
    "Voorbeeldkoppeling",
    "Vraag",
    "Wijk",
    "WijkManager",
]
