"""The controlled lists of the register."""

from __future__ import annotations

import re
from typing import Annotated

from interventies import models
from wijkwijzer.wholes.declaration import Info, Term, TermPart
from wijkwijzer.wholes.registry import term
from wijkwijzer.wholes.terms import OrganisatieTerm, Vocabulaireterm


@term
class NiveauTerm(Vocabulaireterm):
    """A level of recognition. ``volgorde`` ranks: the higher, the stronger."""

    model = models.Niveau

    hoofdniveau: NiveauTerm | None = None
    werkwoord: str
    eisen: list[str]

    @property
    def hoofd(self) -> NiveauTerm:
        """The level itself; of a step (Effectief – eerste aanwijzingen) its level."""
        return self.hoofdniveau or self


class GeldigheidsregelPart(TermPart):
    """How many years a databank usually lets a recognition at a level hold."""

    model = models.Geldigheidsregel
    key = ("niveau",)

    niveau: NiveauTerm
    jaren: int
    bron_url: str = ""
    opmerking: str = ""


# "Het Nederlands Jeugdinstituut", but "Kenniscentrum Sport en Bewegen", as they write.
MET_LIDWOORD = re.compile(r"^Nederlands |instituut\b")


@term
class DatabankTerm(Term):
    model = models.Databank

    naam: str
    afkorting: str = ""
    naamvarianten: list[str]
    databanknaam: str = ""
    werkveld: str = ""
    werkveld_bron: str = ""
    organisatie: OrganisatieTerm | None = None
    toelichting: Annotated[str, Info(links=True)] = ""
    volgorde: int = 0
    geldigheidsregels: list[GeldigheidsregelPart]

    @property
    def voluit(self) -> str:
        """Its name, with how it is called for short."""
        return f"{self.naam} ({self.afkorting})" if self.afkorting else self.naam

    @property
    def in_een_zin(self) -> str:
        """Its name as a sentence has it: "het Nederlands Jeugdinstituut"."""
        return f"het {self.naam}" if MET_LIDWOORD.search(self.naam) else self.naam

    def regels_op_volgorde(self) -> list[GeldigheidsregelPart]:
        return sorted(self.geldigheidsregels, key=lambda r: r.niveau.volgorde)

    def jaren(self, niveau: NiveauTerm) -> int | None:
        """For how long this databank usually recognises at a level, in years."""
        regels = (r for r in self.geldigheidsregels if r.niveau is niveau.hoofd)
        return next((regel.jaren for regel in regels), None)
