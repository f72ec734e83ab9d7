"""Making a backup of one moment, while the site goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from wijkwijzer import __version__
from wijkwijzer.backup import archive, tables
from wijkwijzer.backup.archive import MEDIA, Manifest, Table
from wijkwijzer.memory.number import read

if TYPE_CHECKING:
    from pathlib import Path

# Told what is being done, how far it is and how much there is; 0 when nobody knows.
Report = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """For who does not want to know."""


def make(file: Path, report: Report = silent) -> Manifest:
    """Write a backup to ``file`` and read it back; its manifest.

    Raises BackupError and OSError, and then there is no file, or still the one before.
    """
    now = timezone.now()
    with archive.written(file) as half:
        with snapshot(), archive.writer(half, int(now.timestamp())) as writer:
            manifest = _write(writer, now, report)
        total = manifest.rows
        found = archive.check(half, lambda rows: report("Nalezen", rows, total))
        if found != manifest:
            raise archive.DamagedBackupError(half, "niet wat er geschreven is")
    return manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that is read be of one moment; nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
            yield
        return
    with connection.cursor() as cursor:
        # Not Django's own, which begins as a writer. With the log that our databases
        # keep (WAL) a reader sees the moment of its first question.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write(writer: archive.Writer, now: datetime, report: Report) -> Manifest:
    applied = tables.applied_migrations()
    if not applied:
        raise archive.BackupError("De database heeft nog geen tabellen.")
    manifest = Manifest(
        version=__version__,
        made_at=now.isoformat(),
        database=connection.vendor,
        numbers=read()._asdict(),
        migrations=applied,
    )
    models = tables.kept_models(tables.apps_at(applied))
    total = sum(model._base_manager.count() for model in models.values())
    done = 0
    for name, model in models.items():
        table = manifest.tables[name] = Table(tables.columns(model))
        for part, rows in enumerate(_parts(model, table), start=1):
            writer.add(f"{archive.ROWS}{name}/{part:06}.jsonl", rows)
            report("Rijen", done + table.rows, total)
        done += table.rows
    for number, name in enumerate(media_files(), start=1):
        _add_file(writer, name)
        report("Bestanden", number, 0)
    # A copy: the manifest itself is a member too.
    manifest.members = {**writer.members}
    del manifest.members[archive.FORMAT_MEMBER]
    writer.add(archive.MANIFEST, manifest.to_json())
    return manifest


def _parts(model: tables.Model, table: Table) -> Iterator[bytes]:
    """The rows of a table, some at a time; ``table`` counts them."""
    key = table.columns.index(str(model._meta.pk.column))
    part = bytearray()
    for row in tables.read_rows(model):
        part += tables.encode(row)
        table.rows += 1
        table.first, table.last = table.first or row[key], row[key]
        if len(part) >= archive.PART_BYTES:
            yield bytes(part)
            part.clear()
    if part:
        yield bytes(part)


def media_files(folder: str = "") -> Iterator[str]:
    """Every file in the store, also one that only an earlier version shows.

    After the rows were fixed: a picture is there before a row says so, and stays.
    """
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        # No picture was ever added.
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(files))
    for name in sorted(folders):
        yield from media_files(prefix + name)


def _add_file(writer: archive.Writer, name: str) -> None:
    try:
        stream = default_storage.open(name)
    except FileNotFoundError:
        # Removed since we listed it; no row of ours names it any more.
        return
    with stream:
        writer.add_stream(f"{MEDIA}{name}", stream, stream.size)
