"""Database triggers that note what readers can see changing, whoever changes it.

A trigger writes in the transaction of the change, so the change is noted when, and only
when, it is committed: by the admin, a command, another process or plain SQL. Layers
above say which tables and columns count (:func:`follow`). No column can go while a
trigger names it, so while tables migrate there are none; after it everything counts as
changed (``memory.number``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.backends.utils import truncate_name
from django.db.migrations.executor import MigrationExecutor

from wijkwijzer.memory.models import Nummersoort, Wijziging

if TYPE_CHECKING:
    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "wijkwijzer_"


@dataclass(frozen=True)
class Trigger:
    """What happens when a row of a table is added, removed, or changed in a column.

    ``columns``: the columns that count; all other changes are not seen. ``body`` gives
    the SQL for the row that was there or is there now, ``NEW`` or ``OLD``; both, when a
    row ``moves`` from one record to another. ``emptied`` is the SQL for when the table
    is emptied at once, which only PostgreSQL can.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    body: Callable[[str], str]
    emptied: str = ""
    moves: bool = False


_makers: list[Callable[[], Iterator[Trigger]]] = []


def register(maker: Callable[[], Iterator[Trigger]]) -> None:
    """Add triggers; ``maker`` is called when all models are known."""
    _makers.append(maker)


def follow(table: str, columns: tuple[str, ...]) -> Trigger:
    """The trigger that notes every change of these columns as one of the content."""

    def note(row: str) -> str:
        return (
            # Names of our own tables; a trigger takes no parameters.
            f"INSERT INTO {Wijziging._meta.db_table} (soort, tabel, rij) "  # nosec B608
            f"VALUES ('{Nummersoort.INHOUD.value}', '{table}', {row})"
        )

    return Trigger(
        f"{PREFIX}inhoud", table, columns, lambda row: note(f"{row}.id"), note("NULL")
    )


def all_triggers() -> Iterator[Trigger]:
    for maker in _makers:
        yield from maker()


def drop_all(
    *, app_config: AppConfig, using: str, plan: Any = None, **kwargs: Any
) -> None:
    """Remove every trigger. Runs before each migration, once per database."""
    if app_config.label != "memory" or not plan:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table in _made(connection).items():
            on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")


def make_all(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Make every trigger anew. Runs after each migration, once per database."""
    connection = connections[using]
    if app_config.label != "memory" or not is_migrated(connection):
        return
    with connection.cursor() as cursor:
        for trigger in all_triggers():
            for sql in _sql(connection, trigger):
                cursor.execute(sql)


def is_migrated(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has all that this code knows, and not only a part."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _made(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Our triggers that are there, each with its table."""
    sql = {
        "postgresql": "SELECT tgname, relname FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE %s",
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND name LIKE %s",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX}%"])
        return dict(cursor.fetchall())


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """The triggers of tables that exist which are not there."""
    made = {*_made(connection)}
    tables = set(connection.introspection.table_names())
    return {
        full_name(trigger, event)
        for trigger in all_triggers()
        if trigger.table in tables
        for event in events(connection, trigger)
    } - made


EVENTS = ("INSERT", "UPDATE", "DELETE")


def events(connection: BaseDatabaseWrapper, trigger: Trigger) -> tuple[str, ...]:
    at_once = connection.vendor == "postgresql" and trigger.emptied
    return (*EVENTS, "TRUNCATE") if at_once else EVENTS


def full_name(trigger: Trigger, event: str) -> str:
    """Its name in the database: PostgreSQL would cut a long one, and so join two."""
    return truncate_name(f"{trigger.name}_{trigger.table}_{event.lower()}", 63)


def _sql(connection: BaseDatabaseWrapper, trigger: Trigger) -> Iterator[str]:
    quote = connection.ops.quote_name
    on = quote(trigger.table)
    postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    changed = " OR ".join(
        f"OLD.{quote(c)} {differs} NEW.{quote(c)}" for c in trigger.columns
    )
    for event in EVENTS:
        name = quote(full_name(trigger, event))
        row = "OLD" if event == "DELETE" else "NEW"
        when = f"WHEN ({changed}) " if event == "UPDATE" else ""
        body = trigger.body(row)
        if event == "UPDATE" and trigger.moves:
            body += f"; {trigger.body('OLD')}"
        if postgres:
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"
            )
            yield (
                f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {on} "
                f"FOR EACH ROW {when}EXECUTE FUNCTION {name}()"
            )
        else:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {on} "
                f"FOR EACH ROW {when}BEGIN {body}; END"
            )
    if postgres and trigger.emptied:
        name = quote(full_name(trigger, "truncate"))
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN {trigger.emptied}; RETURN NULL; END $$"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER TRUNCATE ON {on} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
