"""Which tables there are, and their rows as every database understands them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from wijkwijzer.backup.archive import BackupError

if TYPE_CHECKING:
    from django.db.migrations.state import StateApps

Model = type[models.Model]
Row = Sequence[Any]
Applied = dict[str, list[str]]

# How many rows are read or written at a time.
ROWS = 1000

# Not in a backup, and empty after restoring. Who was signed in signs in again, limits
# begin anew, and the catalogue gets a number that no process has seen.
LEFT_OUT = {
    *("sessions.Session", "deelname.Poging"),
    *("toegang.Sessie", "toegang.Misgok"),
    *("memory.Nummer", "memory.Wijziging", "wholes.Geopend", "core.Adresronde"),
    # Who searched for what in vain is counted for a day, and goes with it.
    *("search.Zoekdag", "search.Zoekvrager"),
    # Files of others that wait an hour for a decision.
    "uitwisseling.Invoer",
}

# Each database has its own keys of these, and rows of other tables hold them.
FIRST = ("contenttypes.ContentType", "auth.Permission")

# As JSON has them: these need no field to tell what they are.
PLAIN = {str, int, bool, type(None)}


def applied_migrations() -> Applied:
    """Per app of ours the migrations that the database has.

    Raises BackupError when it has some that this code does not know.
    """
    loader = MigrationLoader(connection)
    found: Applied = {}
    for app, name in sorted(loader.applied_migrations):
        # Of an app that is no longer installed: its tables are no concern of ours.
        if app in loader.migrated_apps:
            found.setdefault(app, []).append(name)
    if strange := unknown_migrations(found):
        raise BackupError(
            f"De database is van een nieuwere WijkWijzer: deze versie kent {strange} "
            "niet. Gebruik de versie waarmee de site draait."
        )
    return found


def unknown_migrations(applied: Applied) -> str:
    """The first migration that this code does not know; empty when it knows all."""
    loader = MigrationLoader(None)
    return next(
        (
            f"{app}.{name}"
            for app, names in applied.items()
            for name in names
            if (app, name) not in loader.disk_migrations
        ),
        "",
    )


def apps_at(applied: Applied) -> StateApps:
    """The models as they were with these migrations."""
    loader = MigrationLoader(None)
    nodes = {(app, name) for app, names in applied.items() for name in names}
    last = [
        node
        for node in sorted(nodes)
        if not any(
            child.key[0] == node[0] and child.key in nodes
            for child in loader.graph.node_map[node].children
        )
    ]
    return loader.project_state(last).apps


def all_models(apps: StateApps) -> list[Model]:
    """Every model with a table, those that Django makes between two included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def kept_models(apps: StateApps) -> dict[str, Model]:
    """The models whose rows are in a backup, by name; first those of FIRST."""
    found = {
        model._meta.label: model
        for model in all_models(apps)
        if model._meta.label not in LEFT_OUT
    }
    return {name: found.pop(name) for name in FIRST} | found


def columns(model: Model) -> list[str]:
    return [str(f.column) for f in model._meta.concrete_fields]


def read_rows(model: Model) -> Iterator[Row]:
    """Every row, by key. A page at a time, so that no database keeps it all for us."""
    fields = model._meta.concrete_fields
    names = [f.attname for f in fields]
    key = names.index(model._meta.pk.attname)
    rows = model._base_manager.order_by("pk").values_list(*names)
    last: Any = None
    while page := list((rows if last is None else rows.filter(pk__gt=last))[:ROWS]):
        last = page[-1][key]
        for row in page:
            yield [
                value if type(value) in PLAIN else f.get_prep_value(value)
                for f, value in zip(fields, row, strict=True)
            ]


def encode(row: Row) -> bytes:
    """One line: dates and times in ISO 8601, a uuid as text."""
    return msgspec.json.encode(row) + b"\n"


def decode(line: bytes) -> list[Any]:
    return msgspec.json.decode(line, type=list[Any])


def write_rows(
    model: Model,
    names: list[str],
    rows: Iterable[Row],
    change: dict[str, Callable[[Any], Any]],
) -> int:
    """Put rows in a table exactly as they were; how many there were.

    Nothing is computed anew, as saving would. ``change``: per column what becomes of
    its value.
    """
    by_column = {f.column: f for f in model._meta.concrete_fields}
    fields = [by_column[name] for name in names]
    changes = [change.get(name) for name in names]

    def prepared() -> Iterator[list[Any]]:
        for row in rows:
            yield [
                f.get_db_prep_save(
                    f.to_python(value if to is None else to(value)), connection
                )
                for f, to, value in zip(fields, changes, row, strict=True)
            ]

    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, names))})"
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django gives its errors their own names, but not those of this.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {into} FROM STDIN") as copy,
            ):
                for count, row in enumerate(prepared(), start=1):  # noqa: B007
                    copy.write_row(row)
            return count
        values = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {into} VALUES ({values})"  # nosec B608
        left = prepared()
        while some := list(islice(left, ROWS)):
            cursor.executemany(sql, some)
            count += len(some)
    return count
