"""A backup made under writes, put back elsewhere: readers see what they saw then."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, connections
from django.test import Client

from tests import factories
from tests.paginas import PAGINAS, Pagina, bereid_voor
from tests.tools import databases
from wijkwijzer.backup import making
from wijkwijzer.backup.archive import Manifest
from wijkwijzer.backup.making import make
from wijkwijzer.backup.restoring import restore
from wijkwijzer.core.databases import SQLITE_OPTIONS
from wijkwijzer.memory import triggers
from wijkwijzer.memory.number import read
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.long

# What a form has that is another one each time: its key, and the one against forgery.
EACH_TIME = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|sleutel)"[^>]*? value=|'
    rb'value="[^"]*"(?=[^>]* name="(?:csrfmiddlewaretoken|sleutel)"))"?[^">]*'
)
GIVEN = re.compile(r"\w*_[0-9a-f]{8}(_\w*)?\b")

Pages = dict[str, tuple[int, bytes]]


def pages(some: list[Pagina] = PAGINAS) -> Pages:
    """Every page as a reader sees it now."""
    current_stand.reset()
    client = Client(raise_request_exception=False)
    found: Pages = {}
    for pagina in some:
        response = client.get(pagina.pad)
        assert response.status_code == pagina.status, pagina
        found[pagina.pad] = (response.status_code, EACH_TIME.sub(b"", response.content))
    return found


def differing(found: Pages, expected: Pages) -> list[str]:
    return [path for path in found if found[path] != expected[path]]


@contextmanager
def writes() -> Iterator[None]:
    """Two editors who publish and withdraw for as long as this lasts."""
    stop, errors = Event(), []

    def edit() -> None:
        try:
            aanpak = factories.make_aanpak()
            while not stop.is_set():
                aanpak.naam = f"Geschreven bij {read().inhoud}"
                aanpak.save()
                factories.publish(aanpak)
                factories.withdraw(factories.make_aanpak())
                made.set()
                # The others must get to read.
                time.sleep(0.05)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connections.close_all()

    made = Event()
    threads = [Thread(target=edit) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        assert made.wait(30)
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert errors == []


def make_seeing(file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Manifest, Pages]:
    """A backup, and what readers see at the moment that it is of."""
    seen: list[Pages] = []
    snapshot = making.snapshot

    @contextmanager
    def looked_at() -> Iterator[None]:
        with snapshot():
            # This thread reads what the backup reads, whatever others write.
            seen.append(pages())
            yield

    monkeypatch.setattr(making, "snapshot", looked_at)
    manifest = make(file)
    monkeypatch.undo()
    return manifest, seen[0]


@contextmanager
def empty_sqlite(folder: Path) -> Iterator[None]:
    with databases.elsewhere(
        ENGINE="django.db.backends.sqlite3",
        NAME=str(folder / "other.sqlite3"),
        OPTIONS=SQLITE_OPTIONS,
        CONN_HEALTH_CHECKS=False,
    ):
        yield


def structure() -> list[tuple[str, str]]:
    """Tables with their columns, rules and indexes, in whatever order these are.

    But for names with a digest, which tell what a table was called once.
    """
    if connection.vendor == "sqlite":
        sql = "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    else:
        sql = """
            SELECT table_name, concat_ws(' ', column_name, udt_name, is_identity,
                character_maximum_length, is_nullable, column_default)
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT tablename, indexdef FROM pg_indexes
            WHERE schemaname = 'public'
            UNION ALL SELECT conrelid::regclass::text,
                conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(
            (table, " ".join(sorted(re.findall(r"[^\s,()]+", made))))
            for table, made in (
                (table, GIVEN.sub("", made or "")) for table, made in cursor.fetchall()
            )
        )


def assert_alive(before: int) -> None:
    """What is restored goes on as any other database."""
    assert triggers.missing(connection) == set()
    number = read().inhoud
    assert number > before
    aanpak = factories.make_aanpak(naam="Na het terugzetten")
    assert read().inhoud == number + 1
    assert aanpak.naam.encode() in Client().get("/aanpakken/").content
    factories.make_organisatie()


def test_a_backup_under_writes_shows_every_page_as_it_was_on_any_empty_database(
    own_connections, tmp_path, monkeypatch
):
    bereid_voor()
    with writes():
        manifest, then = make_seeing(tmp_path / "kopie.tar.gz", monkeypatch)
    lists = [pagina for pagina in PAGINAS if pagina.pad == "/aanpakken/"]
    assert differing(pages(lists), then), "nothing changed: the test says nothing"
    made_of, seen = structure(), max(read().inhoud, manifest.numbers["inhoud"])
    if connection.vendor == "postgresql":
        # By way of the other kind.
        with empty_sqlite(tmp_path):
            restore(tmp_path / "kopie.tar.gz")
            assert differing(pages(), then) == []
            make(tmp_path / "kopie.tar.gz")
            assert_alive(seen)
    with databases.empty(tmp_path):
        restore(tmp_path / "kopie.tar.gz")
        assert differing(now := pages(), then) == []
        assert now.keys() == then.keys()
        assert structure() == made_of
        assert_alive(seen)
