"""Other databases than the one that tests roll back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, connections

from aanpakken.models import Aanpak, Doelgroep
from interventies.models import Interventie
from kennisdossier.models import Begrip, Contactpunt, Dossier, Praktijkvoorbeeld
from tests.tools import content
from wijkwijzer.core.models import (
    Adrescontrole,
    Adresronde,
    Bron,
    Organisatie,
    VorigeSlug,
)
from wijkwijzer.deelname.models import (
    Abonnement,
    Bericht,
    Inzending,
    Poging,
    Reactie,
    Stem,
)
from wijkwijzer.memory.models import Nummer, Wijziging
from wijkwijzer.publicatie.models import Editie
from wijkwijzer.toegang.models import Misgok
from wijkwijzer.wholes.models import (
    Beoordeling,
    Gepland,
    Publicatie,
    Versie,
    Werkstand,
)

# What tests commit, in an order in which it can be removed.
MADE = (
    Editie,
    *(Adrescontrole, Adresronde),
    *(Session, Misgok, LogEntry, Gepland, Beoordeling, Werkstand),
    Abonnement,
    *(Bericht, Poging, Stem, Reactie, Inzending, Praktijkvoorbeeld, Contactpunt),
    *(Organisatie, Dossier, Publicatie, Versie, VorigeSlug),
    *(Aanpak, Interventie, Doelgroep, Begrip, Bron, User),
)


def rounds(number: int) -> int:
    """How often chance is tried: a third on PostgreSQL, where it hardly differs."""
    return number if connection.vendor == "sqlite" else -(-number // 3)


@contextmanager
def copied_from_content() -> Iterator[None]:
    """Let the test database that is made meanwhile begin with the real content."""
    if connection.vendor == "sqlite":
        # In memory it lasts for as long as somebody is connected.
        name = connection.creation._get_test_db_name()
        with closing(sqlite3.connect(name, uri=True)) as memory:
            with closing(sqlite3.connect(content.sqlite())) as file:
                file.backup(memory)
            yield
    else:
        template = content.postgres(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield


@contextmanager
def elsewhere(**other: Any) -> Iterator[None]:
    """Let every connection that is made be another, with ``other`` settings."""
    own, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**settings, **other}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = own
        connections.settings["default"] = settings


@contextmanager
def own_connections(folder: Path) -> Iterator[None]:
    """Let every thread have its own connection, and see what another committed.

    What was made is removed again: here nothing is rolled back.
    """
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        # The test database is in memory: its copy in a file can be shared. It has the
        # name that another process looks for in its VAR_DIR.
        file = folder / "wijkwijzer.sqlite3"
        file.write_bytes(connection.connection.serialize())
        with closing(sqlite3.connect(file)) as copy:
            # As every database of ours is; to become so it must be alone for a moment.
            copy.execute("PRAGMA journal_mode=WAL")
        with elsewhere(NAME=str(file)):
            yield
    else:
        with elsewhere(), _removed_again():
            # One for each thread of a test, and for those of this one.
            connection.pool.resize(1, 16)
            yield


@contextmanager
def _removed_again() -> Iterator[None]:
    before = {
        model: {*model._default_manager.values_list("pk", flat=True)} for model in MADE
    }
    numbers, changes = list(Nummer.objects.all()), list(Wijziging.objects.all())
    try:
        yield
    finally:
        for model in MADE:
            model._default_manager.exclude(pk__in=before[model]).delete()
        for number in numbers:
            number.save()
        Wijziging.objects.all().delete()
        Wijziging.objects.bulk_create(changes)


@contextmanager
def empty(folder: Path) -> Iterator[None]:
    """A database without a single table."""
    if connection.vendor == "sqlite":
        with _other(str(folder / "empty.sqlite3")):
            yield
        return
    name = f"{connection.settings_dict['NAME']}_empty"

    def run(sql: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'{sql} "{name}"')

    run("DROP DATABASE IF EXISTS")
    run("CREATE DATABASE")
    try:
        with _other(name):
            yield
    finally:
        run("DROP DATABASE IF EXISTS")


@contextmanager
def _other(name: str) -> Iterator[None]:
    """Another database altogether: forget what belongs to the one in use."""
    _let_go()
    with elsewhere(NAME=name):
        yield
        _let_go()


def _let_go() -> None:
    if connection.vendor == "postgresql":
        connection.close()
        connection.close_pool()
    # Their keys are other ones elsewhere.
    ContentType.objects.clear_cache()


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite gets no page more, as on a disk without room.

    Nor those that are free within the file: they are filled first.
    """

    def ask(pragma: str) -> int:
        cursor.execute(f"PRAGMA {pragma}")
        (number,) = cursor.fetchone()
        return int(number)

    with connection.cursor() as cursor:
        room = ask("freelist_count") * ask("page_size")
        cursor.execute("CREATE TABLE vol (vulling)")
        cursor.execute("INSERT INTO vol VALUES (zeroblob(%s))", [room])
        ask(f"max_page_count = {ask('page_count')}")
        try:
            yield
        finally:
            ask("max_page_count = 1073741823")
            cursor.execute("DROP TABLE vol")


def environment(var: Path) -> dict[str, str]:
    """Of a process that uses the database in use; on SQLite the one in ``var``."""
    own = {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    if connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"].rpartition("/")[0]
        own["DATABASE_URL"] = f"{address}/{connection.settings_dict['NAME']}"
    return os.environ | own
