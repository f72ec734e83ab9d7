"""How far another process is: in a file of ours that it holds as long as it lives.

Inside its transaction nothing that it writes in the database is seen; and who is killed
says nothing more, but lets go of what it held.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.conf import settings

from wijkwijzer.core.prive import FILE, FOLDER

MAP = "uitwisseling"
INTERVAL = 0.1


@dataclass(frozen=True)
class Stand:
    wat: str
    gedaan: int
    totaal: int

    @property
    def procent(self) -> int:
        return self.gedaan * 100 // self.totaal if self.totaal else 0


def _bestand(token: str) -> Path:
    return Path(settings.VAR_DIR) / MAP / token


def begin(token: str) -> int:
    """Hold it, and hand it to the process that will: its number."""
    bestand = _bestand(token)
    bestand.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    nummer = os.open(bestand, os.O_RDWR | os.O_CREAT, FILE)
    fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return nummer


def eindig(token: str) -> None:
    with suppress(OSError):
        _bestand(token).unlink()


def leeft(token: str) -> bool | None:
    """Whether the process is there; None when that is not ours to know.

    It may run on another machine, and a process that ended took its file away.
    """
    try:
        nummer = os.open(_bestand(token), os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(nummer)
    return False


def lees(token: str) -> Stand | None:
    try:
        tekst = _bestand(token).read_text(encoding="utf-8")
        wat, gedaan, totaal = tekst.split("\n")[:3]
        return Stand(wat, int(gedaan), int(totaal))
    except (OSError, ValueError):
        return None


class Schrijver:
    """Says how far it is, now and then."""

    def __init__(self, token: str) -> None:
        self._bestand, self._om = _bestand(token), 0.0
        self._wat = ""

    def __call__(self, wat: str, gedaan: int, totaal: int) -> None:
        nu = monotonic()
        if wat == self._wat and nu - self._om < INTERVAL:
            return
        self._wat, self._om = wat, nu
        with suppress(OSError):
            # The same file: another would be held by nobody.
            nummer = os.open(self._bestand, os.O_WRONLY)
            with os.fdopen(nummer, "w", encoding="utf-8") as bestand:
                bestand.write(f"{wat}\n{gedaan}\n{totaal}\n")
                bestand.truncate()
