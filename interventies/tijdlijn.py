"""What happened per databank, as a list and as a drawing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from interventies.models import InDatabank
from interventies.whole import ErkenningPart, Geldigheid, VermeldingPart
from wijkwijzer.core.datums import Deeldatum

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from interventies.terms import DatabankTerm
    from interventies.whole import InterventieDocument

    Tijdlijn = tuple[DatabankTerm, list["Gebeurtenis"]]


@dataclass(frozen=True)
class Gebeurtenis:
    """One point on the timeline of a databank."""

    datum: Deeldatum | None
    object: ErkenningPart | VermeldingPart
    # Of a decision on a recognition: whether that still holds.
    geldigheid: Geldigheid | None = None

    @property
    def einde(self) -> Deeldatum | None:
        """The stated end of a recognition, or else the expected one."""
        if not isinstance(self.object, ErkenningPart):
            return None
        return self.object.geldig_tot or self.object.verwachte_einddatum()

    @property
    def einde_verwacht(self) -> bool:
        return isinstance(self.object, ErkenningPart) and not self.object.geldig_tot


def tijdlijnen(interventie: InterventieDocument, peildatum: date) -> list[Tijdlijn]:
    """Per databank what happened, oldest first; what has no date comes last.

    A listing has no date of its own: the date of the page only says when it was seen.
    One that leaves open whether it is in there now tells nothing beside the decision
    that the same page tells of.
    """
    per_databank: dict[DatabankTerm, list[Gebeurtenis]] = defaultdict(list)
    for geldigheid in interventie.geldigheden(peildatum):
        erkenning = geldigheid.erkenning
        per_databank[erkenning.databank].append(
            Gebeurtenis(erkenning.datum, erkenning, geldigheid)
        )
    verteld = {_vindplaats(erkenning) for erkenning in interventie.erkenningen}
    for vermelding in interventie.vermeldingen:
        open_gelaten = vermelding.in_databank == InDatabank.ONBEKEND
        if open_gelaten and _vindplaats(vermelding) in verteld:
            continue
        per_databank[vermelding.databank].append(Gebeurtenis(None, vermelding))
    return [
        (databank, sorted(lijst, key=lambda g: (g.datum is None, str(g.datum))))
        for databank, lijst in sorted(
            per_databank.items(), key=lambda paar: paar[0].volgorde
        )
    ]


def _vindplaats(deel: ErkenningPart | VermeldingPart) -> tuple[object, ...]:
    """Where a source says something of one databank."""
    return (deel.databank, deel.bron_url, deel.publicatie)


@dataclass(frozen=True)
class Punt:
    x: str
    event: Gebeurtenis
    eind: str
    verwacht: bool


def teken_tijdlijnen(lijnen: Sequence[Tijdlijn], peildatum: date) -> dict[str, Any]:
    """Dated events per databank on one axis of years, with the day of now.

    Empty without any date.
    """
    banen = [
        (databank, [event for event in events if event.datum])
        for databank, events in lijnen
    ]
    banen = [(databank, events) for databank, events in banen if events]
    if not banen:
        return {"banen": []}
    data = [event.datum.jaar for _, events in banen for event in events if event.datum]
    einden = [e.einde.jaar for _, events in banen for e in events if e.einde]
    eerste, laatste = min(data), max([*data, *einden, peildatum.year]) + 1
    laatste = max(laatste, eerste + 3)
    jaren = laatste - eerste
    stap = next((s for s in (1, 2, 5, 10, 20, 50) if jaren / s <= 6), jaren // 6)

    def plek(datum: Deeldatum | None) -> str:
        if datum is None:
            return ""
        deel = datum.jaar + ((datum.maand or 7) - 1) / 12
        deel += ((datum.dag or 15) - 1) / 365
        return f"{100 * (deel - eerste) / jaren:.1f}%"

    return {
        "banen": [
            (
                databank,
                nummer * 56 + 44,
                nummer * 56 + 22,
                [
                    Punt(plek(e.datum), e, plek(e.einde), e.einde_verwacht)
                    for e in events
                ],
            )
            for nummer, (databank, events) in enumerate(banen)
        ],
        "vandaag": plek(Deeldatum(peildatum.year, peildatum.month, peildatum.day)),
        "hoogte": len(banen) * 56 + 34,
        "onder": len(banen) * 56 + 8,
        "as": len(banen) * 56 + 28,
        "jaren": [
            (jaar, f"{100 * (jaar - eerste) / jaren:.1f}%")
            for jaar in range(eerste, laatste + 1)
            if jaar % stap == 0
        ],
    }
