"""What every portal app stands on: publication, vocabularies, sources."""

from wijkwijzer.core.models.adrescontrole import (
    MAX_ADRES,
    Adrescontrole,
    Adresronde,
    Adresstatus,
    DodeLink,
)
from wijkwijzer.core.models.bron import Bron, Broncorrectie
from wijkwijzer.core.models.organisatie import Organisatie, Organisatierol
from wijkwijzer.core.models.publiceerbaar import (
    Publiceerbaar,
    PubliceerbaarQuerySet,
    RevisieField,
    Status,
    gepubliceerd_heeft,
    waarde_bestaat,
)
from wijkwijzer.core.models.vocabulaire import (
    NatuurlijkeSleutelManager,
    Vocabulaireterm,
)
from wijkwijzer.core.models.vorigeslug import VorigeSlug

__all__ = [
    "MAX_ADRES",
    "Adrescontrole",
    "Adresronde",
    "Adresstatus",
    "Bron",
    "Broncorrectie",
    "DodeLink",
    "NatuurlijkeSleutelManager",
    "Organisatie",
    "Organisatierol",
    "Publiceerbaar",
    "PubliceerbaarQuerySet",
    "RevisieField",
    "Status",
    "Vocabulaireterm",
    "VorigeSlug",
    "gepubliceerd_heeft",
    "waarde_bestaat",
]
