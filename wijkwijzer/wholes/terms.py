"""The controlled lists of the base: sources and organisations."""

from __future__ import annotations

from wijkwijzer.core import models
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.declaration import Term, TermPart
from wijkwijzer.wholes.registry import term


class Vocabulaireterm(Term):
    """What most lists are made of: words in an order of the editors."""

    naam: str
    toelichting: str = ""
    volgorde: int = 0


class CorrectiePart(TermPart):
    model = models.Broncorrectie
    order = "volgorde"
    key = ("gevonden",)

    soort: str
    gevonden: str
    correctie: str = ""
    opmerking: str = ""


@term
class BronTerm(Term):
    """A publication; its slug is an address on /verantwoording/."""

    model = models.Bron

    titel: str
    ondertitel: str = ""
    soort: str
    uitgever: str
    auteurs: list[str]
    medewerking: list[str]
    datum: Deeldatum | None = None
    datum_opmerking: str = ""
    leestijd_minuten: int | None = None
    url: str = ""
    url_opmerking: str = ""
    volgorde: int = 0
    correcties: list[CorrectiePart]

    def __str__(self) -> str:
        return f"{self.titel} ({self.uitgever})"


@term
class OrganisatierolTerm(Vocabulaireterm):
    model = models.Organisatierol


@term
class OrganisatieTerm(Term):
    model = models.Organisatie

    naam: str
    voluit: str = ""
    naamvarianten: list[str]
    rollen: list[OrganisatierolTerm]
    toelichting: str = ""
    bronnen: list[BronTerm]
