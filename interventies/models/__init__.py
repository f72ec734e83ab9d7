"""What independent databanks say about an approach: listings and recognitions.

Three facts stay apart, because none follows from another: that a databank lists an
approach (:class:`Databankvermelding`), that it recognised it at a level on a date
(:class:`Erkenning`), and under which heading a publication prints it (that one lives
in ``aanpakken``).
"""

from interventies.models.databank import Databank
from interventies.models.erkenning import VERVALLEN, Erkenning, Erkenningsstatus
from interventies.models.interventie import Interventie, InterventieQuerySet
from interventies.models.niveau import Geldigheidsregel, Niveau
from interventies.models.vermelding import (
    Databankvermelding,
    InDatabank,
    Vermeldingssoort,
)

__all__ = [
    "VERVALLEN",
    "Databank",
    "Databankvermelding",
    "Erkenning",
    "Erkenningsstatus",
    "Geldigheidsregel",
    "InDatabank",
    "Interventie",
    "InterventieQuerySet",
    "Niveau",
    "Vermeldingssoort",
]
