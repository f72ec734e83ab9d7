"""Apps register here what of theirs can be found; the search knows no app.

Each app has a ``search.py`` that calls :func:`registreer`; it is found like an
``admin.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from wijkwijzer.core.catalogusversie import PerVersie
from wijkwijzer.search.analyse import huidige_analyse
from wijkwijzer.search.index import Zoekindex
from wijkwijzer.search.uitleg import Markering, Uitleg
from wijkwijzer.search.vraag import lees_vraag

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from wijkwijzer.search.index import Zoekdocument


@dataclass(frozen=True)
class Treffer:
    url: str
    titel: str
    uitleg: Uitleg


@dataclass(frozen=True)
class Zoekgroep:
    """What one kind of record has to say to a query."""

    sleutel: str
    titel: str
    aantal: int = 0
    treffers: list[Treffer] = field(default_factory=list)
    # Where all hits of this kind are, when the group shows only some of them.
    alles_url: str = ""
    # No record has every word of the query; these have some.
    gedeeltelijk: bool = False
    # The near query that was answered, when the one asked finds nothing.
    bedoeld: str | None = None

    @property
    def raak(self) -> bool:
        """Whether records have every word of the query itself."""
        return bool(self.aantal) and not self.gedeeltelijk and not self.bedoeld


class Zoekbron(Protocol):
    """A kind of record that can be found."""

    sleutel: str
    titel: str

    def aantal(self) -> int:
        """How many records can be found. Builds the index when it is not there."""
        ...

    def zoek(self, tekst: str, maximum: int) -> Zoekgroep: ...

    def verbeterd(self, tekst: str) -> str | None: ...

    def suggesties(self, tekst: str, maximum: int) -> list[tuple[str, str]]:
        """(title, address) of records whose title fits what was typed so far."""
        ...


_bronnen: dict[str, Zoekbron] = {}


def registreer(bron: Zoekbron) -> None:
    """Add a kind of record; the groups on the page follow the order of registration."""
    _bronnen[bron.sleutel] = bron


def zoekbronnen() -> list[Zoekbron]:
    return list(_bronnen.values())


class Documentbron:
    """A kind with few records: all documents are kept in memory beside their index."""

    def __init__(
        self, sleutel: str, titel: str, documenten: Callable[[], list[Zoekdocument]]
    ) -> None:
        self.sleutel, self.titel = sleutel, titel
        self._documenten = documenten
        self._stand = PerVersie(self._bouw)

    def _bouw(self, peildatum: date) -> tuple[list[Zoekdocument], Zoekindex]:
        documenten = self._documenten()
        index = Zoekindex(enumerate(documenten), len(documenten), huidige_analyse())
        return documenten, index

    def aantal(self) -> int:
        return len(self._stand()[0])

    def zoek(self, tekst: str, maximum: int) -> Zoekgroep:
        documenten, index = self._stand()
        vraag = lees_vraag(tekst, index.analyse)
        if not vraag:
            return Zoekgroep(self.sleutel, self.titel)
        resultaat = index.zoek(vraag)
        markering = Markering(vraag, index.analyse)
        gevonden = [documenten[plek] for plek in resultaat.volgorde()][:maximum]
        return Zoekgroep(
            self.sleutel,
            self.titel,
            aantal=resultaat.bits.bit_count(),
            treffers=[Treffer(d.url, d.titel, markering.leg_uit(d)) for d in gevonden],
            gedeeltelijk=resultaat.gedeeltelijk,
        )

    def verbeterd(self, tekst: str) -> str | None:
        _, index = self._stand()
        return index.verbeterd(lees_vraag(tekst, index.analyse))

    def suggesties(self, tekst: str, maximum: int) -> list[tuple[str, str]]:
        documenten, index = self._stand()
        vraag = lees_vraag(tekst, index.analyse)
        if not vraag:
            return []
        resultaat = index.zoek(vraag, velden=("titel",))
        if resultaat.gedeeltelijk:
            return []
        plekken = list(resultaat.volgorde())[:maximum]
        return [(documenten[plek].titel, documenten[plek].url) for plek in plekken]
