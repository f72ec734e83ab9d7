"""The answers: one record, or a page of a list. No HTTP here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

from wijkwijzer.api.velden import lees_alles
from wijkwijzer.facets.lists import PER_PAGINA
from wijkwijzer.search.filters import ZoekFilterSet
from wijkwijzer.wholes.stand import CHUNK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.core.paginator import Page

    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.api.vraag import Vraag
    from wijkwijzer.facets.filters import FacetFilterSet
    from wijkwijzer.wholes.stand import Stand

Data = dict[str, Any]


class GeenPaginaError(Exception):
    """A list has fewer pages than that."""

    def __init__(self, paginas: int) -> None:
        super().__init__(paginas)
        self.paginas = paginas


@dataclass(frozen=True)
class Lijst:
    """One page of a list: where the hits are, in their order, and which page it is."""

    collectie: Collectie[Any]
    vraag: Vraag
    treffers: Sequence[int]
    pagina: Page[int]

    @property
    def paginas(self) -> int:
        return self.pagina.paginator.num_pages


def antwoord(
    collectie: Collectie[Any],
    record: Any,
    omgeving: Omgeving,
    alleen: Collection[str] = (),
) -> Data:
    """What the API says of one record: all of it, or these fields."""
    velden = collectie.velden
    if alleen:
        velden = tuple(veld for veld in velden if veld.naam in alleen)
    return lees_alles(velden, record, omgeving)


def treffers(collectie: Collectie[Any], vraag: Vraag, stand: Stand) -> Sequence[int]:
    """Where all hits are, in their order, whatever page is asked."""
    filterset = vraag.filterset
    return collectie.plaatsen(stand) if filterset is None else filterset.treffers()


def lees_lijst(collectie: Collectie[Any], vraag: Vraag, stand: Stand) -> Lijst:
    """The page that is asked. Raises GeenPaginaError when there is none."""
    gevonden = treffers(collectie, vraag, stand)
    paginator: Paginator[int] = Paginator(gevonden, PER_PAGINA)
    if vraag.pagina > paginator.num_pages:
        raise GeenPaginaError(paginator.num_pages)
    return Lijst(collectie, vraag, gevonden, paginator.page(vraag.pagina))


def antwoorden(lijst: Lijst, omgeving: Omgeving) -> list[Data]:
    """The records of the page as the API says them."""
    collectie, alleen = lijst.collectie, lijst.vraag.alleen
    records = collectie.records(omgeving.stand, lijst.pagina.object_list)
    return [antwoord(collectie, record, omgeving, alleen) for record in records]


def elk(
    collectie: Collectie[Any],
    plaatsen: Iterable[int],
    omgeving: Omgeving,
    alleen: Collection[str] = (),
) -> Iterator[Data]:
    """The records at these places as the API says them, however many.

    Two queries for every 500; none of them stays in memory.
    """
    over = iter(plaatsen)
    while deel := [*islice(over, CHUNK)]:
        stand = omgeving.stand
        bekend = replace(omgeving, nummers=collectie.nummers(stand, deel))
        for record in collectie.elk(stand, deel):
            yield antwoord(collectie, record, bekend, alleen)


def lijstantwoord(
    lijst: Lijst, omgeving: Omgeving, links: dict[str, str | None]
) -> Data:
    """The body of a list."""
    data: Data = {
        "aantal": len(lijst.treffers),
        "pagina": lijst.pagina.number,
        "paginas": lijst.paginas,
        "perPagina": PER_PAGINA,
        "links": links,
    }
    filterset = lijst.vraag.filterset
    if isinstance(filterset, ZoekFilterSet):
        data["gezocht"] = _gezocht(filterset)
    if filterset is not None:
        data["facetten"] = _facetten(filterset)
    return data | {"resultaten": antwoorden(lijst, omgeving)}


def _gezocht(filterset: ZoekFilterSet) -> Data | None:
    """How a query was read; None when nothing was searched for."""
    if not filterset.vraag:
        return None
    return {
        "vraag": filterset.zoekterm,
        "beantwoord": filterset.beantwoord.tekst,
        "bedoeld": filterset.bedoeld,
        "gedeeltelijk": filterset.zoekresultaat.gedeeltelijk,
    }


def _facetten(filterset: FacetFilterSet) -> list[Data]:
    return [
        {
            "sleutel": groep.sleutel,
            "titel": groep.titel,
            "waarden": [
                {
                    "waarde": optie.waarde,
                    "naam": optie.label,
                    "aantal": optie.aantal,
                    "gekozen": optie.gekozen,
                }
                for optie in groep.opties
            ],
        }
        for groep in filterset.facetten()
    ]


def lijstschema(collectie: Collectie[Any], record: Data) -> Data:
    """The JSON Schema of :func:`lijstantwoord`; ``record`` is that of a record."""
    adres = {"type": ["string", "null"], "format": "uri"}
    velden: Data = {
        "aantal": {"type": "integer", "minimum": 0},
        "pagina": {"type": "integer", "minimum": 1},
        "paginas": {"type": "integer", "minimum": 1},
        "perPagina": {"const": PER_PAGINA},
        "links": dicht(dict.fromkeys(LINKS, adres)),
    }
    if collectie.filter and issubclass(collectie.filter, ZoekFilterSet):
        velden["gezocht"] = {"anyOf": [GEZOCHT, {"type": "null"}]}
    if collectie.filter:
        velden["facetten"] = _facetschema(collectie.filter)
    resultaten = {"type": "array", "items": record, "maxItems": PER_PAGINA}
    return dicht(velden | {"resultaten": resultaten})


def _facetschema(filter_: type[FacetFilterSet]) -> Data:
    """Every facet that the form shows, in its order."""
    sleutels = [f.key for f in filter_.facets if f.visible and not f.field]
    facet = {
        "sleutel": {"type": "string", "enum": sleutels},
        "titel": {"type": "string"},
        "waarden": {"type": "array", "items": FACETWAARDE},
    }
    aantal = {"minItems": len(sleutels), "maxItems": len(sleutels)}
    schema: Data = {"type": "array", **aantal}
    return schema | ({"items": dicht(facet)} if sleutels else {})


def dicht(velden: Data) -> Data:
    """An object that always has these fields, and no others."""
    return {
        "type": "object",
        "properties": velden,
        "required": [*velden],
        "additionalProperties": False,
    }


# The names of links, and what they are called in a Link header (RFC 8288).
LINKS = {
    "zelf": "self",
    "eerste": "first",
    "vorige": "prev",
    "volgende": "next",
    "laatste": "last",
}
FACETWAARDE = dicht(
    {
        "waarde": {"type": "string"},
        "naam": {"type": "string"},
        "aantal": {"type": "integer", "minimum": 0},
        "gekozen": {"type": "boolean"},
    }
)
GEZOCHT = dicht(
    {
        "vraag": {"type": "string"},
        "beantwoord": {
            "type": "string",
            "description": "De vraag die de resultaten beantwoorden.",
        },
        "bedoeld": {
            "type": ["string", "null"],
            "description": "De vraag die je misschien bedoelde.",
        },
        "gedeeltelijk": {
            "type": "boolean",
            "description": "Niets heeft alle woorden; deze hebben er enkele.",
        },
    }
)
