"""The file of a backup: a compressed tar with rows, pictures and a manifest.

Members in this order: ``formaat`` (a number, so that newer files are known as such),
``rijen/<model>/<part>.jsonl`` (a JSON list per row), ``media/<name>`` and, last,
``manifest.json`` with a SHA-256 of each. A file that was cut off has no manifest.

Nothing is ever extracted to the disk: members are read as streams, by exact name, and
pictures go through Django's storage, which refuses a name that leads elsewhere.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from wijkwijzer.core.schrijven import reden

# How this file is written. A higher number cannot be read by older code.
FORMAT = 1
FORMAT_MEMBER, MANIFEST = "formaat", "manifest.json"
ROWS, MEDIA = "rijen/", "media/"

# Rows are kept in parts of about this size: what is in memory at a time.
PART_BYTES = 1024**2
# A part ends after the row that makes it too long; no row of ours comes near this.
PART_MAX = 256 * 1024**2
CHUNK = 1024**2

# What is being written, and after how many seconds nobody is doing so any more.
HALF, LEFT_AFTER = ".wijkwijzer-half", 86_400.0

# What reading a file that is not as it was written can raise.
UNREADABLE = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, KeyError)


class BackupError(Exception):
    """Why there is no backup, or nothing was restored; in Dutch, for the operator."""


class DamagedBackupError(BackupError):
    """A file that is not as it was written, or never was a backup."""

    def __init__(self, file: Path, why: object) -> None:
        why = reden(why) if isinstance(why, OSError) else why
        super().__init__(
            f"{file} is beschadigd of is geen kopie van WijkWijzer ({why})."
        )


@dataclass
class Table:
    """What there is of one model."""

    columns: list[str]
    rows: int = 0
    # Its keys are from here to there; 0 when there are no rows.
    first: int = 0
    last: int = 0


@dataclass
class Manifest:
    version: str
    made_at: str
    database: str
    # The numbers of ``memory.number`` at the moment that it is of.
    numbers: dict[str, int]
    # Per app the migrations that its tables had.
    migrations: dict[str, list[str]]
    tables: dict[str, Table] = field(default_factory=dict)
    # Per member its digest.
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> int:
        return sum(name.startswith(MEDIA) for name in self.members)

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        data = json.loads(text)
        tables = {name: Table(**table) for name, table in data.pop("tables").items()}
        return cls(tables=tables, **data)


class Writer:
    """Adds members, and remembers the digest of each."""

    def __init__(self, tar: tarfile.TarFile, mtime: int) -> None:
        self._tar, self._mtime = tar, mtime
        self.members: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, stream: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._mtime, 0o600
        hashing = Hashing(stream)
        self._tar.addfile(info, hashing)
        # It would grow with every member.
        self._tar.members.clear()  # type: ignore[attr-defined]
        self.members[name] = hashing.digest()


class Member:
    """What is in a member; who reads it is told in words that the file is damaged."""

    def __init__(self, file: Path, stream: IO[bytes]) -> None:
        self._file, self._stream = file, stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except UNREADABLE as error:
            raise DamagedBackupError(self._file, error) from error


class Hashing:
    """A stream that knows the digest of what was read of it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._hash = stream, sha256()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._stream.read(size)
        self._hash.update(content)
        return content

    def digest(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """A place beside ``file`` to write to, which takes its name when all went well.

    Nobody ever sees half of it: not after a full disk, a kill or a power cut. Only its
    owner can read it. Raises BackupError where something else than a file would go.
    """
    # The place itself, not a link to it.
    file = file.resolve()
    if file.exists() and not file.is_file():
        raise BackupError(f"{file} is geen bestand: daar kan geen kopie komen.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in file.parent.glob(f".*{HALF}"):
        # By who was killed; a younger one may still be written.
        if left.stat().st_mtime < time.time() - LEFT_AFTER:
            left.unlink()
    with NamedTemporaryFile(  # made 0600, whatever the umask
        dir=file.parent, prefix=f".{file.name}.", suffix=HALF, delete=False
    ) as made:
        half = Path(made.name)
    try:
        yield half
        with half.open("rb") as again:
            os.fsync(again.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writer(file: Path, mtime: int) -> Iterator[Writer]:
    with tarfile.open(file, "w:gz", compresslevel=6) as tar:
        made = Writer(tar, mtime)
        made.add(FORMAT_MEMBER, str(FORMAT).encode())
        yield made


def members(file: Path) -> Iterator[tuple[str, Member]]:
    """Every member with what is in it, in order.

    Raises BackupError when the file is newer than this code, or damaged.
    """
    try:
        # Not "r|gz": that looks at no checksum, and stops before the end.
        with gzip.open(file) as unpacked, tarfile.open(None, "r|", unpacked) as tar:
            first = True
            for info in tar:
                stream = tar.extractfile(info) if info.isreg() else None
                if stream is None:
                    raise ValueError(info.name)
                if first:
                    _check_format(file, info.name, stream.read(20))
                    first = False
                else:
                    yield info.name, Member(file, stream)
                tar.members.clear()  # type: ignore[attr-defined]
            if first:
                raise ValueError("leeg")
            while unpacked.read(CHUNK):
                pass
    except FileNotFoundError as error:
        raise BackupError(f"{file} bestaat niet.") from error
    except PermissionError as error:
        raise BackupError(f"{file} mag je niet lezen.") from error
    except UNREADABLE as error:
        raise DamagedBackupError(file, error or type(error).__name__) from error


def _check_format(file: Path, name: str, content: bytes) -> None:
    if name != FORMAT_MEMBER:
        raise ValueError(name)
    if int(content) > FORMAT:
        raise BackupError(
            f"{file} is gemaakt door een nieuwere WijkWijzer (formaat {int(content)}, "
            f"deze versie leest tot en met {FORMAT}). Werk de site eerst bij."
        )


def check(file: Path, report: Callable[[int], None] = lambda rows: None) -> Manifest:
    """Read the whole file and compare it with its manifest.

    ``report`` is told how many rows were read so far. Raises BackupError.
    """
    found: dict[str, str] = {}
    rows: dict[str, int] = {}
    manifest: Manifest | None = None
    for name, stream in members(file):
        if manifest or name in found:
            raise DamagedBackupError(file, name)
        if name == MANIFEST:
            manifest = _read_manifest(file, stream)
            continue
        hashing = Hashing(stream)
        lines = 0
        while content := hashing.read(CHUNK):
            lines += content.count(b"\n")
        found[name] = hashing.digest()
        if name.startswith(ROWS):
            model = model_of(name)
            rows[model] = rows.get(model, 0) + lines
            report(sum(rows.values()))
    if manifest is None:
        raise DamagedBackupError(file, "het einde ontbreekt")
    expected = {name: table.rows for name, table in manifest.tables.items()}
    if found != manifest.members or rows != {k: v for k, v in expected.items() if v}:
        raise DamagedBackupError(file, "een controlegetal klopt niet")
    return manifest


def _read_manifest(file: Path, stream: Member) -> Manifest:
    try:
        return Manifest.from_json(stream.read())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedBackupError(file, MANIFEST) from error


def content_of(file: Path, manifest: Manifest) -> Iterator[tuple[str, Any]]:
    """The members of a file that was checked, once more; again each is what it was.

    Who gets a stream reads it to its end before asking for the next.
    """
    for name, stream in members(file):
        if name == MANIFEST:
            continue
        hashing = Hashing(stream)
        yield name, hashing
        if hashing.read(1) or hashing.digest() != manifest.members.get(name):
            raise DamagedBackupError(file, name)


def model_of(name: str) -> str:
    """The model of a part with rows."""
    return name.removeprefix(ROWS).partition("/")[0]
