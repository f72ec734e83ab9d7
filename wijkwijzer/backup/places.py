"""Where a restored database is made out of sight, and how it is then shown."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection, connections, transaction

from wijkwijzer.memory.triggers import PREFIX

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

APART = "wijkwijzer_herstel"

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
def made_apart() -> Iterator[None]:
    """Let the default connection see an empty database of its own.

    What was made there takes the place of our tables at the end, at once; when anything
    fails, nothing is left of it.
    """
    with _in_schema() if connection.vendor == "postgresql" else _in_file():
        yield


@contextmanager
def _in_file() -> Iterator[None]:
    own, settings = connections["default"], connections.settings["default"]
    beside = Path(settings["NAME"]).resolve().parent
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
            made.backup(own.connection)


@contextmanager
def _in_schema() -> Iterator[None]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        shown = connection.ops.quote_name(cursor.fetchone()[0])
        old = own_tables()
        cursor.execute(f"CREATE SCHEMA {APART}")
        cursor.execute(f"SET LOCAL search_path TO {APART}")
        yield
        new = connection.introspection.table_names()
        # Only here anybody has to wait, for as long as this takes.
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


def _functions(cursor: CursorWrapper, schema: str) -> list[str]:
    """Those of our triggers."""
    cursor.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace "
        "AND starts_with(proname, %s)",
        [schema, PREFIX],
    )
    return [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
