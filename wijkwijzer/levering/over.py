"""What is told about a file: what it is, of when, from where, and what one may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wijkwijzer.api.adres import LICENTIE
from wijkwijzer.api.alles import laatste_wijziging
from wijkwijzer.api.velden import moment

if TYPE_CHECKING:
    from wijkwijzer.wholes.stand import Stand

LICENTIENAAM = "CC BY 4.0: je mag dit overnemen en aanpassen als je WijkWijzer noemt"


@dataclass(frozen=True)
class Over:
    """About a file of the hits of one question."""

    titel: str
    # Of the page that shows the same.
    adres: str
    aantal: int
    stand: Stand
    meldingen: list[str] = field(default_factory=list)

    def regels(self) -> list[tuple[str, str]]:
        laatste = laatste_wijziging(self.stand)
        return [
            ("Wat", f"{self.titel} op WijkWijzer"),
            ("Aantal", str(self.aantal)),
            ("Opgehaald op", str(self.stand.day)),
            ("Laatst gewijzigd op", moment(laatste) if laatste else ""),
            ("Adres", self.adres),
            ("Licentie", LICENTIENAAM),
            ("Adres van de licentie", LICENTIE),
            *(("Let op", melding) for melding in self.meldingen),
        ]

    def op_naam(self) -> dict[str, str]:
        """The same where a name can be there only once: with all remarks in one."""
        samen = {"Let op": " ".join(self.meldingen)} if self.meldingen else {}
        return dict(self.regels()) | samen

    def kopregels(self) -> dict[str, str]:
        """For formats that have no place for it. An address here is ASCII."""
        return {
            "Link": f'<{LICENTIE}>; rel="license", <{self.adres}>; rel="alternate"; '
            'type="text/html"',
            # Search engines show the page, not the file.
            "X-Robots-Tag": "noindex",
        }
