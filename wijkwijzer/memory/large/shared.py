"""Objects in files that all processes of a machine share in memory.

A file is a pickle with its large buffers beside it (protocol 5). Reading maps the file:
the buffers stay where the operating system has them, once for all processes, and only
what is small becomes objects of the process itself. A file that is damaged is made
anew.

A pickle runs code when it is read. These files are our own: they stand in a folder that
only the user of the site can enter, beside its database and its secret key.
"""

from __future__ import annotations

import logging
import mmap
import os
import pickle
import sys
from array import array
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.core.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

# Buffers start at whole numbers of eight bytes, so that they can be read as numbers.
ALIGNMENT = 8

LOCK = ".lock"


class DamagedError(Exception):
    """A file is not as it was written."""


def shared(name: str, key: str, make: Callable[[Path], None]) -> Any:
    """The thing ``name`` for this key; ``make`` writes its file when there is none.

    One process of the machine makes it, others wait for a lock and find the file. What
    belongs to another key or to other code is removed.
    """
    path = path_of(name, key)
    with locked(name):
        thing = _load_or_none(path)
        if thing is None:
            make(path)
            thing = load(path)
        # Whoever has an older file in use keeps it: the file only loses its name.
        for other in path.parent.glob(f"{name}.*"):
            if other not in {path, _lock_path(name)}:
                other.unlink(missing_ok=True)
    return thing


def newest(name: str, key: str, number: int, make: Callable[[], None]) -> Any:
    """The thing ``name`` for this key, made at ``number`` or later.

    A number only rises, and a later ``key`` sorts after an earlier one: nobody takes an
    older file for a newer one, and whoever comes late leaves what is newer than the one
    in use. ``make`` leaves a file with whatever number it found.
    """
    with locked(name):
        found = _newest(name, key, number)
        if found is None:
            make()
            found = _newest(name, key, number)
        if found is None:
            raise DamagedError(f"no {name} at {number}, or of other code")
        path, thing = found
        for other in path.parent.glob(f"{name}.*"):
            if other in {path, _lock_path(name)}:
                continue
            if _made_at(other, name) <= _made_at(path, name):
                other.unlink(missing_ok=True)
    return thing


def _newest(name: str, key: str, number: int) -> tuple[Path, Any] | None:
    """The file with the highest number, this one at least, and what is in it."""
    files = folder().glob(f"{name}.*.{key}.{fingerprint()}")
    for file in sorted(files, key=lambda file: _made_at(file, name), reverse=True):
        if _made_at(file, name)[0] < number:
            break
        if (thing := _load_or_none(file)) is not None:
            return file, thing
    return None


def _made_at(file: Path, name: str) -> tuple[int, str]:
    """The number and the key of a file."""
    number, key, *_ = [*file.name.removeprefix(f"{name}.").split("."), ""]
    return (int(number) if number.isdecimal() else -1), key


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "catalogus"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def forget() -> None:
    """Remove every file: what is in the database now has nothing to do with them.

    Who has one in use keeps it.
    """
    for path in folder().iterdir():
        if path.suffix != LOCK:
            path.unlink(missing_ok=True)


def path_of(name: str, key: str) -> Path:
    """Where the thing is for this key and for the code that this process runs."""
    return folder() / f"{name}.{key}.{fingerprint()}"


def _lock_path(name: str) -> Path:
    return folder() / f"{name}{LOCK}"


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Only one process of the machine at a time."""
    path = _lock_path(name)
    path.touch(mode=0o600)
    with path.open("wb") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


@cache
def fingerprint() -> str:
    """A digest of our own code and of the versions that it is used with.

    Asked when a process starts (``memory.apps``): later, the disk may have other code
    than the process runs.
    """
    digest = blake2b(sys.version.encode(), digest_size=8)
    for file in sorted(_sources()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    yield settings.BASE_DIR / "requirements.lock"
    for app in apps.get_app_configs():
        if app.name in settings.LOCAL_APPS:
            yield from Path(app.path).rglob("*.py")
            yield from Path(app.path).rglob("*.txt")


def save(thing: object, path: Path) -> None:
    """Write the file as a whole: nobody sees half of it, also after a power cut."""
    buffers: list[pickle.PickleBuffer] = []
    stream = pickle.dumps(thing, protocol=5, buffer_callback=buffers.append)
    parts = [memoryview(stream), *(buffer.raw() for buffer in buffers)]
    checksum = 0
    for part in parts:
        checksum = crc32(part, checksum)
    head = array("Q", [len(parts), checksum, *map(len, parts)])
    # Made 0600.
    with NamedTemporaryFile(
        dir=path.parent, prefix=f"{path.name}.", suffix=".half", delete=False
    ) as file:
        file.write(head)
        for part in parts:
            file.write(part)
            file.write(bytes(-len(part) % ALIGNMENT))
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def load(path: Path) -> Any:
    """The object of a file that ``save`` wrote; its buffers cannot be changed.

    Raises DamagedError when it is not what was written, and FileNotFoundError.
    """
    with path.open("rb") as file:
        try:
            everything = memoryview(
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            )
            stream, *buffers = _parts(everything)
        except (ValueError, IndexError, TypeError) as error:
            raise DamagedError(str(path)) from error
    # Our own file, see above.
    return pickle.loads(stream, buffers=buffers)  # noqa: S301


def _parts(everything: memoryview) -> list[memoryview]:
    wide = array("Q").itemsize
    count, checksum = everything[: 2 * wide].cast("Q")
    start = wide * (count + 2)
    lengths = everything[2 * wide : start].cast("Q").tolist()
    places = accumulate(
        (length + -length % ALIGNMENT for length in lengths), initial=start
    )
    parts = [
        everything[place : place + length]
        for place, length in zip(places, lengths, strict=False)
    ]
    found = 0
    for part in parts:
        found = crc32(part, found)
    if found != checksum or len(parts) != count:
        raise ValueError("another checksum")
    return parts


def _load_or_none(path: Path) -> Any:
    try:
        return load(path)
    except FileNotFoundError:
        return None
    except DamagedError as error:
        logger.warning("Een bestand is beschadigd en wordt opnieuw gemaakt: %s", error)
        path.unlink(missing_ok=True)
        return None
