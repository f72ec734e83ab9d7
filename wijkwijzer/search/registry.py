"""Apps register here what of theirs can be found; the search knows no app.

Each app has a ``search.py`` that calls :func:`registreer`; it is found like an
``admin.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from wijkwijzer.search.analyse import analyse_van
from wijkwijzer.search.index import Zoekindex
from wijkwijzer.search.tekst import Zoekdocument, zoekdocument
from wijkwijzer.search.uitleg import Trefmarkering, Uitleg
from wijkwijzer.search.vraag import lees_vraag
from wijkwijzer.wholes.records import Hits

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.search.index import Zoekresultaat
    from wijkwijzer.search.vraag import Zoekvraag
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# What the search index is called among those of a kind of record.
ZOEKEN = "zoeken"


@dataclass(frozen=True)
class Treffer:
    url: str
    titel: str
    uitleg: Uitleg
    # The level that a databank gave, and whether it still holds: of who has one.
    geldigheid: object = None


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


class Pagina(NamedTuple):
    titel: str
    url: str


class Gerichter(NamedTuple):
    """A list with filters that say better what somebody searched for."""

    titel: str
    aantal: int
    url: str


class Zoekbron(Protocol):
    """A kind of record that can be found."""

    sleutel: str
    titel: str

    def index(self, stand: Stand) -> Zoekindex: ...

    def aantal(self, stand: Stand) -> int:
        """How many records there are to find."""
        ...

    def zoek(self, stand: Stand, tekst: str, maximum: int) -> Zoekgroep: ...

    def verbeterd(self, stand: Stand, tekst: str) -> str | None: ...

    def suggesties(
        self, stand: Stand, tekst: str, maximum: int
    ) -> list[tuple[str, str]]:
        """(title, address) of records whose title fits what was typed so far."""
        ...

    def pagina(self, stand: Stand, adres: str) -> Pagina | None:
        """The record at an address."""
        ...


_bronnen: dict[str, Zoekbron] = {}
_ingangen: list[Callable[[Stand], list[Pagina]]] = []
_gerichter: list[Callable[[Stand, str], list[Gerichter]]] = []


def registreer(bron: Zoekbron) -> None:
    """Add a kind of record; the groups on the page follow the order of registration."""
    _bronnen[bron.sleutel] = bron


def registreer_ingangen(lees: Callable[[Stand], list[Pagina]]) -> None:
    """Add pages to begin with for who found nothing."""
    _ingangen.append(lees)


def ingangen(stand: Stand) -> list[Pagina]:
    return [pagina for lees in _ingangen for pagina in lees(stand)]


def registreer_gerichter(lees: Callable[[Stand, str], list[Gerichter]]) -> None:
    """Add lists whose filters say what a query says in words."""
    _gerichter.append(lees)


def gerichter(stand: Stand, tekst: str) -> list[Gerichter]:
    return [lijst for lees in _gerichter for lijst in lees(stand, tekst)]


def zoekbronnen() -> list[Zoekbron]:
    return list(_bronnen.values())


class Bron:
    """What all kinds share: an index, and the documents at the positions in it."""

    def __init__(self, sleutel: str, titel: str) -> None:
        self.sleutel, self.titel = sleutel, titel

    def index(self, stand: Stand) -> Zoekindex:
        raise NotImplementedError

    def documenten(self, stand: Stand, posities: list[int]) -> list[Zoekdocument]:
        raise NotImplementedError

    def pagina(self, stand: Stand, adres: str) -> Pagina | None:
        raise NotImplementedError

    def aantal(self, stand: Stand) -> int:
        return self.index(stand).alle.bit_count()

    def zoek(self, stand: Stand, tekst: str, maximum: int) -> Zoekgroep:
        index = self.index(stand)
        vraag = lees_vraag(tekst, index.analyse)
        if not vraag:
            return Zoekgroep(self.sleutel, self.titel)
        resultaat = index.zoek(vraag)
        return Zoekgroep(
            self.sleutel,
            self.titel,
            aantal=resultaat.bits.bit_count(),
            treffers=self.treffers(stand, vraag, resultaat, maximum),
            gedeeltelijk=resultaat.gedeeltelijk,
        )

    def treffers(
        self, stand: Stand, vraag: Zoekvraag, resultaat: Zoekresultaat, maximum: int
    ) -> list[Treffer]:
        markering = Trefmarkering(vraag, self.index(stand).analyse)
        beste = Hits(resultaat.bits, resultaat.volgorde)[:maximum]
        return [
            Treffer(document.url, document.titel, markering.leg_uit(document))
            for document in self.documenten(stand, beste)
        ]

    def verbeterd(self, stand: Stand, tekst: str) -> str | None:
        index = self.index(stand)
        return index.verbeterd(lees_vraag(tekst, index.analyse))

    def suggesties(
        self, stand: Stand, tekst: str, maximum: int
    ) -> list[tuple[str, str]]:
        index = self.index(stand)
        vraag = lees_vraag(tekst, index.analyse)
        if not vraag:
            return []
        resultaat = index.zoek(vraag, velden=("titel",))
        if resultaat.gedeeltelijk:
            return []
        beste = Hits(resultaat.bits, resultaat.volgorde)[:maximum]
        return [(d.titel, d.url) for d in self.documenten(stand, beste)]


class Geheelbron(Bron):
    """Records with versions, found by the index that the stand keeps of them."""

    def __init__(self, sleutel: str, titel: str, declared: type[Whole]) -> None:
        super().__init__(sleutel, titel)
        self.declared = declared

    def index(self, stand: Stand) -> Zoekindex:
        index: Zoekindex = stand.index(self.declared, ZOEKEN)
        return index

    def documenten(self, stand: Stand, posities: list[int]) -> list[Zoekdocument]:
        return [zoekdocument(d) for d in stand.documents(self.declared, posities)]

    def pagina(self, stand: Stand, adres: str) -> Pagina | None:
        document = stand.get(self.declared, adres.strip("/").rpartition("/")[2])
        if document is None or document.get_absolute_url() != adres:
            return None
        return Pagina(document.naam, adres)


class Lijstbron(Bron):
    """Words of a controlled list: few, and all in memory."""

    def __init__(
        self,
        sleutel: str,
        titel: str,
        lees: Callable[[Stand], list[Zoekdocument]],
    ) -> None:
        super().__init__(sleutel, titel)
        self._lees = lees

    def _alles(self, stand: Stand) -> tuple[list[Zoekdocument], Zoekindex]:
        documenten = self._lees(stand)
        return documenten, Zoekindex.van(documenten, analyse_van(stand))

    def index(self, stand: Stand) -> Zoekindex:
        return stand.derived(self._alles)[1]

    def documenten(self, stand: Stand, posities: list[int]) -> list[Zoekdocument]:
        documenten = stand.derived(self._alles)[0]
        return [documenten[positie] for positie in posities]

    def pagina(self, stand: Stand, adres: str) -> Pagina | None:
        documenten, _ = stand.derived(self._alles)
        gevonden = (Pagina(d.titel, d.url) for d in documenten if d.url == adres)
        return next(gevonden, None)
