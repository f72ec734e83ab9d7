"""A sheet in memory, as it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

Cel = str | int | None


@dataclass
class Blad:
    """A sheet as it is written: rows as wide as there are columns."""

    naam: str
    kolommen: list[str]
    rijen: list[list[Cel]] = field(default_factory=list)
