"""Answers of the API as rows: of every field its columns, from its JSON Schema.

A reference has two columns (uuid and uri), more values of one field stand on lines of
their own in one cell. Parts of a record are rows of a table of their own, or, where
there is only one table, a line each: what its first two fields say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wijkwijzer.api.velden import VERWIJZING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wijkwijzer.api.antwoord import Data
    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.velden import Schema
    from wijkwijzer.rekenblad.blad import Cel

JA, NEE = "ja", "nee"
# What a field means, of which the name alone says nothing.
BETEKENIS = {
    "naam": "Hoe het heet.",
    "slug": "Hoe het in het adres van zijn pagina heet. Dat kan veranderen.",
    "uuid": "Waaraan je het altijd herkent, ook als naam en adres veranderen.",
}
# To whom a part belongs, and which of its parts it is.
RECORD, NUMMER = "record", "nummer"
VAN_DELEN = {
    RECORD: "Bij welk item dit hoort: de uuid, of de sleutel van het woord. Bij een "
    "onderdeel van een onderdeel ook het nummer daarvan.",
    NUMMER: "Het hoeveelste onderdeel dit is, in de volgorde van de pagina.",
}


@dataclass(frozen=True)
class Kolom:
    """A column: what it is called and means, and its cell of an answer."""

    naam: str
    uitleg: str
    lees: Callable[[Data], Cel]


def kolommen(schema: Schema, *, met_delen: bool = False) -> list[Kolom]:
    """The columns of objects of this schema; ``met_delen``: of their parts as well."""
    return [
        kolom
        for naam, veld in schema["properties"].items()
        if met_delen or not is_deel(veld)
        for kolom in _van_veld(naam, veld)
    ]


def delen(schema: Schema) -> dict[str, Schema]:
    """The parts of objects of this schema, by the name of the field."""
    velden: dict[str, Schema] = schema["properties"]
    return {naam: veld["items"] for naam, veld in velden.items() if is_deel(veld)}


def is_deel(veld: Schema) -> bool:
    eigen = veld.get("items", {}).get("properties")
    return eigen is not None and eigen.keys() != VERWIJZING["properties"].keys()


def _van_veld(naam: str, veld: Schema) -> Iterator[Kolom]:
    uitleg = BETEKENIS.get(naam) or uitleg_van(veld)
    if "properties" in veld:
        for onder in veld["properties"]:
            yield Kolom(
                f"{naam}.{onder}",
                uitleg,
                lambda data, onder=onder: cel((data[naam] or {}).get(onder)),  # type: ignore[misc]
            )
    elif is_deel(veld):
        yield Kolom(naam, uitleg, lambda data: cel([*map(in_het_kort, data[naam])]))
    elif "properties" in veld.get("items", {}):
        for onder in veld["items"]["properties"]:
            yield Kolom(
                f"{naam}.{onder}",
                uitleg,
                lambda data, onder=onder: cel([v[onder] for v in data[naam]]),  # type: ignore[misc]
            )
    else:
        yield Kolom(naam, uitleg, lambda data: cel(data[naam]))


def cel(waarde: Any) -> Cel:
    if isinstance(waarde, bool):
        return JA if waarde else NEE
    if isinstance(waarde, list):
        return "\n".join(map(str, waarde)) or None
    return waarde if isinstance(waarde, int) else waarde or None


def in_het_kort(deel: Data) -> str:
    """A part on one line, what it is first: "jongeren: primair"."""
    eerste = [waarde for waarde in deel.values() if isinstance(waarde, str)][:2]
    return " ".join(": ".join(filter(None, eerste)).split())


def uitleg_van(veld: Schema) -> str:
    """What a field means, as far as its declaration says."""
    titel, meer = veld.get("title", ""), veld.get("items", {})
    uitleg = veld.get("description") or meer.get("description", "")
    vorm = {"date": "Een datum.", "date-time": "Een tijd in UTC."}.get(
        veld.get("format", ""), ""
    )
    titel = f"{titel[:1].upper()}{titel[1:]}." if titel else ""
    return " ".join(filter(None, (titel, uitleg.replace("`", ""), vorm)))


def schema_van(collectie: Collectie[Any], alleen: Collection[str] = ()) -> Schema:
    velden = [v for v in collectie.velden if not alleen or v.naam in alleen]
    return {"properties": {veld.naam: veld.schema for veld in velden}}


def rijen_van_delen(
    pad: str, schema: Schema, wie: str, data: Data
) -> Iterator[tuple[str, list[Cel]]]:
    """(table, row) of every part of a record, and of what those are made of."""
    for naam, deel in delen(schema).items():
        eigen = kolommen(deel)
        for nummer, stuk in enumerate(data[naam], start=1):
            yield f"{pad}.{naam}", [wie, nummer, *(k.lees(stuk) for k in eigen)]
            yield from rijen_van_delen(f"{pad}.{naam}", deel, f"{wie}/{nummer}", stuk)


def tabellen(pad: str, schema: Schema) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(table, its columns with what they mean), the records first."""
    yield pad, [(k.naam, k.uitleg) for k in kolommen(schema)]
    yield from _tabellen_van_delen(pad, schema)


def _tabellen_van_delen(
    pad: str, schema: Schema
) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    for naam, deel in delen(schema).items():
        eigen = [(k.naam, k.uitleg) for k in kolommen(deel)]
        yield f"{pad}.{naam}", [*VAN_DELEN.items(), *eigen]
        yield from _tabellen_van_delen(f"{pad}.{naam}", deel)
