"""Places and people to ask: what the knowledge names by a slug."""

from __future__ import annotations

from kennisdossier import models
from kennisdossier.models import Provincie
from wijkwijzer.wholes.declaration import Term
from wijkwijzer.wholes.registry import term
from wijkwijzer.wholes.terms import OrganisatieTerm


@term
class GemeenteTerm(Term):
    model = models.Gemeente

    code: str
    naam: str
    provincie: Provincie

    get_absolute_url = models.Gemeente.get_absolute_url

    @property
    def tooi(self) -> str:
        """The address by which the government identifies the gemeente."""
        return f"https://identifier.overheid.nl/tooi/id/gemeente/{self.code}"


@term
class WijkTerm(Term):
    """A wijk is known by its gemeente and its own name."""

    model = models.Wijk
    key_fields = ("gemeente__slug", "slug")

    gemeente: GemeenteTerm
    naam: str
    toelichting: str = ""

    get_absolute_url = models.Wijk.get_absolute_url


@term
class ContactpuntTerm(Term):
    """Where a question goes. Its address is for the outbox, never for a page."""

    model = models.Contactpunt
    left_out = {
        "email": "readers never see where their question goes",
        "dossiers": "each dossier names its own",
    }

    organisatie: OrganisatieTerm
    functie: str = ""
    expertise: list[str]
    volgorde: int = 0

    get_absolute_url = models.Contactpunt.get_absolute_url
