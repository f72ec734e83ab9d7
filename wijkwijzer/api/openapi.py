"""The description of the API: OpenAPI 3.1, from the same declarations as the answers.

Nothing here is told twice: paths and keys come from the collections and their filters,
schemas from the fields that write the answers, values from what there is now. Only
what is the same for all (errors, headers) is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from wijkwijzer.api.adres import JSON, LICENTIE, PROBLEEM, UITLEG, VERSIE, WORTEL
from wijkwijzer.api.alles import allesschema
from wijkwijzer.api.antwoord import dicht, lijstschema
from wijkwijzer.api.bestand import SHA256, SOM
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.problemen import PROBLEMEN
from wijkwijzer.api.velden import ADRES, TEKST, als_object
from wijkwijzer.api.vraag import (
    KOMT_NOG,
    ZONDER_WOORD,
    sleutels_van_alles,
    sleutels_van_lijst,
    sleutels_van_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wijkwijzer.api.collecties import Collectie
    from wijkwijzer.api.vraag import Sleutel
    from wijkwijzer.wholes.stand import Stand

Data = dict[str, Any]

OMSCHRIJVING = (
    "Alles wat lezers op WijkWijzer zien, als JSON. Alleen lezen, zonder sleutel of "
    "account. De inhoud mag je hergebruiken onder CC BY 4.0. Een antwoord is de "
    "gepubliceerde versie van een item, met zijn blijvende adres (`uri`). Filters en "
    "zoeken werken zoals op de pagina’s: meer waarden van één sleutel betekenen "
    "“of”, verschillende sleutels betekenen “en”. Een lege waarde vraagt niets."
)
ALLES = "alles"
TELLER = {"type": "integer", "minimum": 0}
KOPREGELS: dict[str, tuple[str, Data]] = {
    "API-Version": ("De versie van de API.", {"const": VERSIE}),
    "RateLimit-Policy": ("Hoeveel vragen je per minuut mag stellen.", TEKST),
    "RateLimit-Limit": ("Hetzelfde, als getal.", TELLER),
    "Access-Control-Allow-Origin": ("Elke site mag dit lezen.", {"const": "*"}),
}
SOMS: dict[str, tuple[str, Data]] = {
    "Link": ("Waar de andere pagina’s staan (RFC 8288).", TEKST),
    "ETag": ("Deze versie van het antwoord, voor If-None-Match.", TEKST),
}
GETELD: dict[str, tuple[str, Data]] = {
    "RateLimit": ("Hoeveel vragen je nog mag stellen, en hoe lang.", TEKST),
    "RateLimit-Remaining": ("Hoeveel vragen je nog mag stellen.", TELLER),
    "RateLimit-Reset": ("Over hoeveel seconden je opnieuw begint.", TELLER),
}
# What any address may answer.
OVERAL = (400, 406, 429, 500, 503)
FOUT = dicht(
    {
        "in": {"const": "query"},
        "location": {
            "type": "object",
            "properties": {"name": TEKST, "index": TELLER},
            "required": ["name"],
            "additionalProperties": False,
        },
        "code": {
            "enum": [
                "onbekend",
                "onbekende-sleutel",
                "herhaald",
                ZONDER_WOORD,
                KOMT_NOG,
            ]
        },
        "detail": TEKST,
    }
)
ALTERNATIEF = dicht(
    {"naam": TEKST, "zelf": ADRES, "redenen": {"type": "array", "items": TEKST}}
)


def beschrijving(stand: Stand, basis: str) -> Data:
    """The whole description, for the site at ``basis``."""
    return {
        "openapi": "3.1.0",
        "info": _info(basis),
        "servers": [{"url": f"{basis}{WORTEL}"}],
        "externalDocs": {"url": f"{basis}{UITLEG}", "description": "Uitleg"},
        "tags": [
            {"name": ALLES, "description": "Alles in één keer"},
            *({"name": c.naam, "description": c.titel} for c in ALLE),
        ],
        "paths": {"/alles.json": {"get": _alles()}}
        | {pad: {"get": wat} for c in ALLE for pad, wat in _paden(c, stand).items()},
        "components": {
            "schemas": {_schemanaam(c): als_object(c.velden, alles=False) for c in ALLE}
            | {f"{_schemanaam(c)}lijst": _lijst(c) for c in ALLE}
            | {ALLES: allesschema({c.naam: _verwijs(_schemanaam(c)) for c in ALLE})}
            | {"probleem": _probleem(), "ingetrokken": _ingetrokken()},
            "responses": {str(s): _fout(s) for s in PROBLEMEN},
        },
    }


def _info(basis: str) -> Data:
    contact = {
        "name": settings.BEHEERDER_NAAM or "WijkWijzer",
        "url": settings.BEHEERDER_URL or f"{basis}/over/",
    }
    if email := settings.BEHEERDER_EMAIL or settings.REDACTIE_EMAIL:
        contact["email"] = email
    return {
        "title": "WijkWijzer",
        "version": VERSIE,
        "description": OMSCHRIJVING,
        "contact": contact,
        "license": {"name": "CC BY 4.0", "url": LICENTIE},
    }


def _schemanaam(collectie: Collectie[Any]) -> str:
    return collectie.een.removeprefix("een ").replace(" ", "-")


def _paden(collectie: Collectie[Any], stand: Stand) -> dict[str, Data]:
    naam = collectie.naam
    plaats = "/".join(f"{{{sleutel}}}" for sleutel in collectie.sleutels)
    schema = _schemanaam(collectie)
    return {
        f"/{naam}": {
            "tags": [naam],
            "operationId": naam,
            "summary": f"{collectie.titel}: de lijst",
            "parameters": [
                _vraagsleutel(s) for s in sleutels_van_lijst(collectie, stand)
            ],
            "responses": _antwoorden(f"{schema}lijst", "De lijst", (*OVERAL, 404)),
        },
        f"/{naam}/{plaats}": {
            "tags": [naam],
            "operationId": f"{naam}-een",
            "summary": f"{collectie.titel}: {collectie.een}",
            "parameters": [
                *_padsleutels(collectie, stand),
                *map(_vraagsleutel, sleutels_van_record(collectie)),
            ],
            "responses": _antwoorden(schema, collectie.een, (*OVERAL, 404, 410))
            | {
                "301": {
                    "description": "Dit adres is veranderd: zie `Location`.",
                    "headers": _kopregels(KOPREGELS | GETELD)
                    | {"Location": {"required": True, "schema": TEKST}},
                }
            },
        },
    }


def _alles() -> Data:
    antwoorden = _antwoorden(ALLES, "Alles, of wat veranderde", OVERAL)
    antwoorden["200"]["headers"] |= _kopregels(
        {SOM: ("SHA-256 van het bestand dat je bewaart.", SHA256)}
    )
    return {
        "tags": [ALLES],
        "operationId": ALLES,
        "summary": "Alles in één bestand, of wat sinds een moment veranderde",
        "parameters": [*map(_vraagsleutel, sleutels_van_alles())],
        "responses": antwoorden,
    }


def _verwijs(schema: str) -> Data:
    return {"$ref": f"#/components/schemas/{schema}"}


def _padsleutels(collectie: Collectie[Any], stand: Stand) -> Iterable[Data]:
    """The parts of the path of one record, with those of the first as an example."""
    eerste = collectie.records(stand, collectie.plaatsen(stand)[:1])
    delen = collectie.sleutel(eerste[0]).split("/") if eerste else collectie.sleutels
    for sleutel, deel in zip(collectie.sleutels, delen, strict=True):
        yield {
            "name": sleutel,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"},
            "example": deel,
        }


def _of_leeg(schema: Data) -> Data:
    """An empty value asks nothing."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], ""]}
    return schema if schema == TEKST else {"anyOf": [schema, {"const": ""}]}


def _vraagsleutel(sleutel: Sleutel) -> Data:
    schema = _of_leeg(sleutel.schema)
    meer = sleutel.herhaald or sleutel.met_kommas
    if meer:
        schema = {"type": "array", "items": schema}
    return {
        "name": sleutel.naam,
        "in": "query",
        "description": sleutel.uitleg,
        "schema": schema,
    } | ({"style": "form", "explode": sleutel.herhaald} if meer else {})


def _antwoorden(schema: str, wat: str, fouten: Iterable[int]) -> Data:
    goed = {
        "description": wat,
        "headers": _kopregels(KOPREGELS) | _kopregels(SOMS, required=False),
        "content": {JSON: {"schema": _verwijs(schema)}},
    }
    verwijzingen = {
        str(s): {"$ref": f"#/components/responses/{s}"} for s in sorted(fouten)
    }
    ongewijzigd = {"description": "Niet veranderd sinds de ETag in If-None-Match."}
    return {"200": goed, "304": ongewijzigd} | verwijzingen


def _kopregels(wat: dict[str, tuple[str, Data]], *, required: bool = True) -> Data:
    return {
        naam: {"description": uitleg, "required": required, "schema": schema}
        for naam, (uitleg, schema) in wat.items()
    }


def _fout(status: int) -> Data:
    titel, uitleg = PROBLEMEN[status]
    schema = "ingetrokken" if status == 410 else "probleem"
    # What the door refuses, it does not count.
    geteld = _kopregels(GETELD, required=status < 500)
    return {
        "description": f"{titel}. {uitleg}",
        "headers": _kopregels(KOPREGELS) | geteld,
        "content": {PROBLEEM: {"schema": _verwijs(schema)}},
    }


def _lijst(collectie: Collectie[Any]) -> Data:
    return lijstschema(collectie, _verwijs(_schemanaam(collectie)))


PROBLEEMVELDEN: Data = {
    "type": {"const": "about:blank"},
    "title": TEKST,
    "status": {"type": "integer", "minimum": 400, "maximum": 599},
    "detail": TEKST,
}


def _probleem() -> Data:
    """RFC 9457; ``errors`` of a query that is wrong."""
    velden = PROBLEEMVELDEN | {"errors": {"type": "array", "items": FOUT}}
    return dicht(velden) | {"required": [*PROBLEEMVELDEN]}


def _ingetrokken() -> Data:
    return dicht(
        PROBLEEMVELDEN
        | {
            "reden": TEKST,
            "uri": ADRES,
            "collectie": ADRES,
            "alternatieven": {"type": "array", "items": ALTERNATIEF},
        }
    )
