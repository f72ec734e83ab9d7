"""What an answer has: of every field its name, how it is read, and its JSON Schema.

All three follow from the declaration of a record (``wholes.declaration``). So an answer
and its description cannot disagree, and a new field is in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from wijkwijzer.core.datums import PATROON, Deeldatum
from wijkwijzer.wholes.declaration import Kind, Ref, Term, spec_of

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Field, Whole
    from wijkwijzer.wholes.stand import Stand

Schema = dict[str, Any]

TEKST: Schema = {"type": "string"}
ADRES: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
# What a value of Python is in JSON.
WAARDEN: dict[type, Schema] = {
    str: TEKST,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    Deeldatum: {
        "type": "string",
        "pattern": f"^{PATROON.pattern}$".replace(r"\d", "[0-9]"),
        "description": "Zo precies als de bron: 2020, 2020-07 of 2020-07-18.",
    },
}


@dataclass(frozen=True)
class Omgeving:
    """What an answer is made of beside the record: what readers see, and where.

    ``basis`` is the address of the site, without a slash at the end.
    """

    stand: Stand
    basis: str
    # Numbers of versions that are known already, where very many are answered.
    nummers: Mapping[UUID, int] = field(default_factory=dict)

    def adres(self, pad: str) -> str:
        return self.basis + pad

    def uri(self, soort: str, uuid: UUID) -> str:
        """What a record is called for ever, whatever becomes of its slug."""
        return self.adres(reverse("permalink", args=[soort, uuid]))

    def nummer(self, document: Whole) -> int:
        """Which version of its record a document is."""
        bekend = self.nummers.get(document.uuid)
        return self.stand.number_of(document) if bekend is None else bekend


def met_titel(titel: str, schema: Schema) -> Schema:
    """A schema that says what a field means, of what no declaration tells."""
    return {"title": titel} | schema


@dataclass(frozen=True, eq=False)
class Veld:
    """One field of an answer."""

    naam: str
    schema: Schema
    lees: Callable[[Any, Omgeving], Any]


def camel(naam: str) -> str:
    """As NLGov has the names of fields: ``leeftijd_van`` is ``leeftijdVan``."""
    eerste, *rest = naam.split("_")
    return eerste + "".join(deel.capitalize() for deel in rest)


def moment(op: datetime) -> str:
    """RFC 3339, in UTC."""
    return op.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def als_object(velden: tuple[Veld, ...], *, alles: bool = True) -> Schema:
    """The schema of an object; not ``alles``: who asks may leave out fields."""
    schema: Schema = {
        "type": "object",
        "properties": {veld.naam: veld.schema for veld in velden},
        "additionalProperties": False,
    }
    return schema | ({"required": [veld.naam for veld in velden]} if alles else {})


_velden: dict[type[Any], tuple[Veld, ...]] = {}


def velden_van(declared: type[Any]) -> tuple[Veld, ...]:
    """The fields of a declaration, in the order of its page; made once."""
    if declared not in _velden:
        _velden[declared] = _maak_velden(declared)
    return _velden[declared]


def _maak_velden(declared: type[Any]) -> tuple[Veld, ...]:
    return tuple(_veld(field) for field in spec_of(declared).fields)


def _veld(field: Field) -> Veld:
    schema, om = _vorm(field)
    naam = field.name
    if field.many:
        schema = {"type": "array", "items": schema}
    elif field.kind is not Kind.VALUE or field.default is None:
        schema = schema if field.required else mag_leeg(schema)

    def lees(record: Any, omgeving: Omgeving) -> Any:
        waarde = getattr(record, naam)
        if field.many:
            return [om(deel, omgeving) for deel in waarde]
        return None if waarde is None else om(waarde, omgeving)

    return Veld(camel(naam), {"title": field.label} | schema, lees)


Om = Callable[[Any, Omgeving], Any]


def _vorm(field: Field) -> tuple[Schema, Om]:
    """The schema of one value, and how it is written."""
    if field.kind is Kind.PARTS:
        delen = velden_van(field.type)
        return als_object(delen), lambda deel, o: lees_alles(delen, deel, o)
    if field.kind in {Kind.REF, Kind.REFS}:
        return VERWIJZING, verwijzing
    if field.kind in {Kind.TERM, Kind.TERMS}:
        return _term(field.type), lambda term, _: term.key
    if field.kind is Kind.CHOICE:
        return keuze(field.type), lambda gekozen, _: gekozen.value
    if field.many:
        return TEKST, lambda regel, _: regel
    schema = WAARDEN[field.type]
    return schema, _zelf if field.type in {str, bool, int} else lambda w, _: str(w)


def _zelf(waarde: Any, omgeving: Omgeving) -> Any:
    return waarde


def lees_alles(
    velden: tuple[Veld, ...], record: Any, omgeving: Omgeving
) -> dict[str, Any]:
    return {veld.naam: veld.lees(record, omgeving) for veld in velden}


VERWIJZING: Schema = {
    "type": "object",
    "properties": {"uuid": WAARDEN[UUID], "uri": ADRES},
    "required": ["uuid", "uri"],
    "additionalProperties": False,
}


def verwijzing(ref: Ref[Any], omgeving: Omgeving) -> dict[str, str]:
    """What a record names, also when readers do not see that one (any more)."""
    return {"uuid": str(ref.uuid), "uri": omgeving.uri(ref.whole.soort, ref.uuid)}


def _term(declared: type[Term]) -> Schema:
    lijst = declared.model._meta.verbose_name_plural
    return TEKST | {"description": f"Sleutel in de lijst van {lijst}."}


def keuze(keuzes: Any) -> Schema:
    """A choice, with the words of each value."""
    woorden = "; ".join(f"`{k.value}`: {k.label}" for k in keuzes)
    return {"type": "string", "enum": [k.value for k in keuzes], "description": woorden}


def mag_leeg(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(soort := schema.get("type"), str) and "enum" not in schema:
        return schema | {"type": [soort, "null"]}
    if "enum" in schema:
        leeg = {"type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
        return schema | leeg
    return {"anyOf": [schema, {"type": "null"}]}
