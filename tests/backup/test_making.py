"""Making a backup: of one moment, read back, and nothing half."""

from __future__ import annotations

import errno
import os
import signal
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from aanpakken.models import Aanpak
from tests import factories
from tests.tools import databases
from wijkwijzer.backup import archive, making
from wijkwijzer.backup.archive import Writer, check, members
from wijkwijzer.backup.making import make, media_files, snapshot
from wijkwijzer.core.progress import Progress
from wijkwijzer.core.stoppen import GESTOPT, stop_netjes
from wijkwijzer.deelname.models import Poging

pytestmark = pytest.mark.usefixtures("own_connections")


@pytest.fixture
def file(tmp_path) -> Path:
    (tmp_path / "kopieën").mkdir()
    return tmp_path / "kopieën" / "kopie.tar.gz"


@pytest.fixture(autouse=True)
def store(monkeypatch) -> InMemoryStorage:
    store = InMemoryStorage()
    monkeypatch.setattr(making, "default_storage", store)
    return store


def test_who_writes_does_not_wait_and_is_not_in_it():
    def write() -> None:
        factories.make_organisatie()
        done.append(Aanpak.objects.count())
        connections.close_all()

    done: list[int] = []
    with snapshot():
        before = Aanpak.objects.count()
        factory = factories.make_aanpak
        writer = Thread(target=lambda: (factory(), write()))
        writer.start()
        writer.join(30)
        assert done == [before + 1]
        assert Aanpak.objects.count() == before
    assert Aanpak.objects.count() == before + 1


def test_what_comes_and_goes_is_not_in_it(file):
    Poging.objects.create(soort="stem", afzender="a" * 64)
    manifest = make(file)
    assert manifest.tables["core.Bron"].rows
    assert {*manifest.tables}.isdisjoint(
        {"sessions.Session", "deelname.Poging", "memory.Nummer", "memory.Wijziging"}
    )
    assert b"a" * 64 not in b"".join(stream.read() for _, stream in members(file))


def test_every_picture_is_in_it_also_one_that_only_a_version_shows(file, store):
    store.save("afbeeldingen/plein.png", ContentFile(b"x"))
    store.save("los.png", ContentFile(b"y"))
    assert [*media_files()] == ["los.png", "afbeeldingen/plein.png"]
    assert make(file).files == 2
    assert {"media/los.png", "media/afbeeldingen/plein.png"} < {*check(file).members}


def test_a_picture_that_goes_meanwhile_stops_nothing(file, store, monkeypatch):
    monkeypatch.setattr(making, "media_files", lambda: iter(["weg.png"]))
    assert make(file).files == 0


def test_it_is_read_back_and_a_bad_disk_is_found_out(file, monkeypatch):
    real = archive.check

    def written_wrong(half: Path, report):
        content = bytearray(half.read_bytes())
        content[len(content) // 2] ^= 1
        half.write_bytes(content)
        return real(half, report)

    monkeypatch.setattr(archive, "check", written_wrong)
    with pytest.raises(CommandError, match=r"geen kopie gemaakt: .* beschadigd"):
        call_command("backup", str(file))
    assert [*file.parent.iterdir()] == []


def test_a_full_disk_leaves_the_one_of_before(file, monkeypatch):
    make(file)
    before = file.read_bytes()

    def full(self: Writer, *member: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "add_stream", full)
    with pytest.raises(CommandError, match="geen kopie gemaakt: de schijf is vol"):
        call_command("backup", str(file))
    assert [*file.parent.iterdir()] == [file]
    assert file.read_bytes() == before


@pytest.mark.parametrize("signaal", [signal.SIGTERM, signal.SIGINT])
def test_who_stops_it_leaves_nothing_and_is_told_so(file, monkeypatch, signaal):
    eerder = signal.getsignal(signal.SIGTERM)

    def stopped(self: Writer, *member: object) -> None:
        os.kill(os.getpid(), signaal)

    monkeypatch.setattr(Writer, "add_stream", stopped)
    stop_netjes()
    try:
        with pytest.raises(CommandError, match="het maken is gestopt") as fout:
            call_command("backup", str(file))
    finally:
        signal.signal(signal.SIGTERM, eerder)
    assert fout.value.returncode == GESTOPT
    assert [*file.parent.iterdir()] == []


def test_a_database_of_newer_code_is_left_to_that(file):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("core", "0999_later")
    try:
        with pytest.raises(
            CommandError, match=r"nieuwere WijkWijzer.*core\.0999_later"
        ):
            call_command("backup", str(file))
    finally:
        recorder.record_unapplied("core", "0999_later")
    assert not file.exists()


def test_a_database_without_tables_says_so(file, tmp_path):
    with (
        databases.empty(tmp_path),
        pytest.raises(CommandError, match="nog geen tabellen"),
    ):
        call_command("backup", str(file))
    assert not file.exists()


def test_a_table_of_an_app_that_is_gone_stops_nothing(file):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("oud", "0001_initial")
    try:
        assert "oud" not in make(file).migrations
    finally:
        recorder.record_unapplied("oud", "0001_initial")


def test_without_a_name_it_gets_the_time_in_a_folder_of_our_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    output = StringIO()
    call_command("backup", stdout=output)
    (file,) = (tmp_path / "backups").iterdir()
    assert file.name.startswith("wijkwijzer-20")
    assert str(file) in output.getvalue()
    assert "geschreven en nagelezen" in output.getvalue()


@pytest.mark.parametrize("asked", ["weg/", "weg", "weg.tar.gz/"])
def test_a_folder_that_is_not_there_is_not_made_a_file(asked, tmp_path):
    """Else every night's copy would take the place of the one before."""
    with pytest.raises(CommandError, match=f"{asked} is geen map"):
        call_command("backup", f"{tmp_path}/{asked}")
    assert not (tmp_path / "weg").exists()
    assert not (tmp_path / "weg.tar.gz").exists()


def test_in_a_folder_it_gets_the_time_as_its_name(tmp_path):
    folder = tmp_path / "kopie"
    folder.mkdir()
    call_command("backup", f"{folder}/")
    (file,) = folder.iterdir()
    assert file.name.startswith("wijkwijzer-20")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_says_how_far_it_is_and_in_a_log_it_does_not(file):
    terminal, log = Terminal(), StringIO()
    for output in (terminal, log):
        call_command("backup", str(file), stdout=output)
    assert "\rRijen … " in terminal.getvalue()
    assert "\rNalezen … " in terminal.getvalue()
    assert terminal.getvalue().rpartition("\r")[2].startswith(str(file))
    assert log.getvalue().startswith(str(file))


def test_a_share_is_told_when_there_is_a_total():
    terminal = Terminal()
    progress = Progress(OutputWrapper(terminal))
    progress("Rijen", 1, 4)
    progress("Rijen", 2, 4)
    progress("Bestanden", 3, 0)
    told = [part.strip() for part in terminal.getvalue().split("\r")]
    assert told == ["", "Rijen … 25 %", "Bestanden … 3"], "no more than five a second"
