"""What editors teach the search, as content that can be kept in files."""

from __future__ import annotations

from wijkwijzer.search import models
from wijkwijzer.wholes.declaration import Term
from wijkwijzer.wholes.registry import term


@term
class SynoniemgroepTerm(Term):
    model = models.Synoniemgroep
    key_fields = ("naam",)

    naam: str
    termen: list[str]


@term
class WoorddeelTerm(Term):
    model = models.Woorddeel
    key_fields = ("woord",)

    woord: str


@term
class VerwantTerm(Term):
    """Words that nothing is about; ``paginas`` are addresses of what comes near."""

    model = models.Verwant
    key_fields = ("naam",)

    naam: str
    woorden: list[str]
    zoekterm: str = ""
    paginas: list[str]
