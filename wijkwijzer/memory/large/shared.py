"""Objects in files that all processes of a machine share in memory.

A file is a pickle with its large buffers beside it (protocol 5). Reading maps the file:
the buffers stay where the operating system has them, once for all processes, and only
what is small becomes objects of the process itself. Of what is mapped, a process only
holds the pages that it looked at: so the checksum is taken before, and who has done
with a file lets go of them. A file that is damaged, foreign or not ours to read is made
anew; one that somebody writes in while it is mapped is found out before it is used
again (:class:`Held`), for what is cut off ends the process.

A pickle runs code when it is read. These files are our own: they stand in a folder that
only the user of the site can enter, beside its database and its secret key.
"""

from __future__ import annotations

import logging
import mmap
import os
import pickle
import shutil
import stat
import sys
from array import array
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.core.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader

logger = logging.getLogger(__name__)

# Buffers start at whole numbers of eight bytes, so that they can be read as numbers.
ALIGNMENT = 8

# How many bytes are read at a time for a checksum.
PIECE = 1 << 18

LOCK = ".lock"
HALF = ".half"


class DamagedError(Exception):
    """A file is not as it was written."""


class Held:
    """The file that a thing is mapped from, as it was when it was checked."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._was = self._now()
        self._map: mmap.mmap | None = None

    def open(self) -> Any:
        """The thing in the file; its buffers mapped. Raises an error when damaged."""
        stream, *places = _checked(self._file, self._was[0])
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        everything = memoryview(self._map)
        buffers = [everything[place] for place in places]
        # Read and not mapped: it becomes objects, and would be memory twice meanwhile.
        self._file.seek(stream.start)
        # Our own file, see above.
        return pickle.load(self._file, buffers=buffers)  # noqa: S301  # nosec B301

    def let_go(self) -> None:
        """Give back the memory of what was looked at.

        What is still in use stays valid: looked at again, it comes from where the
        operating system keeps it.
        """
        if self._map:
            self._map.madvise(mmap.MADV_DONTNEED)

    def is_intact(self) -> bool:
        """Whether nobody wrote in it since. Takes a microsecond and reads nothing.

        That its name is gone, or of another file by now, is nothing to us.
        """
        return self._now() == self._was

    def _now(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns

    def __del__(self) -> None:
        if file := getattr(self, "_file", None):
            file.close()


def shared(name: str, key: str, make: Callable[[Path], None]) -> tuple[Any, Held]:
    """The thing ``name`` for this key; ``make`` writes its file when there is none.

    With the file, which whoever uses the thing asks first (:class:`Held`).

    One process of the machine makes it, others wait for a lock and find the file. What
    belongs to another key or to other code is removed.
    """
    path = path_of(name, key)
    with locked(name):
        found = _load_or_none(path)
        if found is None:
            make(path)
            found = _load(path)
        # Whoever has an older file in use keeps it: the file only loses its name.
        for other in path.parent.glob(f"{name}.*"):
            if other not in {path, _lock_path(name)}:
                remove(other)
    return found


def newest(
    name: str, key: str, number: int, make: Callable[[], None]
) -> tuple[Any, Held]:
    """The thing ``name`` for this key, made at ``number`` or later, with its file.

    A number only rises, and a later ``key`` sorts after an earlier one: nobody takes an
    older file for a newer one, and whoever comes late leaves what is newer than the one
    in use. ``make`` leaves a file with whatever number it found.

    Raises what ``make`` raises, OSError, and DamagedError when there is no such file
    after it either.
    """
    with locked(name):
        found = _newest(name, key, number)
        if found is None:
            # Of who was stopped, or had no room: they would take the room of this one.
            for half in folder().glob(f"{name}.*{HALF}"):
                remove(half)
            make()
            found = _newest(name, key, number)
        if found is None:
            raise DamagedError(f"no {name} at {number}, or of other code")
        path, thing, held = found
        for other in path.parent.glob(f"{name}.*"):
            if other in {path, _lock_path(name)}:
                continue
            if _made_at(other, name) <= _made_at(path, name):
                remove(other)
    return thing, held


def _newest(name: str, key: str, number: int) -> tuple[Path, Any, Held] | None:
    """The file with the highest number, this one at least, and what is in it."""
    files = folder().glob(f"{name}.*.{key}.{fingerprint()}")
    for file in sorted(files, key=lambda file: _made_at(file, name), reverse=True):
        if _made_at(file, name)[0] < number:
            break
        if (found := _load_or_none(file)) is not None:
            return file, *found
    return None


def _made_at(file: Path, name: str) -> tuple[int, str]:
    """The number and the key of a file."""
    number, key, *_ = [*file.name.removeprefix(f"{name}.").split("."), ""]
    return (int(number) if number.isdecimal() else -1), key


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "catalogus"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Who can put a file in it decides what we run, also if it was made by hand.
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o700)
    return path


def remove(path: Path) -> None:
    """Remove what stands at a path, whatever it is; what cannot be removed is told."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("Een bestand is niet weg te halen: %s", error)


def forget() -> None:
    """Remove every file: what is in the database now has nothing to do with them.

    Who has one in use keeps it.
    """
    for path in folder().iterdir():
        if path.suffix != LOCK:
            remove(path)


def path_of(name: str, key: str) -> Path:
    """Where the thing is for this key and for the code that this process runs."""
    return folder() / f"{name}.{key}.{fingerprint()}"


def _lock_path(name: str) -> Path:
    return folder() / f"{name}{LOCK}"


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Only one process of the machine at a time."""
    with _lock_file(_lock_path(name)) as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def _lock_file(path: Path) -> IO[bytes]:
    """The file that is locked; one that we may not open is replaced."""

    def private(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    try:
        return open(path, "ab", opener=private)
    except (PermissionError, IsADirectoryError):
        # Left by somebody who ran a command as another user.
        remove(path)
        return open(path, "ab", opener=private)


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
        dir=path.parent, prefix=f"{path.name}.", suffix=HALF, delete=False
    ) as file:
        try:
            file.write(head)
            for part in parts:
                file.write(part)
                file.write(bytes(-len(part) % ALIGNMENT))
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            # A disk that is full does not become fuller with every try.
            os.unlink(file.name)
            raise


def load(path: Path) -> Any:
    """The object of a file that ``save`` wrote; its buffers cannot be changed.

    Raises DamagedError when it is not what was written, and OSError.
    """
    return _load(path)[0]


def _load(path: Path) -> tuple[Any, Held]:
    held = Held(path)
    try:
        thing = held.open()
    except Exception as error:
        # What is not ours can raise anything, up to the objects that it names.
        raise DamagedError(str(path)) from error
    return thing, held


def _checked(file: BufferedReader, size: int) -> list[slice]:
    """Where the parts of a file are, when they are what was written."""
    wide = array("Q").itemsize
    count, checksum = memoryview(file.read(2 * wide)).cast("Q")
    start = wide * (count + 2)
    if start > size:
        raise ValueError("no such head")
    lengths = memoryview(file.read(count * wide)).cast("Q").tolist()
    begins = accumulate(
        (length + -length % ALIGNMENT for length in lengths), initial=start
    )
    places = [
        slice(begin, begin + length)
        for begin, length in zip(begins, lengths, strict=False)
    ]
    found = 0
    for place in places:
        file.seek(place.start)
        for piece in _pieces(file, place.stop - place.start):
            found = crc32(piece, found)
    if found != checksum:
        raise ValueError("another checksum")
    return places


def _pieces(file: BufferedReader, length: int) -> Iterator[memoryview]:
    """The next bytes of a file; each piece stands where the one before it stood."""
    room = memoryview(bytearray(min(length, PIECE)))
    while length:
        read = file.readinto(room[:length])
        if not read:
            raise ValueError("cut off")
        yield room[:read]
        length -= read


def _load_or_none(path: Path) -> tuple[Any, Held] | None:
    try:
        return _load(path)
    except FileNotFoundError:
        return None
    except (DamagedError, OSError) as error:
        logger.warning("Een bestand is beschadigd en wordt opnieuw gemaakt: %s", error)
        remove(path)
        return None
