"""What may be asked of a collection, and what somebody asks: strictly.

A page forgives (``facets.filters``); here an unknown key or value is an error that
names it. An empty value asks nothing: a form without a script sends all its keys. What
may be asked is one list of :class:`Sleutel`, from the filters of the page: who reads a
query and who describes it both use that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from wijkwijzer.api.problemen import Fout, OngeldigError
from wijkwijzer.core.adresvraag import MAX_CIJFERS
from wijkwijzer.facets.filters import FacetFilter, TypedFilter, kort
from wijkwijzer.search.filters import GEEN_WOORD, ZoekFilterSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Schema
    from wijkwijzer.facets.filters import FacetFilterSet
    from wijkwijzer.wholes.stand import Stand

# Longer lists of values are not in the description, but in the answers.
MEESTE_WAARDEN = 500
SINDS = "gewijzigdSinds"
NOTATIE = "Schrijf het als 2026-11-29T09:00:00Z (RFC 3339)."
# Codes of what no schema can say.
ZONDER_WOORD, KOMT_NOG = "zonder-woord", "komt-nog"
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
    r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII | re.IGNORECASE,
)
# From the year 1 to 2096: databases can do with it.
EERSTE_SECONDE, LAATSTE_SECONDE = -62_135_596_800, 4_000_000_000
# Clocks differ; who asks of later than this reckoned wrong, and would wait for ever.
VOORUIT = timedelta(days=1)
# No list has more pages.
LAATSTE_PAGINA = 10**9 - 1


@dataclass(frozen=True)
class Sleutel:
    """One key of a query: what its values are, and which of them exist."""

    naam: str
    uitleg: str
    # Of one value.
    schema: Schema
    # Whether this is a value of it.
    bestaat: Callable[[str], bool]
    # Given more than once for more values; or with commas between.
    herhaald: bool = False
    met_kommas: bool = False
    # What is wrong with a value that is none, and what that is called.
    fout: str = "“{}” kan hier niet."
    code: str = "onbekend"

    def fouten(self, waarden: list[str]) -> Iterator[Fout]:
        if len(waarden) > 1 and not self.herhaald:
            yield Fout(self.naam, 1, "herhaald", "Geef deze sleutel één keer.")
        for plaats, gegeven in enumerate(waarden):
            delen = gegeven.split(",") if self.met_kommas else [gegeven]
            for deel in filter(None, delen):
                if not self.bestaat(deel):
                    uitleg = self.fout.format(kort(deel))
                    yield Fout(self.naam, plaats, self.code, uitleg)


@dataclass(frozen=True)
class Vraag:
    """What somebody asks of a list or a record."""

    pagina: int = 1
    # The fields that they want; none: all.
    alleen: tuple[str, ...] = ()
    filterset: FacetFilterSet | None = field(default=None, compare=False)


def lees_getal(tekst: str) -> int | None:
    """A whole number as JSON writes it: no sign, no noughts before it."""
    goed = tekst.isascii() and tekst.isdecimal() and len(tekst) <= MAX_CIJFERS
    return int(tekst) if goed and str(int(tekst)) == tekst else None


def lees_moment(tekst: str) -> datetime | None:
    """A moment as RFC 3339 writes it, as near to it as we have any change."""
    if not MOMENT.fullmatch(tekst):
        return None
    # Python knows no leap second, and no year before the first.
    bekend = tekst.upper().replace(":60", ":59", 1)
    voor_de_eerste = bekend.startswith("0000")
    bekend = f"0004{bekend[4:]}" if voor_de_eerste else bekend
    try:
        seconden = datetime.fromisoformat(bekend).timestamp()
    except ValueError:
        return None
    seconden = EERSTE_SECONDE if voor_de_eerste else seconden
    return datetime.fromtimestamp(
        min(max(seconden, EERSTE_SECONDE), LAATSTE_SECONDE), UTC
    )


# Which keys there are


def sleutels_van_alles() -> list[Sleutel]:
    return [
        Sleutel(
            SINDS,
            "Alleen wat sinds dit moment veranderde of wegging. Neem het adres dat "
            f"als `volgende` in het vorige antwoord stond. {NOTATIE}",
            {"type": "string", "format": "date-time"},
            lambda waarde: lees_moment(waarde) is not None,
            fout=f"“{{}}” is geen moment. {NOTATIE}",
        )
    ]


def sleutels_van_record(collectie: Collectie[Any]) -> list[Sleutel]:
    namen = [veld.naam for veld in collectie.velden]
    return [
        Sleutel(
            "fields",
            "Alleen deze velden, met komma’s ertussen. Zonder deze sleutel: alle.",
            {"type": "string", "enum": namen},
            {*namen}.__contains__,
            met_kommas=True,
        )
    ]


def sleutels_van_lijst(collectie: Collectie[Any], stand: Stand) -> list[Sleutel]:
    """Those of its page, in that order, and those of every list."""
    return [
        *(_van_pagina(collectie.filter, stand) if collectie.filter else ()),
        Sleutel(
            "pagina",
            "Welke pagina van de lijst; de eerste is 1.",
            {"type": "integer", "minimum": 1, "maximum": LAATSTE_PAGINA, "default": 1},
            lambda waarde: 1 <= (lees_getal(waarde) or 0) <= LAATSTE_PAGINA,
        ),
        *sleutels_van_record(collectie),
    ]


def _van_pagina(declared: type[FacetFilterSet], stand: Stand) -> Iterator[Sleutel]:
    index = declared.index_of(stand)
    for naam, filter_ in declared.base_filters.items():
        titel = str(filter_.label).rstrip(".?")
        if isinstance(filter_, FacetFilter):
            waarden = [*islice(index.waarden(naam), MEESTE_WAARDEN + 1)]
            bekend = len(waarden) <= MEESTE_WAARDEN
            schema: Schema = {"type": "string", "enum": waarden}
            yield Sleutel(
                naam,
                f"{titel}. Meer waarden: herhaal de sleutel; één ervan is genoeg.",
                schema if bekend else {"type": "string"},
                lambda waarde, naam=naam: index.known(naam, waarde),  # type: ignore[misc]
                herhaald=True,
            )
        elif isinstance(filter_, TypedFilter):
            yield _getypt(naam, titel, filter_)
        elif issubclass(declared, ZoekFilterSet):
            yield _gezocht(naam, titel, declared, stand)
    volgordes = declared.volgordes
    yield Sleutel(
        "sorteer",
        "De volgorde; zonder deze sleutel die van de pagina.",
        {"type": "string", "enum": [*volgordes]},
        volgordes.__contains__,
    )


def _gezocht(
    naam: str, titel: str, declared: type[ZoekFilterSet], stand: Stand
) -> Sleutel:
    """What is searched for. JSON Schema cannot say what a word is."""
    return Sleutel(
        naam,
        f"{titel}. Zoekt zoals de pagina: ook verbuigingen en typefouten. Zonder een "
        "woord om op te zoeken is het een fout.",
        {"type": "string"},
        lambda tekst: not tekst.strip() or declared.heeft_woord(tekst, stand),
        fout=GEEN_WOORD,
        code=ZONDER_WOORD,
    )


def _getypt(naam: str, titel: str, filter_: TypedFilter) -> Sleutel:
    veld: Any = filter_.field
    laagste, hoogste = veld.min_value, veld.max_value

    def bestaat(waarde: str) -> bool:
        getal = lees_getal(waarde)
        return getal is not None and laagste <= getal <= hoogste

    schema = {"type": "integer", "minimum": laagste, "maximum": hoogste}
    return Sleutel(naam, f"{titel}: een heel getal.", schema, bestaat)


# What is asked


def lees_vraag(collectie: Collectie[Any], query: QueryDict, stand: Stand) -> Vraag:
    """What is asked of a list. Raises OngeldigError, which names every key."""
    gevraagd = _lees(sleutels_van_lijst(collectie, stand), query)
    filterset = collectie.filter(gevraagd, stand) if collectie.filter else None
    pagina = lees_getal(gevraagd.get("pagina", "1")) or 1
    return Vraag(pagina, _velden(gevraagd), filterset)


def lees_recordvraag(collectie: Collectie[Any], query: QueryDict) -> Vraag:
    """What is asked of one record. Raises OngeldigError."""
    return Vraag(alleen=_velden(_lees(sleutels_van_record(collectie), query)))


def lees_sinds(query: QueryDict) -> datetime | None:
    """Since when somebody wants all; None: all there is. Raises OngeldigError."""
    gevraagd = _lees(sleutels_van_alles(), query)
    if SINDS not in gevraagd:
        return None
    op = lees_moment(str(gevraagd[SINDS]))
    if op and op > timezone.now() + VOORUIT:
        uitleg = f"“{kort(str(gevraagd[SINDS]))}” moet nog komen."
        raise OngeldigError([Fout(SINDS, 0, KOMT_NOG, uitleg)])
    return op


def _velden(query: QueryDict) -> tuple[str, ...]:
    return tuple(filter(None, str(query.get("fields", "")).split(",")))


def kijk_niets_gevraagd(query: QueryDict) -> None:
    """For an address that takes no keys. Raises OngeldigError."""
    _lees([], query)


def _lees(sleutels: list[Sleutel], query: QueryDict) -> QueryDict:
    """What is asked, without what is empty. Raises OngeldigError."""
    bekend = {sleutel.naam: sleutel for sleutel in sleutels}
    fouten: list[Fout] = []
    gevraagd = QueryDict(mutable=True)
    for naam, waarden in query.lists():
        if naam in bekend:
            fouten += bekend[naam].fouten([str(waarde) for waarde in waarden])
            if gegeven := [waarde for waarde in waarden if waarde]:
                gevraagd.setlist(naam, gegeven)
        else:
            uitleg = "Deze sleutel bestaat hier niet."
            fouten.append(Fout(kort(naam), None, "onbekende-sleutel", uitleg))
    if fouten:
        raise OngeldigError(fouten)
    return gevraagd
