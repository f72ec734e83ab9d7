"""A sheet in memory: as it is written, and as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wijkwijzer.uitwisseling.cellen import Cel


@dataclass
class Blad:
    """A sheet as it is written: rows as wide as there are columns."""

    naam: str
    kolommen: list[str]
    rijen: list[list[Cel]] = field(default_factory=list)


@dataclass
class Rij:
    nummer: int
    cellen: dict[str, Any]


@dataclass
class Gelezenblad:
    """A sheet as it was read; ``letters`` says where a column stands."""

    naam: str
    kolommen: list[str]
    rijen: list[Rij]
    letters: dict[str, str]
