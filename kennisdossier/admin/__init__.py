"""The admin of the kennisdossier; each module registers what it is about."""

from kennisdossier.admin import (
    afbeelding,
    artikel,
    begrip,
    contactpunt,
    dossier,
    lessen,
    plaats,
    praktijkvoorbeeld,
    uitleg,
)

__all__ = [
    "afbeelding",
    "artikel",
    "begrip",
    "contactpunt",
    "dossier",
    "lessen",
    "plaats",
    "praktijkvoorbeeld",
    "uitleg",
]
