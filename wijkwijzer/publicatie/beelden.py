"""Pictures of texts, read from where media are and made as large as paper needs."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

logger = logging.getLogger(__name__)

# On paper, in millimetres, and the dots that an inch of it shows.
BREEDSTE, HOOGSTE, PPI = 120, 90, 200
MM_PER_INCH = 25.4
# A document never gets larger by its pictures than this; of the rest it has the words.
MEESTE_BYTES = 12 * 1024**2
KWALITEIT = 82


class Beeldgegevens(msgspec.Struct, frozen=True):
    """A picture as it is set: JPEG, and how large on paper, in millimetres."""

    data: bytes
    breed: float
    hoog: float


def namen(boom: Any) -> Iterator[str]:
    """The names of all pictures in a tree of what is printed."""
    if isinstance(boom, dict):
        if boom.get("soort") == "beeld" and "naam" in boom:
            yield boom["naam"]
        boom = [*boom.values()]
    if isinstance(boom, list):
        for deel in boom:
            yield from namen(deel)


def lees(gevraagd: Iterable[str]) -> dict[str, Beeldgegevens]:
    """Those that are there and can be read, as many as there is room for."""
    gelezen: dict[str, Beeldgegevens] = {}
    ruimte = MEESTE_BYTES
    for naam in gevraagd:
        try:
            with default_storage.open(naam) as bestand:
                beeld = _op_papier(bestand.read())
        except Exception:
            # Whatever is wrong with a file, or with where it is: the words stay.
            logger.exception("Een afbeelding kan niet worden gedrukt: %s.", naam)
            continue
        ruimte -= len(beeld.data)
        if ruimte < 0:
            logger.warning("Niet alle afbeeldingen passen in een publicatie.")
            break
        gelezen[naam] = beeld
    return gelezen


def _op_papier(bestand: bytes) -> Beeldgegevens:
    with Image.open(BytesIO(bestand)) as bron:
        beeld = ImageOps.exif_transpose(bron).convert("RGBA")
    beeld.thumbnail((_punten(BREEDSTE), _punten(HOOGSTE)))
    # Paper is white where a picture shows what is behind it.
    wit = Image.new("RGB", beeld.size, "white")
    wit.paste(beeld, mask=beeld.getchannel("A"))
    uit = BytesIO()
    wit.save(uit, "JPEG", quality=KWALITEIT, optimize=True)
    return Beeldgegevens(uit.getvalue(), *map(_millimeters, wit.size))


def _millimeters(punten: int) -> float:
    return round(punten / PPI * MM_PER_INCH, 1)


def _punten(millimeters: float) -> int:
    return round(millimeters / MM_PER_INCH * PPI)
