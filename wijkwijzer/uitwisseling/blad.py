"""A sheet in memory as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
