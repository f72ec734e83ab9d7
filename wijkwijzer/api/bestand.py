"""A file that is made in pieces: its checksum, and an answer that takes little memory.

What is small is an answer like any other, which the door keeps. What is larger stands
on disk while it is sent. What is of everything is kept there too, in the folder that
all processes of a machine share: it is made once for what readers see.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from hashlib import sha256
from tempfile import NamedTemporaryFile, SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from wijkwijzer.memory.large import HALF, folder, locked, path_of, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from django.http import HttpRequest, HttpResponseBase

    from wijkwijzer.api.velden import Omgeving
    from wijkwijzer.wholes.stand import Stand

logger = logging.getLogger(__name__)

# In hex, of the file as it is without what a transfer packs around it.
SOM = "Checksum-SHA256"
SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
# The door keeps no page of more than an eighth of PAGE_CACHE_BYTES.
IN_GEHEUGEN = 3 * 1024**2
STUK = 64 * 1024
# So many of one kind are kept: of some addresses of the site, or of code of before.
MEESTE = 4
# A file that is kept begins with the checksum of the rest, in hex.
SOMLENGTE = 2 * sha256().digest_size


@dataclass(frozen=True)
class Bestand:
    inhoud: IO[bytes]
    som: str
    grootte: int


def maak_bestand(stukken: Iterable[bytes]) -> Bestand:
    """Write the pieces; in memory as long as they are few."""
    # Closed by who sends it.
    inhoud = SpooledTemporaryFile(max_size=IN_GEHEUGEN)  # noqa: SIM115
    som = sha256()
    for stuk in stukken:
        som.update(stuk)
        inhoud.write(stuk)
    grootte = inhoud.tell()
    inhoud.seek(0)
    return Bestand(inhoud, som.hexdigest(), grootte)


def bewaard_bestand(
    naam: str, omgeving: Omgeving, stukken: Callable[[], Iterable[bytes]]
) -> Bestand:
    """The file ``naam`` of what readers see, as this machine has it; or made now.

    One makes it. Who asks meanwhile waits for that, which takes less than making it
    too. What is of an earlier stand goes; without room on the disk nothing is kept.
    """
    stand = omgeving.stand
    # Also of the day: a recognition lapses without anybody doing anything. And of the
    # moment: after going back in time a number can come again.
    waarvan = f"{omgeving.basis} {stand.day} {stand.last_change()}"
    sleutel = f"{stand.number}.{sha256(waarvan.encode()).hexdigest()[:16]}"
    try:
        pad = path_of(naam, sleutel)
        if bestand := _lees(pad):
            return bestand
        with locked(naam):
            if bestand := _lees(pad):
                return bestand
            _ruim_op(naam, stand.number)
            _bewaar(pad, stukken())
            if bestand := _lees(pad):
                return bestand
    except OSError as fout:
        logger.warning("%s kan niet worden bewaard: %s", naam, fout)
    return maak_bestand(stukken())


def _ruim_op(naam: str, nummer: int) -> None:
    """Make room for one more: of what others may still ask, the newest stay."""
    blijven = []
    for pad in folder().glob(f"{naam}.*"):
        van = pad.name.split(".")[1]
        if pad.suffix == HALF or (van.isdecimal() and int(van) < nummer):
            remove(pad)
        elif van.isdecimal():
            blijven.append(pad)
    # Else there would be one more each day on which nobody publishes, and of each name
    # that a site can be asked by.
    blijven.sort(key=lambda pad: pad.stat().st_mtime_ns, reverse=True)
    for pad in blijven[MEESTE - 1 :]:
        remove(pad)


def _lees(pad: Path) -> Bestand | None:
    """What is kept; None when there is nothing, or it is not as it was written."""
    try:
        inhoud = pad.open("rb")
    except FileNotFoundError:
        return None
    som, verwacht = sha256(), inhoud.read(SOMLENGTE).decode("ascii", "replace")
    while stuk := inhoud.read(STUK):
        som.update(stuk)
    grootte = inhoud.tell() - SOMLENGTE
    if som.hexdigest() != verwacht:
        inhoud.close()
        logger.warning("Een bewaard bestand is beschadigd: %s", pad.name)
        return None
    inhoud.seek(SOMLENGTE)
    return Bestand(inhoud, verwacht, grootte)


def _bewaar(pad: Path, stukken: Iterable[bytes]) -> None:
    """Write it, whole or not at all."""
    som = sha256()
    with NamedTemporaryFile(
        dir=pad.parent, prefix=f"{pad.name}.", suffix=HALF, delete=False
    ) as half:
        try:
            half.write(b"-" * SOMLENGTE)
            for stuk in stukken:
                som.update(stuk)
                half.write(stuk)
            half.seek(0)
            half.write(som.hexdigest().encode())
            half.close()
            os.replace(half.name, pad)
        except BaseException:
            os.unlink(half.name)
            raise


def lees_stukken(inhoud: IO[bytes]) -> Iterator[bytes]:
    """What is in a file, which is closed after that."""
    with inhoud:
        while stuk := inhoud.read(STUK):
            yield stuk


def lever(
    request: HttpRequest, bestand: Bestand, soort: str, stand: Stand
) -> HttpResponseBase:
    """The answer with this file, or 304 for who has it."""
    etag = f'W/"{stand.number}-{bestand.som[:16]}"'
    response: HttpResponse | StreamingHttpResponse
    if bestand.grootte <= IN_GEHEUGEN:
        response = HttpResponse(
            b"".join(lees_stukken(bestand.inhoud)), content_type=soort
        )
    else:
        response = StreamingHttpResponse(
            lees_stukken(bestand.inhoud), content_type=soort
        )
        response.headers["Content-Length"] = str(bestand.grootte)
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["ETag"] = etag
    response.headers[SOM] = bestand.som
    # None: who asks has not got this one.
    return get_conditional_response(request, etag=etag) or response
