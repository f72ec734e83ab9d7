"""What is ours can be read by its owner only, whatever the umask and the folder."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection

from tests.tools import databases
from wijkwijzer.core import prive
from wijkwijzer.core.databases import SQLITE_OPTIONS
from wijkwijzer.core.prive import PriveConnection
from wijkwijzer.web.statisch import StatischeBestanden

pytestmark = pytest.mark.usefixtures("no_umask")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder that was there before, and that everybody can enter."""
    tmp_path.chmod(0o777)
    return tmp_path


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


# The database


def test_a_new_database_and_what_sqlite_keeps_beside_it_are_private(folder, db):
    with databases.elsewhere(
        ENGINE="django.db.backends.sqlite3",
        NAME=str(folder / "x.sqlite3"),
        OPTIONS=SQLITE_OPTIONS,
        CONN_HEALTH_CHECKS=False,
    ):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE x (y)")
        found = modes(folder)
    assert found == dict.fromkeys(
        ["x.sqlite3", "x.sqlite3-wal", "x.sqlite3-shm"], 0o600
    )


def test_a_database_that_others_could_read_is_closed_to_them_and_told(folder, caplog):
    file = folder / "x.sqlite3"
    with closing(sqlite3.connect(file)) as open_to_all:
        open_to_all.execute("PRAGMA journal_mode=WAL")
        open_to_all.execute("CREATE TABLE x (y)")
        assert {*modes(folder).values()} == {0o644}
        with closing(sqlite3.connect(file, factory=PriveConnection)) as ours:
            assert ours.execute("SELECT * FROM x").fetchall() == []
            assert {*modes(folder).values()} == {0o600}
    assert caplog.text.count("was ook voor anderen leesbaar (644)") == 3
    caplog.clear()
    sqlite3.connect(file, factory=PriveConnection).close()
    assert caplog.text == ""


def test_a_database_in_memory_leaves_no_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for name, uri in ((":memory:", False), ("file:x?mode=memory", True)):
        sqlite3.connect(name, uri=uri, factory=PriveConnection).close()
    assert modes(folder) == {}


@pytest.mark.parametrize("place", ["weg", "no folder"])
def test_a_place_that_cannot_be_reached_is_told_by_sqlite(folder, place):
    (folder / "no folder").touch()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(folder / place / "x.sqlite3", factory=PriveConnection)


def test_a_folder_in_which_others_could_write_is_closed_to_that(folder, caplog):
    prive.keep_others_from_writing(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert "mochten ook anderen schrijven (777)" in caplog.text
    caplog.clear()
    prive.keep_others_from_writing(folder)
    assert caplog.text == ""


def test_what_is_not_ours_to_close_is_told(folder, monkeypatch, caplog):
    file = folder / "x"
    file.touch(mode=0o644)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    prive.keep_others_from_writing(folder)
    assert "mogen ook anderen schrijven: dat is onveilig" in caplog.text
    prive.close_to_others(file)
    assert "is ook voor anderen leesbaar, en niet van ons" in caplog.text


# Files


def test_a_picture_and_its_folder_are_private(folder):
    FileSystemStorage(folder).save("afbeeldingen/a.png", ContentFile(b"x"))
    assert modes(folder) == {"afbeeldingen": 0o700}
    assert modes(folder / "afbeeldingen") == {"a.png": 0o600}


def test_static_files_may_be_read_by_a_proxy(folder):
    from wijkwijzer import settings

    options = settings.STORAGES["staticfiles"]["OPTIONS"]
    StatischeBestanden(folder, **options).save("css/a.css", ContentFile(b"a {}"))
    assert modes(folder) == {"css": 0o755}
    assert modes(folder / "css") == {"a.css": 0o644}
    assert configured.FILE_UPLOAD_PERMISSIONS == 0o600


def test_another_connection_of_this_process_takes_no_lock_away(tmp_path):
    """Closing any descriptor of a file takes all locks that a process has on it."""
    file = tmp_path / "site.sqlite3"
    ask = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0);"
        "c.execute('BEGIN IMMEDIATE')"
    )
    with closing(PriveConnection(file)) as writes:
        writes.execute("CREATE TABLE t (x)")
        writes.execute("BEGIN EXCLUSIVE")
        with closing(PriveConnection(file)):
            other = subprocess.run(
                [sys.executable, "-c", ask, file], capture_output=True, text=True
            )
    assert "database is locked" in other.stderr
