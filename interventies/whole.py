"""What a register entry consists of, in the order of its page."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from interventies import models
from interventies.models import Erkenningsstatus, Vermeldingssoort
from interventies.terms import DatabankTerm, NiveauTerm
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.declaration import Info, Part, Whole
from wijkwijzer.wholes.registry import whole

# What the index of the verdicts of databanks is called.
OORDELEN = "oordelen"


class ErkenningPart(Part):
    """A decision by one databank. What it leaves open stays open: level, date, end."""

    model = models.Erkenning
    order = "volgorde"
    key = ("databank", "bron_url")

    databank: DatabankTerm
    niveau: NiveauTerm | None = None
    datum: Deeldatum | None = None
    orgaan: str = ""
    geldig_tot: Deeldatum | None = None
    bron_url: str
    bron_datum: Deeldatum | None = None
    bron_stelt: str = ""
    opmerking: str = ""

    @property
    def regel_jaren(self) -> int | None:
        """How many years this databank usually gives for this level."""
        return self.databank.jaren(self.niveau) if self.niveau else None

    def verwachte_einddatum(self) -> Deeldatum | None:
        """The end date by the databank's rule: an expectation, nobody stated it.

        None when a source gives the end, or no rule fits.
        """
        if self.geldig_tot or not self.datum or not self.regel_jaren:
            return None
        return self.datum.plus_jaren(self.regel_jaren)

    def is_verlopen(self, peildatum: date) -> bool | None:
        """Whether a stated end has passed on ``peildatum``; None when unknown."""
        return self.geldig_tot.laatste_dag < peildatum if self.geldig_tot else None


class VermeldingPart(Part):
    """That a databank lists (or listed) an interventie, and as what."""

    model = models.Databankvermelding
    order = "volgorde"
    key = ("databank", "bron_url")

    databank: DatabankTerm
    soort: Vermeldingssoort
    bron_url: str
    bron_datum: Deeldatum | None = None
    bron_stelt: str = ""
    opmerking: str = ""


@whole
class InterventieDocument(Whole):
    model = models.Interventie
    soort = "interventie"

    naam: str
    toelichting: str = ""
    erkenningen: Annotated[list[ErkenningPart], Info(missing="erkenning")] = []
    vermeldingen: Annotated[list[VermeldingPart], Info(missing="vermelding")] = []
    eigenaar: Annotated[str, Info(missing="eigenaar")] = ""
    eigenaar_bron_url: str = ""
    eigenaar_bron_datum: Deeldatum | None = None
    laatst_gecontroleerd_op: Annotated[
        date | None, Info(missing="laatst gecontroleerd")
    ] = None

    get_absolute_url = models.Interventie.get_absolute_url

    def erkenningen_per_databank(self) -> list[ErkenningPart]:
        """By databank, then by date; what has no date comes last."""
        return sorted(
            self.erkenningen,
            key=lambda e: (e.databank.volgorde, e.datum is None, str(e.datum)),
        )

    def sterkste_erkenning(self) -> ErkenningPart | None:
        """The recognition at the highest known level, else any, else None."""
        return max(
            self.erkenningen_per_databank(),
            key=lambda e: (e.niveau.volgorde if e.niveau else -1, str(e.datum or "")),
            default=None,
        )

    def oordelen(self) -> list[str]:
        """What each databank says of it, in a few words: "Movisie: Goed Onderbouwd"."""
        erkend = [
            f"{e.databank.voluit}: {e.niveau.naam}" if e.niveau else e.databank.voluit
            for e in self.erkenningen_per_databank()
        ]
        vermeld = [v.databank.voluit for v in self.vermeldingen]
        return list(dict.fromkeys([*erkend, *vermeld]))

    def hoogste_niveau(self) -> NiveauTerm | None:
        """The highest known level itself, not a step of it."""
        niveaus = [e.niveau for e in self.erkenningen if e.niveau]
        hoogste = max(niveaus, key=lambda niveau: niveau.volgorde, default=None)
        return hoogste.hoofd if hoogste else None

    def erkenningsstatus(self, peildatum: date) -> Erkenningsstatus:
        """One value for the whole entry.

        Valid if any recognition is; else unknown if any end date is unknown (no end
        date is ever computed); else expired; none without a recognition.
        """
        verlopen = {e.is_verlopen(peildatum) for e in self.erkenningen}
        if False in verlopen:
            return Erkenningsstatus.GELDIG
        if None in verlopen:
            return Erkenningsstatus.ONBEKEND
        return Erkenningsstatus.VERLOPEN if verlopen else Erkenningsstatus.GEEN
