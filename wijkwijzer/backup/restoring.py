"""Restoring a backup: all of it or nothing, into either kind of database.

The new database is made whole out of everybody's sight: tables as they were when the
backup was made, their rows, and then the migrations since. Only then it takes the place
of the other, in one transaction. What differs between databases is made anew: keys of
content types and permissions, triggers, sequences. Every version of a record gets a key
and the catalogue a number that no process has seen, so that none that goes on takes
what it remembers for what is there now.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from wijkwijzer.backup import archive, places, tables
from wijkwijzer.backup.archive import MEDIA, BackupError, Manifest
from wijkwijzer.backup.making import Report, silent
from wijkwijzer.core.stoppen import tot_hier
from wijkwijzer.memory.large import forget
from wijkwijzer.memory.models import Nummer, Nummersoort, Wijziging
from wijkwijzer.wholes.models import Versie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Change = Callable[[Any], Any]

VERSION = Versie._meta.label
# Kinds of records and rights: each database has its own keys for them.
KIND, RIGHT = ContentType._meta.label, Permission._meta.label
# How a database or a store says that it cannot take something.
REFUSALS = (BackupError, DatabaseError, SuspiciousFileOperation)
# Files up to this size are not written twice.
SPOOLED = 8 * 1024**2


@dataclass
class Before:
    """What the database holds that is replaced, as far as anybody may remember it."""

    number: int = 0
    version: int = 0
    kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    rights: dict[tuple[int, str], int] = field(default_factory=dict)


def restore(file: Path, *, replace: bool = False, report: Report = silent) -> Manifest:
    """Put back what ``file`` holds; ``replace`` when there is something already.

    Raises BackupError, and then nothing has changed.
    """
    manifest = archive.check(file, lambda rows: report("Controleren", rows, 0))
    _refuse_newer(file, manifest)
    # Stopped after the new database took the place of the other, it would say that
    # nothing has changed.
    with tot_hier() as no_way_back:
        apart = places.made_apart(lambda: _begin(replace=replace), no_way_back)
        _put_back(file, manifest, report, apart)
        forget()
    return manifest


def _begin(*, replace: bool) -> Before:
    if not replace and (table := places.first_used_table()):
        raise BackupError(
            f"De database is niet leeg ({table}). Met --leegmaken gaat alles weg wat "
            "er nu in staat."
        )
    return _before()


def _put_back(
    file: Path,
    manifest: Manifest,
    report: Report,
    apart: AbstractContextManager[Before],
) -> None:
    added: list[str] = []
    try:
        with apart as before:
            Restoring(file, manifest, before, added, report).run()
    except BaseException as error:
        for name in added:
            # Not instead of what went wrong first.
            with suppress(OSError):
                default_storage.delete(name)
        first = _first_of(error)
        if isinstance(first, BackupError) or not isinstance(first, REFUSALS):
            raise first from None
        raise BackupError(f"De kopie werd niet aangenomen: {first}") from error
    finally:
        # Their keys are other ones here.
        ContentType.objects.clear_cache()


def _refuse_newer(file: Path, manifest: Manifest) -> None:
    if strange := tables.unknown_migrations(manifest.migrations):
        raise BackupError(
            f"{file} is gemaakt door WijkWijzer {manifest.version}, met een migratie "
            f"die deze versie niet kent ({strange}). Werk de site eerst bij."
        )


def _before() -> Before:
    found = {*connection.introspection.table_names()}
    before = Before()
    with connection.cursor() as cursor:
        if Nummer._meta.db_table in found:
            cursor.execute(
                "SELECT max(n.basis), (SELECT count(*) FROM memory_wijziging) "
                "FROM memory_nummer n"
            )
            before.number = sum(value or 0 for value in cursor.fetchone())
        if Versie._meta.db_table in found:
            cursor.execute("SELECT max(id) FROM wholes_versie")
            before.version = cursor.fetchone()[0] or 0
        if ContentType._meta.db_table in found:
            cursor.execute("SELECT id, app_label, model FROM django_content_type")
            before.kinds = {(app, model): key for key, app, model in cursor.fetchall()}
        if Permission._meta.db_table in found:
            cursor.execute("SELECT id, content_type_id, codename FROM auth_permission")
            before.rights = {(of, name): key for key, of, name in cursor.fetchall()}
    return before


class Restoring:
    """One time that a backup is put in an empty place."""

    def __init__(
        self,
        file: Path,
        manifest: Manifest,
        before: Before,
        added: list[str],
        report: Report,
    ) -> None:
        self._file, self._manifest, self._before = file, manifest, before
        # The files that are new here: they go again when something fails.
        self._added = added
        self._report = report
        self._done = 0
        self._kinds, self._rights = Keys(before.kinds), Keys(before.rights)
        # Whoever goes on knows versions by their key, some that were lost as well: so
        # none that is there now gets a key that one had before.
        versions = manifest.tables[VERSION]
        seen = (before.version, versions.last, int(time.time()))
        self._first_version = max(seen) + 1
        self._shift = self._first_version - versions.first

    def run(self) -> None:
        apps = tables.apps_at(self._manifest.migrations)
        models = tables.kept_models(apps)
        self._compare(models)
        # Tables first, and what connects them once the rows are there: it is then that
        # the database looks whether each row names one that exists.
        with connection.schema_editor() as editor:
            for model in tables.all_models(apps):
                if not model._meta.auto_created:
                    # taggit named an index twice, and so its history has it twice.
                    once = {index.name: index for index in model._meta.indexes}
                    model._meta.indexes = [*once.values()]
                    editor.create_model(model)
            self._fill(models)
        self._count(models)
        self._set_sequences(models)
        self._record()
        self._report("Bijwerken", 0, 0)
        call_command("migrate", interactive=False, verbosity=0)
        self._renew_number()

    def _compare(self, models: dict[str, tables.Model]) -> None:
        """The tables must be those that the migrations say."""
        said = {name: sorted(t.columns) for name, t in self._manifest.tables.items()}
        ours = {name: sorted(tables.columns(model)) for name, model in models.items()}
        for name in said:
            if said[name] != ours.get(name):
                raise archive.DamagedBackupError(self._file, name)

    # Rows and files

    def _fill(self, models: dict[str, tables.Model]) -> None:
        for name, stream in archive.content_of(self._file, self._manifest):
            if name.startswith(MEDIA):
                self._put_file(name.removeprefix(MEDIA), stream)
                continue
            label = archive.model_of(name)
            model, table = models[label], self._manifest.tables[label]
            lines = stream.read(archive.PART_MAX).splitlines()
            rows = [*map(tables.decode, lines)]
            if label in {KIND, RIGHT}:
                self._learn(
                    label, [dict(zip(table.columns, r, strict=True)) for r in rows]
                )
            change = self._changes(model)
            self._done += tables.write_rows(model, table.columns, rows, change)
            self._report("Rijen", self._done, self._manifest.rows)

    def _learn(self, label: str, rows: list[dict[str, Any]]) -> None:
        """Find the keys that kinds and rights have here. They come before all else."""
        for row in rows:
            if label == KIND:
                self._kinds.add(row["id"], (row["app_label"], row["model"]))
            else:
                kind = self._kinds[row["content_type_id"]]
                self._rights.add(row["id"], (kind, row["codename"]))

    def _changes(self, model: tables.Model) -> dict[str, Change]:
        """What becomes of the columns that hold keys which are other ones here."""
        by_model: dict[str, Change] = {
            KIND: self._kinds.__getitem__,
            RIGHT: self._rights.__getitem__,
            VERSION: self._shift.__add__,
        }
        found: dict[str, Change] = {}
        for f in model._meta.concrete_fields:
            of = f.related_model if f.is_relation else model if f.primary_key else None
            if of and (change := by_model.get(of._meta.label)):
                found[str(f.column)] = change
        return found

    def _put_file(self, name: str, stream: Any) -> None:
        """Put a file in the store, under its own name; one that is the same stays."""
        validate_file_name(name, allow_relative_path=True)
        with SpooledTemporaryFile(SPOOLED) as content:
            while chunk := stream.read(archive.CHUNK):
                content.write(chunk)
            if default_storage.exists(name):
                if _is_same(name, content):
                    return
                # Names are never given twice: what has this one is a damaged copy.
                default_storage.delete(name)
            content.seek(0)
            saved = default_storage.save(name, File(content, name))
        if saved != name:
            self._added.append(saved)
            raise BackupError(f"Het bestand {name} kon niet worden teruggezet.")
        self._added.append(name)

    # What every database has of its own

    def _count(self, models: dict[str, tables.Model]) -> None:
        for name, table in self._manifest.tables.items():
            if (found := models[name]._base_manager.count()) != table.rows:
                raise BackupError(f"{name}: {found} rijen in plaats van {table.rows}.")

    def _set_sequences(self, models: dict[str, tables.Model]) -> None:
        """Go on after the highest key; SQLite does so by itself."""
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(
                no_style(), [*models.values()]
            ):
                cursor.execute(sql)
            if self._manifest.tables[VERSION].rows:
                return
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('wholes_versie', 'id'), %s)",
                    [self._first_version],
                )
            else:
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                    ["wholes_versie", self._first_version],
                )

    def _record(self) -> None:
        """Say which migrations these tables have."""
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name)
            for app, names in self._manifest.migrations.items()
            for name in names
        )

    def _renew_number(self) -> None:
        """Let the catalogue have a number that is higher than any that was seen.

        By processes that go on, here and elsewhere, and in files: none ever rose as
        fast as a clock in milliseconds.
        """
        seen = (self._before.number, *self._manifest.numbers.values())
        new = max(int(time.time() * 1000), *seen) + 1
        Wijziging.objects.all().delete()
        for soort in Nummersoort:
            Nummer.objects.update_or_create(soort=soort, defaults={"basis": new})


class Keys:
    """The keys that things have here, by the keys that they had in the backup."""

    def __init__(self, known: Mapping[Any, int]) -> None:
        self._known = known
        self._taken = {*known.values()}
        self._here: dict[int, int] = {}

    def add(self, key: int, name: Any) -> None:
        """``name`` is what tells it from others, everywhere."""
        here = self._known.get(name)
        if here is None:
            here = max(self._taken) + 1 if key in self._taken else key
            self._taken.add(here)
        self._here[key] = here

    def __getitem__(self, key: int) -> int:
        return self._here[key]


def _first_of(error: BaseException) -> BaseException:
    """What went wrong first: ending a transaction can fail as well, on what is half."""
    while isinstance(error.__context__, (*REFUSALS, KeyboardInterrupt)):
        error = error.__context__
    return error


def _is_same(name: str, content: IO[bytes]) -> bool:
    content.seek(0)
    with default_storage.open(name) as there:
        while chunk := there.read(archive.CHUNK):
            if chunk != content.read(len(chunk)):
                return False
    return not content.read(1)
