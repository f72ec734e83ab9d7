"""Restoring a backup: all of it, or nothing."""

from __future__ import annotations

import signal
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from aanpakken.models import Aanpak
from aanpakken.whole import AanpakDocument
from tests import factories
from tests.backup.files import PICTURE, Members, rewrite
from tests.tools import databases
from wijkwijzer.backup import making, places, restoring, tables
from wijkwijzer.backup.archive import Manifest
from wijkwijzer.backup.making import make
from wijkwijzer.backup.restoring import Keys, Restoring
from wijkwijzer.memory.number import read
from wijkwijzer.wholes.current import Current
from wijkwijzer.wholes.models import Publicatie, Versie

pytestmark = pytest.mark.usefixtures("own_connections")


@pytest.fixture(autouse=True)
def store(monkeypatch) -> InMemoryStorage:
    store = InMemoryStorage()
    monkeypatch.setattr(making, "default_storage", store)
    monkeypatch.setattr(restoring, "default_storage", store)
    return store


@pytest.fixture(autouse=True)
def derived(settings, tmp_path) -> Path:
    """The folder of derived files, with one that is of the database of before."""
    settings.VAR_DIR = tmp_path / "var"
    folder = settings.VAR_DIR / "catalogus"
    folder.mkdir(parents=True)
    (folder / "inhoud.1.2026-11-28.abc").write_bytes(b"before")
    return folder


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """What a backup of the real content holds, once one was made."""
    return {}


@pytest.fixture
def file(tmp_path, made) -> Path:
    """A backup of the real content."""
    file = tmp_path / "kopie.tar.gz"
    if made:
        file.write_bytes(made["file"])
    else:
        make(file)
        made["file"] = file.read_bytes()
    return file


@pytest.fixture
def elsewhere(file, tmp_path):
    """An empty database; the backup was made of another."""
    with databases.empty(tmp_path):
        yield


def restore(file: Path, *options: str) -> str:
    output = StringIO()
    call_command("restore", str(file), *options, stdout=output)
    return output.getvalue()


def table_names() -> list[str]:
    return connection.introspection.table_names()


# All of it


@pytest.fixture
def rights(tmp_path) -> Path:
    """A backup with an editor who has rights and did something."""
    user = User.objects.create_user("sanne", password="x")
    group = Group.objects.create(name="Proefgroep")
    group.permissions.add(Permission.objects.get(codename="change_aanpak"))
    user.groups.add(group)
    kind = ContentType.objects.get_for_model(Aanpak)
    entry = LogEntry.objects.create(
        user=user, content_type=kind, object_id="1", action_flag=2
    )
    make(tmp_path / "rechten.tar.gz")
    entry.delete()
    user.delete()
    group.delete()
    return tmp_path / "rechten.tar.gz"


def test_rights_and_history_are_of_the_same_things_under_other_keys(rights, tmp_path):
    with databases.empty(tmp_path):
        with connection.schema_editor() as editor:
            editor.create_model(ContentType)
        ContentType.objects.bulk_create(
            [
                ContentType(pk=5000, app_label="aanpakken", model="aanpak"),
                ContentType(pk=1, app_label="elders", model="iets"),
            ]
        )
        restore(rights)
        user = User.objects.get(username="sanne")
        assert user.get_group_permissions() == {"aanpakken.change_aanpak"}
        assert LogEntry.objects.get(user=user).content_type_id == 5000
        kinds = ContentType.objects.values_list("app_label", "model")
        assert len({*kinds}) == len(kinds) == ContentType.objects.count()
        assert user.check_password("x")


@pytest.mark.once
def test_keys_are_kept_where_they_can_and_never_given_twice():
    keys = Keys({"a": 3})
    for key, name in ((1, "a"), (3, "b"), (4, "c"), (9, "d")):
        keys.add(key, name)
    assert [keys[1], keys[3], keys[4], keys[9]] == [3, 4, 5, 9]


@pytest.mark.once
def test_pictures_are_put_back_and_a_damaged_one_is_repaired(store, tmp_path):
    for name in ("a.png", "b.png", "c.png"):
        store.save(f"afbeeldingen/{name}", ContentFile(PICTURE))
    make(tmp_path / "kopie.tar.gz")
    store.delete("afbeeldingen/a.png")
    store.delete("afbeeldingen/b.png")
    store.save("afbeeldingen/b.png", ContentFile(PICTURE[:-1]))
    store.save("afbeeldingen/later.png", ContentFile(PICTURE))
    same = store.get_modified_time("afbeeldingen/c.png")
    with databases.empty(tmp_path):
        assert "3 bestanden" in restore(tmp_path / "kopie.tar.gz")
    for name in ("a.png", "b.png", "c.png", "later.png"):
        assert store.open(f"afbeeldingen/{name}").read() == PICTURE
    assert store.get_modified_time("afbeeldingen/c.png") == same
    assert len(store.listdir("afbeeldingen")[1]) == 4


@pytest.mark.once
def test_what_was_derived_from_the_database_of_before_goes(file, elsewhere, derived):
    assert [*derived.iterdir()]
    restore(file)
    assert not [*derived.glob("inhoud.*")]


def test_a_process_that_goes_on_takes_nothing_of_before_for_what_is_there_now(
    file, elsewhere
):
    def names() -> set[str]:
        return {aanpak.naam for aanpak in current().all(AanpakDocument)}

    def publish(naam: str) -> None:
        aanpak = Aanpak.objects.order_by("pk")[0]
        aanpak.naam = naam
        aanpak.save()
        factories.publish(aanpak)

    restore(file)
    current = Current()
    publish("Verloren")
    assert "Verloren" in names()
    lost = {*Versie.objects.values_list("pk", flat=True)}
    number = read()
    restore(file, "--leegmaken")
    assert "Verloren" not in names()
    assert read().inhoud > number.inhoud
    assert read().reacties > number.reacties
    publish("Nieuw")
    assert names() & {"Verloren", "Nieuw"} == {"Nieuw"}
    assert lost.isdisjoint(Versie.objects.values_list("pk", flat=True))


@pytest.mark.once
def test_also_a_site_without_versions_gives_none_a_key_of_before(file, elsewhere):
    restore(file)
    last = Versie.objects.order_by("pk").last().pk

    def without_versions(members: Members, manifest: Manifest) -> None:
        for name in [*members]:
            label = name.removeprefix("rijen/").partition("/")[0]
            if label.split(".")[0] not in {"contenttypes", "auth"}:
                del members[name]
        for label, table in manifest.tables.items():
            if label.split(".")[0] not in {"contenttypes", "auth"}:
                table.rows = table.first = table.last = 0

    rewrite(file, without_versions)
    restore(file, "--leegmaken")
    factories.make_aanpak()
    assert Versie.objects.get().pk > last


def test_an_older_backup_is_brought_up_to_date(file, elsewhere):
    def older(members: Members, manifest: Manifest) -> None:
        """As before the last migration that added columns."""
        manifest.migrations["deelname"].remove("0005_abonnement")
        del manifest.tables["deelname.Abonnement"]
        members.pop("rijen/deelname.Abonnement/000001.jsonl", None)
        manifest.migrations["deelname"].remove("0004_inzending_naast_voorbeeld")
        label = "deelname.Inzending"
        added = {"aanpak", "beoordeeld_door", "beoordeeld_op", "link", "naam_voorbeeld"}
        added |= {"omschrijving", "reden", "status"}
        table = manifest.tables[label]
        stay = [
            place
            for place, column in enumerate(table.columns)
            if column.removesuffix("_id") not in added
        ]
        assert len(table.columns) - len(stay) == len(added)
        table.columns[:] = [table.columns[place] for place in stay]
        name = f"rijen/{label}/000001.jsonl"
        rows = members.pop(name, b"").splitlines()
        if rows:
            members[name] = b"".join(
                tables.encode([values[place] for place in stay])
                for values in map(tables.decode, rows)
            )

    rewrite(file, older)
    restore(file)
    call_command("migrate", check_unapplied=True, verbosity=0)
    assert Aanpak.objects.gepubliceerd().count() == 21
    assert Publicatie.objects.count() == read_rows("wholes_publicatie")
    factories.make_aanpak()


def read_rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]


# Or nothing


def refused(file: Path, match: str, *options: str) -> None:
    before = table_names()
    with pytest.raises(CommandError, match=f"Er is niets veranderd: .*{match}"):
        restore(file, *options)
    assert table_names() == before


def test_a_database_with_something_in_it_is_left_alone(file):
    number = read()
    refused(file, r"niet leeg.*--leegmaken")
    assert read() == number


@pytest.mark.once
def test_a_damaged_file_changes_nothing(file, elsewhere):
    file.write_bytes(file.read_bytes()[:-5])
    refused(file, "beschadigd")
    assert table_names() == []


@pytest.mark.once
def test_a_file_of_newer_code_changes_nothing(file, elsewhere):
    def newer(members: Members, manifest: Manifest) -> None:
        manifest.migrations["core"].append("0999_later")

    rewrite(file, newer)
    refused(file, r"core\.0999_later.*Werk de site eerst bij")


@pytest.mark.once
def test_other_columns_than_its_migrations_say_change_nothing(file, elsewhere):
    def strange(members: Members, manifest: Manifest) -> None:
        manifest.tables["core.Bron"].columns[1] = "anders"

    rewrite(file, strange)
    refused(file, "beschadigd")


def test_a_row_that_names_what_is_not_there_changes_nothing(file, elsewhere):
    def without_aanpakken(members: Members, manifest: Manifest) -> None:
        del members["rijen/aanpakken.Aanpak/000001.jsonl"]
        manifest.tables["aanpakken.Aanpak"].rows = 0

    rewrite(file, without_aanpakken)
    refused(file, "werd niet aangenomen")


@pytest.mark.once
@pytest.mark.parametrize("name", ["../../weg.png", "/etc/weg.png", "a/../../weg.png"])
def test_a_picture_that_leads_elsewhere_changes_nothing(
    file, elsewhere, name, tmp_path, store
):
    rewrite(file, lambda members, _: members.update({f"media/{name}": PICTURE}))
    refused(file, "weg.png")
    assert store.listdir("") == ([], [])


def test_what_fails_near_the_end_leaves_what_there_was(
    file, elsewhere, monkeypatch, store
):
    rewrite(file, lambda members, _: members.update({"media/a.png": PICTURE}))
    restore(file)
    Aanpak.objects.filter(slug="abcd").update(naam="Van nu")
    store.delete("a.png")

    def fail(self: Restoring) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(Restoring, "_renew_number", fail)
    refused(file, "disk full", "--leegmaken")
    assert Aanpak.objects.get(slug="abcd").naam == "Van nu"
    assert not store.exists("a.png")


@pytest.mark.once
def test_what_somebody_left_who_was_killed_goes(file, elsewhere, tmp_path):
    left = tmp_path / f".{places.APART}.abc"
    left.mkdir()
    (left / "wijkwijzer.sqlite3").touch()
    restore(file)
    assert not [*tmp_path.glob(f".{places.APART}*")]


def test_a_second_at_the_same_time_is_refused_and_hurts_no_first(
    file, elsewhere, tmp_path
):
    half = tmp_path / f".{places.APART}.abc"
    half.mkdir()
    begun, done = Event(), Event()

    def first() -> None:
        with transaction.atomic(), places.alone():
            begun.set()
            done.wait(30)
        connections.close_all()

    other = Thread(target=first)
    other.start()
    begun.wait(30)
    refused(file, "wordt al een kopie teruggezet", "--leegmaken")
    done.set()
    other.join()
    assert half.exists()
    restore(file)


def test_the_lock_goes_with_the_transaction(elsewhere):
    """Behind PgBouncer one of a session would stay with whatever connection it was."""
    with (
        CaptureQueriesContext(connection) as asked,
        transaction.atomic(),
        places.alone(),
    ):
        pass
    locks = [q["sql"] for q in asked.captured_queries if "advisory" in q["sql"]]
    assert all("_xact_" in sql for sql in locks)
    assert bool(locks) == (connection.vendor == "postgresql")


def test_who_saves_meanwhile_is_not_ended_by_the_database(file, elsewhere, monkeypatch):
    if connection.vendor != "postgresql":
        # SQLite has one who writes.
        return
    restore(file)
    begun, waits, told = Event(), Event(), []

    def editor() -> None:
        try:
            with transaction.atomic():
                Versie.objects.select_for_update().order_by("pk").first()
                begun.set()
                waits.wait(20)
                # Which comes before it in the alphabet.
                told.append(Aanpak.objects.count())
        finally:
            connections.close_all()

    def again(seconds: float) -> None:
        waits.set()
        sleep(seconds)

    monkeypatch.setattr(places, "sleep", again)
    other = Thread(target=editor)
    other.start()
    begun.wait(20)
    restore(file, "--leegmaken")
    other.join()
    assert told == [21]


def test_who_stops_it_in_time_changes_nothing_and_too_late_is_told_it_is_done(
    file, elsewhere, monkeypatch
):
    def stop(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(restoring, "forget", stop)
    assert "is teruggezet" in restore(file)
    Aanpak.objects.filter(slug="abcd").update(naam="Van nu")

    def half(model: tables.Model, *rest: Any) -> int:
        count = write_rows(model, *rest)
        # Its rows name others that are not there yet: the database says so as well.
        if model._meta.db_table == "aanpakken_trefwoordkoppeling":
            stop()
        return count

    write_rows = tables.write_rows
    monkeypatch.setattr(tables, "write_rows", half)
    refused(file, "terugzetten is gestopt", "--leegmaken")
    assert Aanpak.objects.get(slug="abcd").naam == "Van nu"


@pytest.mark.once
def test_only_checking_changes_nothing(file, elsewhere):
    assert "is in orde" in restore(file, "--alleen-controleren")
    assert table_names() == []
