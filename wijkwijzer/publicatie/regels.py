"""A record as lines: each has a heading, and tells of some of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from aanpakken.models import Basis
from wijkwijzer.core.teksten import beginkapitaal, opgesomd
from wijkwijzer.publicatie.boom import Blok, Stuk, Veld, alinea, lijst, stuk, zin
from wijkwijzer.publicatie.bronnen import dag

if TYPE_CHECKING:
    from datetime import date


class Regel(NamedTuple):
    """A line of the record: the fields it tells of, its heading, and how it is read."""

    van: tuple[str, ...]
    kop: str
    lees: Callable[[Any], list[Blok]]


def gevuld(regels: Iterable[Regel], document: object) -> list[Veld]:
    """The lines that have something to tell."""
    gelezen = ((regel.kop, regel.lees(document)) for regel in regels)
    return [Veld(kop, blokken) for kop, blokken in gelezen if blokken]


def nog_niet_bekend(onbekend: list[str]) -> list[Veld]:
    if not onbekend:
        return []
    woorden = "".join(f"{voor}{woord}" for voor, woord in opgesomd(onbekend))
    return [Veld("Nog niet bekend", [alinea(zin(f"{woorden}."))])]


def punten(regels: Iterable[str]) -> list[Blok]:
    return lijst([zin(regel)] for regel in regels)


def op_dag(dag_: date | None) -> list[Blok]:
    return [alinea(stuk(dag(dag_)))] if dag_ else []


def redactie(basis: str) -> bool:
    """Whether an editor inferred it."""
    return basis == Basis.REDACTIONEEL


def achter(*delen: str) -> list[Stuk]:
    """What is remarked after something, in one soft voice."""
    woorden = ". ".join(d.rstrip(".") for d in map(beginkapitaal, delen) if d)
    return [stuk(f"{woorden}.", zacht=True)] if woorden else []
