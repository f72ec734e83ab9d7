"""What a register entry consists of, in the order of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Annotated

from interventies import models
from interventies.models import Erkenningsstatus, InDatabank, Vermeldingssoort
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
    key = ("databank", "bron_url", "publicatie")

    databank: DatabankTerm
    niveau: NiveauTerm | None = None
    datum: Deeldatum | None = None
    orgaan: str = ""
    geldig_tot: Deeldatum | None = None
    bron_url: str = ""
    publicatie: str = ""
    bron_datum: Deeldatum | None = None
    bron_stelt: str = ""
    opmerking: str = ""

    @property
    def regel_jaren(self) -> int | None:
        """How many years this databank usually gives for this level."""
        return self.databank.jaren(self.niveau) if self.niveau else None

    @property
    def gewone_termijn(self) -> str:
        """That rule in words: of another level the same databank may have another."""
        return (
            f"{self.niveau} geldt hier meestal {self.regel_jaren} jaar"
            if self.regel_jaren
            else ""
        )

    def verwachte_einddatum(self) -> Deeldatum | None:
        """The end date by the databank's rule: an expectation, nobody stated it.

        None when a source gives the end, or no rule fits.
        """
        return None if self.geldig_tot else self._na_de_termijn(self.datum)

    def uiterste_einddatum(self) -> Deeldatum | None:
        """By when it has ended: as stated, or as the rule expects.

        A decision without a date was taken at the latest on the day of the page that
        tells of it.
        """
        return self.geldig_tot or self._na_de_termijn(self.datum or self.bron_datum)

    def _na_de_termijn(self, begin: Deeldatum | None) -> Deeldatum | None:
        jaren = self.regel_jaren
        if not begin or not jaren or begin.jaar + jaren > MAXYEAR:
            return None
        return begin.plus_jaren(jaren)

    @property
    def einddag(self) -> date | None:
        """The first day on which it has ended; None when that is not known."""
        einde = self.uiterste_einddatum()
        # After the last day that a calendar has, there is none.
        if einde is None or einde.laatste_dag == date.max:
            return None
        return einde.laatste_dag + timedelta(days=1)

    def status(self, peildatum: date) -> Erkenningsstatus:
        """Whether it still holds on ``peildatum``: the one rule of the whole site.

        Only a stated end makes it valid or expired. When only a rule expects an end, it
        has probably expired once that has passed, and until then nobody knows.
        """
        voorbij = self.einddag is not None and self.einddag <= peildatum
        if self.geldig_tot:
            return Erkenningsstatus.VERLOPEN if voorbij else Erkenningsstatus.GELDIG
        if voorbij:
            return Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN
        return Erkenningsstatus.ONBEKEND


# How much a recognition says now, of two at the same level.
ZEGGING = [
    Erkenningsstatus.VERLOPEN,
    Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN,
    Erkenningsstatus.ONBEKEND,
    Erkenningsstatus.GELDIG,
]


@dataclass(frozen=True)
class Geldigheid:
    """A recognition, and whether it still holds on one day."""

    erkenning: ErkenningPart
    status: Erkenningsstatus
    # The same decision, as other pages tell of it.
    ook_volgens: tuple[ErkenningPart, ...] = ()

    @property
    def volgens(self) -> list[ErkenningPart]:
        """Every page that tells of it."""
        return [self.erkenning, *self.ook_volgens]

    @property
    def niveau(self) -> NiveauTerm | None:
        return self.erkenning.niveau

    @property
    def vervallen(self) -> bool:
        return self.status.vervallen

    @property
    def bekend(self) -> bool:
        """Whether there is anything to say of how long it holds."""
        return self.status != Erkenningsstatus.ONBEKEND

    @property
    def einde_verteld(self) -> bool:
        """Whether there is anything to tell of its end: a source, or an expectation."""
        return self.bekend or self.erkenning.verwachte_einddatum() is not None

    @property
    def in_woorden(self) -> str:
        """As a badge says it: "waarschijnlijk verlopen sinds juni 2022"."""
        einde = self.erkenning.uiterste_einddatum()
        if not einde or not self.bekend:
            return "geldigheid niet bekend"
        if self.status == Erkenningsstatus.GELDIG:
            return f"geldig tot {einde.in_woorden}"
        if self.status == Erkenningsstatus.VERLOPEN:
            return f"verlopen sinds {einde.in_woorden}"
        # An expectation is not known to the day.
        maand = Deeldatum(einde.jaar, einde.maand).in_woorden
        eerder = "" if self.erkenning.datum else " of eerder"
        return f"waarschijnlijk verlopen sinds {maand}{eerder}"

    @property
    def zegging(self) -> tuple[bool, bool, int, int, str]:
        """What tells readers most: a level that holds, then the highest, the latest."""
        niveau = self.niveau
        return (
            niveau is not None,
            not self.vervallen,
            niveau.volgorde if niveau else 0,
            ZEGGING.index(self.status),
            str(self.erkenning.datum or ""),
        )


GEVONDEN = {
    InDatabank.NU: "Vermelding",
    InDatabank.EERDER: "Eerdere vermelding",
    InDatabank.NIET: "Pagina buiten de databank",
    InDatabank.ONBEKEND: "Opname volgens een bron",
}


class VermeldingPart(Part):
    """That a databank lists or once listed an approach, and as what."""

    model = models.Databankvermelding
    order = "volgorde"
    key = ("databank", "bron_url", "publicatie")

    databank: DatabankTerm
    soort: Vermeldingssoort
    in_databank: InDatabank = InDatabank.ONBEKEND
    bron_url: str = ""
    publicatie: str = ""
    bron_datum: Deeldatum | None = None
    bron_stelt: str = ""
    opmerking: str = ""

    @property
    def datum_verteld(self) -> bool:
        """Whether the words for an earlier place already give the date of the page."""
        return self.in_databank == InDatabank.EERDER

    @property
    def in_het_kort(self) -> str:
        """What was found, for a page that has told whether it is in there now."""
        gevonden = GEVONDEN[self.in_databank]
        if self.soort == Vermeldingssoort.ONBEKEND:
            return gevonden
        return f"{gevonden}, als {self.soort.label}"


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
    eigenaar_publicatie: str = ""
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

    def geldigheden(self, peildatum: date) -> list[Geldigheid]:
        """Each recognition with whether it holds, in the order of the databanks.

        Pages that tell the same of one databank tell of one decision; the oldest of
        them says by when it was taken.
        """
        besluiten: dict[tuple[object, ...], list[ErkenningPart]] = {}
        for e in self.erkenningen_per_databank():
            besluit = (e.databank, e.niveau, e.datum, e.orgaan, e.geldig_tot)
            besluiten.setdefault(besluit, []).append(e)
        for delen in besluiten.values():
            delen.sort(key=lambda e: (e.bron_datum is None, str(e.bron_datum)))
        return [
            Geldigheid(eerste, eerste.status(peildatum), tuple(andere))
            for eerste, *andere in besluiten.values()
        ]

    def geldigheid(self, peildatum: date) -> Geldigheid | None:
        """The recognition that tells most on ``peildatum``.

        Level, status, badge, filters and counts all speak of this one.
        """
        gevonden = self.geldigheden(peildatum)
        return max(gevonden, key=lambda g: g.zegging, default=None)

    def nog_niet_bekend(self, peildatum: date) -> list[str]:
        """What no source says of its recognitions, as one line of a page tells it."""
        geldigheden = self.geldigheden(peildatum)
        gedateerd = {g.niveau for g in geldigheden if g.erkenning.datum}
        onbekend = []
        for g in geldigheden:
            if not g.niveau:
                onbekend.append("het niveau van de erkenning")
                if not g.erkenning.datum:
                    onbekend.append("de datum van de erkenning")
                continue
            begin, einde = g.niveau not in gedateerd, not g.einde_verteld
            if begin or einde:
                wanneer = "sinds wanneer" if not einde else "tot wanneer"
                if begin and einde:
                    wanneer = "van wanneer tot wanneer"
                werkwoord = "gold" if g.vervallen else "geldt"
                onbekend.append(f"{wanneer} {g.niveau.naam} {werkwoord}")
        onbekend += [
            f"of de aanpak nu in de databank van {v.databank.in_een_zin} staat"
            for v in self.databankplaatsen()
            if v.in_databank == InDatabank.ONBEKEND
        ]
        return list(dict.fromkeys(onbekend))

    def oordelen(self) -> list[str]:
        """What each databank says of it, in a few words: "Movisie: Goed Onderbouwd"."""
        erkend = [
            f"{e.databank.voluit}: {e.niveau.naam}" if e.niveau else e.databank.voluit
            for e in self.erkenningen_per_databank()
        ]
        vermeld = [v.databank.voluit for v in self.vermeldingen]
        return list(dict.fromkeys([*erkend, *vermeld]))

    def databankplaatsen(self) -> list[VermeldingPart]:
        """Per databank the listing that says most of whether it is in there now."""
        volgorde = list(InDatabank)
        per_databank: dict[DatabankTerm, VermeldingPart] = {}
        for vermelding in sorted(
            self.vermeldingen,
            # Of two that say the same, the one with a date.
            key=lambda v: (volgorde.index(v.in_databank), v.bron_datum is None),
        ):
            per_databank.setdefault(vermelding.databank, vermelding)
        return sorted(per_databank.values(), key=lambda v: v.databank.volgorde)

    def staat_nu_in(self) -> list[DatabankTerm]:
        """The databanks that it is in now, as far as a source says so."""
        plaatsen = self.databankplaatsen()
        return [v.databank for v in plaatsen if v.in_databank == InDatabank.NU]
