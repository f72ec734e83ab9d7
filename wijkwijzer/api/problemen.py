"""What goes wrong, told to programs: RFC 9457 (problem+json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from django.http import HttpResponse

from wijkwijzer.api.adres import PROBLEEM

if TYPE_CHECKING:
    from collections.abc import Sequence

# Per status: what it is called, and what to do.
PROBLEMEN = {
    400: ("Ongeldige vraag", "De server begrijpt deze vraag niet."),
    403: ("Geen toegang", "Dit mag je niet opvragen."),
    404: ("Niet gevonden", "Op dit adres staat niets. Wat er wel is, staat op /api/."),
    405: ("Methode kan niet", "Je kunt hier alleen lezen: gebruik GET of HEAD."),
    406: ("Formaat kan niet", "Dit adres geeft alleen application/json."),
    408: ("Te langzaam", "Je vraag kwam niet op tijd binnen."),
    410: ("Ingetrokken", "De redactie heeft dit weggehaald."),
    413: ("Te groot", "Je stuurt te veel mee."),
    429: ("Te veel vragen", "Wacht even voor je verder vraagt."),
    500: ("Fout op de server", "Er ging iets mis. Dat ligt aan ons."),
    503: (
        "Nu niet bereikbaar",
        "De site is even niet bereikbaar. Probeer het zo.",
    ),
}
ANDERS = ("Het lukte niet", "Deze vraag kon niet worden beantwoord.")


# NLGov has no redirect for it: who programs it wrong must notice.
STREEP = "Een adres van de API heeft geen schuine streep aan het eind: laat hem weg."
# So many mistakes are told; who makes more needs no answer as long as the question.
MEESTE_FOUTEN = 20


class Fout(NamedTuple):
    """What is wrong with one value of a query."""

    sleutel: str
    # Which value of the key, counted from nought; None of the key itself.
    plaats: int | None
    code: str
    uitleg: str

    def data(self) -> dict[str, Any]:
        plaats = {"name": self.sleutel} | (
            {} if self.plaats is None else {"index": self.plaats}
        )
        return {
            "in": "query",
            "location": plaats,
            "code": self.code,
            "detail": self.uitleg,
        }


class OngeldigError(Exception):
    """A query asks what cannot be asked."""

    def __init__(self, fouten: Sequence[Fout]) -> None:
        super().__init__(*(f"{fout.sleutel}: {fout.uitleg}" for fout in fouten))
        self.fouten = fouten


def inhoud(status: int, detail: str = "", **extra: Any) -> bytes:
    """The body of a problem."""
    titel, uitleg = PROBLEMEN.get(status, ANDERS)
    data = {
        "type": "about:blank",
        "title": titel,
        "status": status,
        "detail": detail or uitleg,
    }
    return msgspec.json.encode(data | extra)


def probleem(status: int, detail: str = "", **extra: Any) -> HttpResponse:
    return HttpResponse(
        inhoud(status, detail, **extra), content_type=PROBLEEM, status=status
    )


def ongeldig(fouten: Sequence[Fout]) -> HttpResponse:
    """400, which names every key that is wrong, up to :data:`MEESTE_FOUTEN`."""
    verteld = fouten[:MEESTE_FOUTEN]
    zinnen = [f"{fout.sleutel}: {fout.uitleg}" for fout in verteld]
    if meer := len(fouten) - len(verteld):
        zinnen.append(f"En nog {meer} {'fout' if meer == 1 else 'fouten'}.")
    return probleem(400, " ".join(zinnen), errors=[fout.data() for fout in verteld])
