"""What was set, kept in files: found by what it says, and never more than fits.

A file begins with the checksum of the rest: one that is damaged is made anew. All
processes of a machine share the folder. A few documents are set at a time, by a thread
beside the readers; who asks meanwhile hears that it is being made.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager, suppress
from hashlib import sha256
from math import inf
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock, Thread
from time import monotonic, sleep, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files import locks

from wijkwijzer.publicatie.zetten import OnzetbaarError, zet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wijkwijzer.publicatie.zetten import Opdracht

logger = logging.getLogger(__name__)

# At most so many files and bytes; what was asked longest ago goes first.
MEESTE, MEESTE_BYTES = 300, 200 * 1024**2
# So many are set at the same time on a machine: readers keep half of its processors.
# And so many wait for that in a process.
TEGELIJK, WACHTENDEN = max(1, (os.cpu_count() or 1) // 2), 8
# In seconds: how long whoever asks waits for it, and how long a failure is remembered.
GEDULD, PAUZE = 0.9, 60.0
# What is kept nowhere cannot be asked for again: it waits for a book to be done.
GEDULD_LOS = 4.0
# Whether a document is made for who will ask for it soon.
VOORUIT = True
# Who waits for a place to set looks again after this.
OPNIEUW = 0.05
SOM = sha256().digest_size
# A file that is used says so at most so often.
GEBRUIKT = 3600


class BezigError(Exception):
    """It is being made; ask again."""


class DrukError(Exception):
    """Too many wait already."""


def geef(wat: Opdracht, maak: Callable[[Opdracht], bytes] = zet) -> bytes:
    """The PDF, from the files or made now.

    Raises BezigError when that takes longer than a reader waits, DrukError when too
    many are waiting, OnzetbaarError when it cannot be made.
    """
    if (pdf := vind(wat.sleutel)) is not None:
        return pdf
    return _wacht_op(_begin(wat, maak), wat.sleutel)


def vind(sleutel: str) -> bytes | None:
    """The PDF if it is there, or is made now; None when somebody has to begin.

    Raises what :func:`geef` raises.
    """
    if (pdf := lees(sleutel)) is not None:
        return pdf
    werk = _bezig.get(sleutel)
    return _wacht_op(werk, sleutel) if werk else None


def begin(wat: Opdracht, maak: Callable[[Opdracht], bytes] = zet) -> None:
    """Have it made for who will ask for it soon. Nobody waits, and it may fail."""
    if VOORUIT and not is_er(wat.sleutel):
        with suppress(DrukError, OnzetbaarError):
            _begin(wat, maak)


def _wacht_op(werk: Thread, sleutel: str) -> bytes:
    werk.join(GEDULD)
    if werk.is_alive():
        raise BezigError
    if (pdf := lees(sleutel)) is None:
        raise OnzetbaarError(sleutel)
    return pdf


def zet_los(wat: Opdracht, maak: Callable[[Opdracht], bytes] = zet) -> bytes:
    """A file of somebody's own words: set now, and kept nowhere.

    Raises DrukError when there is no place for it in time, OnzetbaarError when it
    cannot be made.
    """
    with _plaats(GEDULD_LOS):
        return maak(wat)


_lock = Lock()
_bezig: dict[str, Thread] = {}
_mislukt: dict[str, float] = {}


def _begin(wat: Opdracht, maak: Callable[[Opdracht], bytes]) -> Thread:
    """The thread that makes it: one for each document, whoever asks."""
    sleutel = wat.sleutel
    with _lock:
        for oud in [s for s, op in _mislukt.items() if monotonic() - op > PAUZE]:
            del _mislukt[oud]
        if sleutel in _mislukt:
            raise OnzetbaarError(wat.sjabloon)
        if werk := _bezig.get(sleutel):
            return werk
        if len(_bezig) >= WACHTENDEN:
            raise DrukError
        werk = Thread(target=_maak, args=(wat, maak), daemon=True)
        _bezig[sleutel] = werk
        try:
            werk.start()
        except RuntimeError:
            del _bezig[sleutel]
            raise DrukError from None
        return werk


def _maak(wat: Opdracht, maak: Callable[[Opdracht], bytes]) -> None:
    try:
        with _plaats():
            # Another process may have made it meanwhile.
            if lees(wat.sleutel) is None:
                bewaar(wat.sleutel, maak(wat))
    except Exception:
        logger.exception("Een publicatie kon niet worden gemaakt: %s.", wat.sjabloon)
        with _lock:
            _mislukt[wat.sleutel] = monotonic()
    finally:
        with _lock:
            _bezig.pop(wat.sleutel, None)


@contextmanager
def _plaats(geduld: float = inf) -> Iterator[None]:
    """One of the places to set on this machine; waits for it.

    Raises DrukError when it is not there in time.
    """
    tot = monotonic() + geduld
    while True:
        for nummer in range(TEGELIJK):
            with (map_() / f"plaats-{nummer}.lock").open("w") as bestand:
                if locks.lock(bestand, locks.LOCK_EX | locks.LOCK_NB):
                    yield
                    return
        if monotonic() > tot:
            raise DrukError
        sleep(OPNIEUW)


# Files


def map_() -> Path:
    pad = Path(settings.VAR_DIR) / "publicatie"
    pad.mkdir(mode=0o700, parents=True, exist_ok=True)
    return pad


def _pad(sleutel: str) -> Path:
    return map_() / f"{sleutel}.bewaard"


def is_er(sleutel: str) -> bool:
    """Whether something is kept; that it is whole, only who reads it knows."""
    try:
        return _pad(sleutel).exists()
    except OSError:
        # Without a folder there is nothing. Who only looks needs none.
        return False


def lees(sleutel: str) -> bytes | None:
    """What is kept; None when there is nothing, or it is not as it was written."""
    pad = _pad(sleutel)
    try:
        heel = pad.read_bytes()
        if time() - pad.stat().st_mtime > GEBRUIKT:
            os.utime(pad)
    except OSError:
        return None
    som, pdf = heel[:SOM], heel[SOM:]
    if sha256(pdf).digest() != som:
        logger.warning("Een bewaarde publicatie is beschadigd: %s.", pad.name)
        pad.unlink(missing_ok=True)
        return None
    return pdf


def bewaar(sleutel: str, pdf: bytes) -> None:
    """Keep it, whole or not at all, and let go of what does not fit any more."""
    with NamedTemporaryFile(dir=map_(), suffix=".half", delete=False) as half:
        try:
            half.write(sha256(pdf).digest() + pdf)
            half.close()
            Path(half.name).replace(_pad(sleutel))
        finally:
            Path(half.name).unlink(missing_ok=True)
    _ruim_op()


def _ruim_op() -> None:
    """What was used last stays; halves of who was stopped go after an hour."""
    bestanden = []
    for pad in map_().iterdir():
        try:
            staat = pad.stat()
        except OSError:
            continue
        if pad.suffix == ".bewaard":
            bestanden.append((staat.st_mtime, staat.st_size, pad))
        elif pad.suffix == ".half" and time() - staat.st_mtime > GEBRUIKT:
            pad.unlink(missing_ok=True)
    ruimte = MEESTE_BYTES
    for nummer, (_, grootte, pad) in enumerate(sorted(bestanden, reverse=True)):
        ruimte -= grootte
        if nummer >= MEESTE or (ruimte < 0 and nummer):
            pad.unlink(missing_ok=True)
