"""Where a restored database is made out of sight, and how it is then shown."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from django.apps import apps
from django.db import OperationalError, connection, connections, transaction

from wijkwijzer.backup.archive import BackupError
from wijkwijzer.memory.triggers import PREFIX

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

T = TypeVar("T")

APART = "wijkwijzer_herstel"
# Any number, as long as nothing else of ours locks it.
LOCK = 7_402_120
# In seconds: how long it looks for a moment at which nobody uses a table, how often.
PATIENCE, AGAIN = 20.0, 0.02
# How PostgreSQL says that somebody else has what we do not want to wait for.
IN_USE = "55P03"

# What any database has once it is set up, and what comes and goes.
NO_CONTENT = {
    *("django_migrations", "django_content_type", "django_session"),
    *("auth_permission", "auth_group", "auth_group_permissions"),
    *("memory_nummer", "memory_wijziging", "deelname_poging"),
    *("search_zoekdag", "search_zoekvrager"),
}


def own_tables() -> list[str]:
    """The tables of our apps that are there, also when another version made them."""
    prefixes = ("django_", *(f"{app.label}_" for app in apps.get_app_configs()))
    found = connection.introspection.table_names()
    return sorted(name for name in found if name.startswith(prefixes))


def first_used_table() -> str:
    """A table with something that would be lost; empty when there is none."""
    with connection.cursor() as cursor:
        for name in own_tables():
            if name not in NO_CONTENT:
                quoted = connection.ops.quote_name(name)
                cursor.execute(f"SELECT 1 FROM {quoted} LIMIT 1")  # nosec B608
                if cursor.fetchone():
                    return name
    return ""


@contextmanager
def alone() -> Iterator[None]:
    """Restore one backup at a time: two would clear away each other's half.

    On PostgreSQL within a transaction, and for as long as that: behind PgBouncer a
    session has no lock of its own. Raises BackupError for who comes second. However the
    first ends, nothing of this stays: both locks go with the process.
    """
    busy = "In deze database wordt al een kopie teruggezet. Wacht tot dat klaar is."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise BackupError(busy)
        yield
        return
    folder = os.open(_folder(), os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(busy) from error
        yield
    finally:
        os.close(folder)


def _folder() -> Path:
    """Where the database of SQLite is."""
    return Path(connections.settings["default"]["NAME"]).resolve().parent


@contextmanager
def made_apart(begin: Callable[[], T], no_way_back: Callable[[], None]) -> Iterator[T]:
    """Let the default connection see an empty database of its own.

    What was made there takes the place of our tables at the end, at once; when anything
    fails, nothing is left of it. ``begin`` is asked first, while nobody else restores:
    gives what it says. ``no_way_back`` is told just before the end.
    """
    kind = _in_schema if connection.vendor == "postgresql" else _in_file
    with kind(begin, no_way_back) as begun:
        yield begun


@contextmanager
def _in_file(begin: Callable[[], T], no_way_back: Callable[[], None]) -> Iterator[T]:
    with alone():
        begun = begin()
        with _instead_of_the_file(no_way_back):
            yield begun


@contextmanager
def _instead_of_the_file(no_way_back: Callable[[], None]) -> Iterator[None]:
    own, settings = connections["default"], connections.settings["default"]
    beside = _folder()
    for left in beside.glob(f".{APART}.*"):
        # By who was killed.
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=f".{APART}.", dir=beside) as folder:  # made 0700
        file = Path(folder) / "wijkwijzer.sqlite3"
        connections.settings["default"] = {**settings, "NAME": str(file)}
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = own
            connections.settings["default"] = settings
        own.ensure_connection()
        # SQLite's own way: one transaction, that waits for who writes. Who reads goes
        # on with what there was, and sees the new one with its next question.
        with own.wrap_database_errors, closing(sqlite3.connect(file)) as made:
            no_way_back()
            made.backup(own.connection)


@contextmanager
def _in_schema(begin: Callable[[], T], no_way_back: Callable[[], None]) -> Iterator[T]:
    with transaction.atomic(durable=True), alone(), connection.cursor() as cursor:
        begun = begin()
        cursor.execute("SELECT current_schema()")
        shown = connection.ops.quote_name(cursor.fetchone()[0])
        old = own_tables()
        cursor.execute(f"CREATE SCHEMA {APART}")
        cursor.execute(f"SET LOCAL search_path TO {APART}")
        yield begun
        new = connection.introspection.table_names()
        # Only here anybody has to wait, for as long as this takes.
        _take(cursor, [f"{shown}.{connection.ops.quote_name(name)}" for name in old])
        for name in map(connection.ops.quote_name, old):
            cursor.execute(f"DROP TABLE {shown}.{name} CASCADE")
        for name in _functions(cursor, shown):
            cursor.execute(f"DROP FUNCTION {shown}.{name}()")
        for name in _functions(cursor, APART):
            cursor.execute(f"ALTER FUNCTION {APART}.{name}() SET SCHEMA {shown}")
        for name in map(connection.ops.quote_name, new):
            cursor.execute(f"ALTER TABLE {APART}.{name} SET SCHEMA {shown}")
        # Not CASCADE: it is empty, or something was forgotten.
        cursor.execute(f"DROP SCHEMA {APART}")
        cursor.execute(f"SET LOCAL search_path TO {shown}")
        no_way_back()


def _take(cursor: CursorWrapper, tables: list[str]) -> None:
    """Have all tables for ourselves, or none: then nobody waits for us meanwhile.

    One after the other, an editor who saves could have one and wait for the next while
    we do so the other way round; the database then ends one of the two.
    """
    if not tables:
        return
    sql = f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            with transaction.atomic():
                cursor.execute(f"{sql} NOWAIT")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != IN_USE:
                raise
            sleep(AGAIN)
        else:
            return
    # There is always somebody: from here on they wait behind us.
    cursor.execute(sql)


def _functions(cursor: CursorWrapper, schema: str) -> list[str]:
    """Those of our triggers."""
    cursor.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace "
        "AND starts_with(proname, %s)",
        [schema, PREFIX],
    )
    return [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
