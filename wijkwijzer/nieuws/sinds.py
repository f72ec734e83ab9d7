"""What is new in a list between two days, as its feed has it: for who follows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from interventies.facets import InterventieFilter
from interventies.whole import InterventieDocument
from kennisdossier.facets import VoorbeeldFilter
from kennisdossier.whole import DossierDocument
from wijkwijzer.core.paden import pad
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.nieuws import feeds
from wijkwijzer.nieuws.berichten import berichten
from wijkwijzer.nieuws.gebeurd import Gebeurd, begin_van, einddagen, hier
from wijkwijzer.wholes.records import along

if TYPE_CHECKING:
    from wijkwijzer.facets.filters import FacetFilterSet
    from wijkwijzer.nieuws.atom import Item
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

# So many are told of one by one; who wants the rest has the address of the list.
VERTELD = 40

ALLES = "nieuw"
FILTERS: dict[str, type[FacetFilterSet]] = {
    "aanpakken": AanpakFilter,
    "praktijkvoorbeelden": VoorbeeldFilter,
    "interventies": InterventieFilter,
}
TITELS = {
    ALLES: "Alles op WijkWijzer",
    "aanpakken": "Aanpakken",
    "praktijkvoorbeelden": "Praktijkvoorbeelden",
    "interventies": "Erkenningen van databanken",
    "kennisdossier": "Dossiers",
}


@dataclass(frozen=True)
class Regel:
    """One thing that is new: what, with its address here and a few words."""

    titel: str
    adres: str = ""
    tekst: str = ""


@dataclass(frozen=True)
class Nieuws:
    """What is new in a list, the newest first; ``aantal`` counts all of it."""

    titel: str
    adres: str
    regels: Sequence[Regel]
    aantal: int


@dataclass(frozen=True)
class Selectie:
    """A list with filters, as an address asks for it.

    ``meldingen``: what it asked that does not exist.
    """

    lijst: str
    vraag: str
    titel: str
    adres: str
    meldingen: Sequence[str] = ()


def lees_selectie(stand: Stand, lijst: str, query: QueryDict) -> Selectie | None:
    """What can be followed; None when there is no such list."""
    if lijst not in TITELS:
        return None
    titel, vraag, meldingen = TITELS[lijst], "", []
    if filterset := _filterset(stand, lijst, query):
        gevraagd = filterset.query()
        # The order of a list says nothing of what is new in it.
        gevraagd.pop("sorteer", None)
        vraag, meldingen = gevraagd.urlencode(), filterset.meldingen()
        chips = ", ".join(f"{chip.groep}: {chip.label}" for chip in filterset.chips())
        titel = f"{titel}, {chips}" if chips else titel
    adres = pad(ALLES if lijst == ALLES else f"{lijst}:list")
    return Selectie(lijst, vraag, titel, _met(adres, vraag), meldingen)


def nieuw_in(stand: Stand, lijst: str, vraag: str, van: date, tot: date) -> Nieuws:
    """What is new from ``van`` on, and before ``tot``.

    What a selection asks that does not exist any more, would be left out of it: then it
    had more than somebody wants to follow. So nothing is told.
    """
    selectie = lees_selectie(stand, lijst, QueryDict(vraag))
    if selectie is None or selectie.meldingen:
        return Nieuws("", "", [], 0)
    if lijst == ALLES:
        regels, aantal = _gebeurd(stand, van, tot)
    else:
        regels, aantal = _in_lijst(stand, lijst, QueryDict(vraag), van, tot)
    return Nieuws(selectie.titel, selectie.adres, regels, aantal)


def _filterset(stand: Stand, lijst: str, query: QueryDict) -> FacetFilterSet | None:
    return FILTERS[lijst](query, stand) if lijst in FILTERS else None


def _met(adres: str, vraag: str) -> str:
    return f"{adres}?{vraag}" if vraag else adres


def _gebeurd(stand: Stand, van: date, tot: date) -> tuple[list[Regel], int]:
    einde = begin_van(tot)
    alle = [g for g in Gebeurd(stand, van) if g.at < einde]
    return [
        Regel(f"{b.wat}: {b.naam} ({b.soort.lower()})", b.adres, b.reden or b.tekst)
        for b in berichten(stand, alle[:VERTELD], van)
    ], len(alle)


def _in_lijst(
    stand: Stand, lijst: str, query: QueryDict, van: date, tot: date
) -> tuple[list[Regel], int]:
    """The entries of the feed that changed in these days."""
    filterset = _filterset(stand, lijst, query)
    declared = filterset.declared if filterset else DossierDocument
    bits = filterset.bits if filterset else stand.records(declared).all
    posities = _gepubliceerd(stand, declared, bits, van)
    if declared is InterventieDocument:
        dagen = einddagen(stand, van, tot - timedelta(days=1))
        verlopen = (
            stand.records(declared).in_order(daarvan & bits) for _, daarvan in dagen
        )
        posities = chain(posities, *verlopen)
    begin, einde = hier(begin_van(van)), hier(begin_van(tot))
    gekozen = [*dict.fromkeys(posities)]
    if declared is InterventieDocument:
        register = stand.documents(InterventieDocument, gekozen)
        alle = feeds.erkenningen_items(stand, register)
    else:
        alle = feeds.items(stand, stand.documents(declared, gekozen))
    nieuw = [item for item in alle if begin <= item.gewijzigd < einde]
    return [_regel(item, begin) for item in islice(nieuw, VERTELD)], len(nieuw)


def _gepubliceerd(
    stand: Stand, declared: type[Whole], bits: int, van: date
) -> Iterable[int]:
    """What has a version since, the newest first."""
    records, begin = stand.records(declared), begin_van(van)
    laatst: Iterator[int] = along(records.by_time, bits, records.length)
    return takewhile(lambda positie: records[positie].at >= begin, laatst)


def _regel(item: Item, begin: datetime) -> Regel:
    wat = "Nieuw" if item.eerst >= begin else "Gewijzigd"
    tekst = " ".join(item.regels)
    return Regel(f"{wat}: {beginkapitaal(item.titel)}", item.adres, tekst)
