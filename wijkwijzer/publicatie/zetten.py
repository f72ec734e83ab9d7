"""A tree as a file, set in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import segno
from django.conf import settings

from wijkwijzer.publicatie import beelden

if TYPE_CHECKING:
    from datetime import datetime

HIER = Path(__file__).parent
PROGRAMMA = "wijkwijzer.publicatie.zetter"
# By the kind of file, what it begins with.
VORMEN = {"pdf": b"%PDF", "docx": b"PK", "svg": b"<svg", "png": b"\x89PNG"}
# Of the clock, whoever else is at work.
WACHT = 120


class OnzetbaarError(Exception):
    """What is in the document cannot be set."""


class Document(Protocol):
    """What can be set: it says when it was made, and where its newest form is."""

    @property
    def moment(self) -> datetime: ...
    @property
    def adres(self) -> str: ...


@dataclass(frozen=True)
class Opdracht:
    """A document to set: which template, and the tree as JSON."""

    sjabloon: str
    tijd: int
    gegevens: bytes
    vorm: str = "pdf"
    # The names of its pictures: each has another name when it is another picture.
    beelden: tuple[str, ...] = ()

    @property
    def sleutel(self) -> str:
        """What it is kept under: the same words and the same look are the same file."""
        som = sha256(
            f"{vingerafdruk()} {self.vorm} {self.sjabloon} {self.tijd} ".encode()
        )
        som.update(self.gegevens)
        return som.hexdigest()


def opdracht(sjabloon: str, document: Document, vorm: str = "pdf") -> Opdracht:
    boom: dict[str, Any] = msgspec.to_builtins(document)
    boom["qr"] = qr(document.adres)
    tijd = int(document.moment.timestamp())
    namen = tuple(dict.fromkeys(beelden.namen(boom)))
    return Opdracht(sjabloon, tijd, msgspec.json.encode(boom), vorm, namen)


def qr(adres: str) -> str:
    """An address as a drawing that a phone reads."""
    beeld = BytesIO()
    code = segno.make(adres, error="m", micro=False)
    code.save(beeld, kind="svg", border=0)
    return beeld.getvalue().decode()


def zet(wat: Opdracht) -> bytes:
    """The file. Raises OnzetbaarError when there is none."""
    # Our own program, and no shell. It is told nothing of this process.
    regel = [sys.executable, "-s", "-m", PROGRAMMA]
    regel += [wat.vorm, wat.sjabloon, str(wat.tijd), str(len(wat.gegevens))]
    try:
        klaar = subprocess.run(  # noqa: S603
            regel,
            input=wat.gegevens + msgspec.json.encode(beelden.lees(wat.beelden)),
            capture_output=True,
            timeout=WACHT,
            check=False,
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise OnzetbaarError(f"not set within {WACHT} s") from None
    if klaar.returncode or not klaar.stdout.startswith(VORMEN[wat.vorm]):
        waarom = klaar.stderr.decode(errors="replace")[-500:]
        raise OnzetbaarError(f"code {klaar.returncode}: {waarom}")
    return klaar.stdout


@cache
def vingerafdruk() -> str:
    """Changes with the templates, the fonts and what sets them."""
    som = sha256(version("typst").encode())
    som.update(version("python-docx").encode())
    bestanden = [HIER / "zetter.py", HIER / "beelden.py"]
    for map_ in ("typst", "fonts", "word"):
        bestanden += sorted(b for b in (HIER / map_).iterdir() if b.is_file())
    for bestand in bestanden:
        som.update(bestand.read_bytes())
    return som.hexdigest()[:16]
