"""Objects in files that all processes of a machine share in memory.

A file is a pickle with its large buffers beside it (protocol 5). Reading maps the file:
the buffers stay where the operating system has them, once for all processes, and only
what is small becomes objects of the process itself.

A pickle runs code when it is read. These files are our own: they stand in a folder that
only the user of the site can enter, beside its database and its secret key.
"""

from __future__ import annotations

import mmap
import os
import pickle
import sys
from array import array
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Buffers start at whole numbers of eight bytes, so that they can be read as numbers.
UITLIJNING = 8


def gedeeld(naam: str, sleutel: str, maak: Callable[[Path], None]) -> Any:
    """The thing ``naam`` for this key; ``maak`` writes its file when there is none.

    One process of the machine makes it, others wait for a lock and find the file. What
    belongs to another key or to other code is removed.
    """
    pad = pad_van(naam, sleutel)
    pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    slotpad = pad.parent / f"{naam}.lock"
    slotpad.touch(mode=0o600)
    with slotpad.open("wb") as slot:
        locks.lock(slot, locks.LOCK_EX)
        if not pad.exists():
            maak(pad)
        ding = laad(pad)
        # Whoever has an older file in use keeps it: the file only loses its name.
        for ander in pad.parent.glob(f"{naam}.*"):
            if ander not in {pad, slotpad}:
                ander.unlink(missing_ok=True)
    return ding


def pad_van(naam: str, sleutel: str) -> Path:
    """Where the thing is for this key and for the code that this process runs."""
    return Path(settings.VAR_DIR) / "catalogus" / f"{naam}.{sleutel}.{vingerafdruk()}"


@cache
def vingerafdruk() -> str:
    """A digest of our own code and of the versions that it is used with."""
    digest = blake2b(sys.version.encode(), digest_size=8)
    for bestand in sorted(_bronnen()):
        digest.update(bestand.read_bytes())
    return digest.hexdigest()


def _bronnen() -> Iterator[Path]:
    yield settings.BASE_DIR / "requirements.lock"
    for app in apps.get_app_configs():
        if app.name in settings.LOCAL_APPS:
            yield from Path(app.path).rglob("*.py")
            yield from Path(app.path).rglob("*.txt")


def bewaar(ding: object, pad: Path) -> None:
    """Write the file as a whole: nobody sees half of it, also after a power cut."""
    buffers: list[pickle.PickleBuffer] = []
    stroom = pickle.dumps(ding, protocol=5, buffer_callback=buffers.append)
    delen = [memoryview(stroom), *(buffer.raw() for buffer in buffers)]
    kop = array("Q", [len(delen), *map(len, delen)])
    # Made 0600.
    with NamedTemporaryFile(
        dir=pad.parent, prefix=f"{pad.name}.", suffix=".half", delete=False
    ) as bestand:
        bestand.write(kop)
        for deel in delen:
            bestand.write(deel)
            bestand.write(bytes(-len(deel) % UITLIJNING))
        bestand.flush()
        os.fsync(bestand.fileno())
    os.replace(bestand.name, pad)


def laad(pad: Path) -> Any:
    """The object of a file that ``bewaar`` wrote; its buffers cannot be changed."""
    with pad.open("rb") as bestand:
        alles = memoryview(mmap.mmap(bestand.fileno(), 0, access=mmap.ACCESS_READ))
    breed = array("Q").itemsize
    (aantal,) = alles[:breed].cast("Q")
    lengten = alles[breed : breed * (aantal + 1)].cast("Q").tolist()
    plekken = accumulate(
        (lengte + -lengte % UITLIJNING for lengte in lengten),
        initial=breed * (aantal + 1),
    )
    stroom, *buffers = (
        alles[plek : plek + lengte]
        for plek, lengte in zip(plekken, lengten, strict=False)
    )
    # Our own file, see above.
    return pickle.loads(stroom, buffers=buffers)  # noqa: S301
