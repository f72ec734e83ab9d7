"""What readers send in. Nothing of it is public before an editor approved it."""

from wijkwijzer.deelname.models.abonnement import Abonnement, Ritme
from wijkwijzer.deelname.models.bericht import Bericht, Berichtstatus
from wijkwijzer.deelname.models.inzending import Inzending, Inzendingstatus
from wijkwijzer.deelname.models.melding import Reactiemelding
from wijkwijzer.deelname.models.onderwerp import (
    ONDERWERPEN,
    OverOnderwerp,
)
from wijkwijzer.deelname.models.poging import Poging
from wijkwijzer.deelname.models.reactie import Reactie, Reactiestatus
from wijkwijzer.deelname.models.stem import Stem, StemQuerySet, Waardering

__all__ = [
    "ONDERWERPEN",
    "Abonnement",
    "Bericht",
    "Berichtstatus",
    "Inzending",
    "Inzendingstatus",
    "OverOnderwerp",
    "Poging",
    "Reactie",
    "Reactiemelding",
    "Reactiestatus",
    "Ritme",
    "Stem",
    "StemQuerySet",
    "Waardering",
]
