"""`make start`: everything once, nothing over what an editor changed."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.db import OperationalError, connection

from kennisdossier.models import Begrip
from tests import factories, html
from wijkwijzer.memory.number import read
from wijkwijzer.web.management import inrichting
from wijkwijzer.web.management.commands import start
from wijkwijzer.wholes.models import Versie

SLUGS = (
    *("leefbaarheid", "methodisch-werken"),
    *("positieve-gezondheid", "narratieve-buurt"),
)
CONTENT_APPS = {
    *("core", "wholes", "search", "interventies", "aanpakken", "kennisdossier"),
    *("deelname", "taggit"),
}


@pytest.fixture
def var(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    return settings.VAR_DIR


@pytest.fixture
def prepare(db, var):
    """Run all steps but the server; return what the user read."""

    def run() -> str:
        output = StringIO()
        start.Command(stdout=output).prepare()
        return output.getvalue()

    return run


@pytest.fixture
def loaded(monkeypatch) -> list[str]:
    """Note the commands that run instead of running them."""
    commands: list[str] = []
    monkeypatch.setattr(
        inrichting, "call_command", lambda name, *args, **kwargs: commands.append(name)
    )
    return commands


def password_in(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("wachtwoord: ")[1].strip()


def test_the_first_start_makes_an_editor_whose_password_only_the_owner_can_read(
    prepare, var, client
):
    output = prepare()
    file = var / "redacteur.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    assert password_in(file) in output
    assert client.login(username="redacteur", password=password_in(file))


def test_the_first_account_has_every_role_but_is_no_superuser(prepare):
    prepare()
    user = User.objects.get(username="redacteur")
    assert user.is_staff
    assert not user.is_superuser
    for model in (m for m in apps.get_models() if m._meta.app_label == "aanpakken"):
        name = model._meta.model_name
        for action in ("add", "change", "delete", "view"):
            assert user.has_perm(f"aanpakken.{action}_{name}")
    assert user.has_perm("wholes.publiceren")
    assert user.has_perm("auth.change_user")


def test_a_second_start_does_nothing(prepare, loaded):
    prepare()
    loaded.clear()
    assert prepare() == ""
    assert loaded == []


def test_a_second_start_says_where_the_account_is(db, var, loaded, monkeypatch):
    monkeypatch.setattr(start, "read_port", lambda text: 8000)
    monkeypatch.setattr(start, "serve", lambda port: None)
    where = f"Het proefaccount voor /admin/ staat in {var / 'redacteur.txt'}."
    said = [StringIO(), StringIO()]
    for output in said:
        start.Command(stdout=output).handle()
    assert [where in output.getvalue() for output in said] == [False, True]


def test_a_second_start_keeps_a_changed_password_and_a_removed_right(prepare, var):
    prepare()
    user = User.objects.get(username="redacteur")
    user.set_password("een ander wachtwoord")
    user.save()
    user.groups.remove(Group.objects.get(name="Beheerder"))
    before = (var / "redacteur.txt").read_bytes()

    prepare()

    user.refresh_from_db()
    assert user.check_password("een ander wachtwoord")
    assert not user.groups.filter(name="Beheerder").exists()
    assert (var / "redacteur.txt").read_bytes() == before


# The content


@pytest.fixture
def empty(inhoud) -> None:
    """The database without any content, as after the first migration."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in CONTENT_APPS
    ]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A few files with content, of which begrippen name a bron."""
    folder = tmp_path / "fixtures"
    for name in ("woordenlijsten/bron", *(f"begrip/{slug}" for slug in SLUGS)):
        file = folder / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(settings.BASE_DIR / "fixtures" / f"{name}.yaml", file)
    monkeypatch.setattr(inrichting, "CONTENT", folder)
    return folder


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def definition_in(client, slug: str) -> str:
    document = html.read(client.get(f"/begrippen/{slug}/").content)
    return document.one("main").text


def test_content_is_loaded_into_an_empty_database(
    empty, folder, prepare, loaded, client
):
    assert not inrichting.has_content()
    assert "De inhoud wordt geladen" in prepare()
    assert {*Begrip.objects.gepubliceerd().values_list("slug", flat=True)} == {*SLUGS}
    for slug in SLUGS:
        assert client.get(f"/begrippen/{slug}/").status_code == 200


def test_a_second_start_loads_nothing(empty, folder, prepare, loaded):
    prepare()
    number, versions = read(), Versie.objects.count()
    assert prepare() == ""
    assert (read(), Versie.objects.count()) == (number, versions)


def test_after_a_change_in_the_files_only_what_no_editor_changed_is_loaded(
    empty, folder, prepare, loaded, client
):
    prepare()
    ours, editors, removed, withdrawn = SLUGS
    begrip = Begrip.objects.get(slug=editors)
    begrip.definitie = "Door de redactie geschreven."
    begrip.save()
    factories.publish(begrip)
    Begrip.objects.get(slug=removed).delete()
    factories.withdraw(Begrip.objects.get(slug=withdrawn), "Niemand zegt dit nog.")
    for slug in SLUGS:
        rewrite(folder / "begrip" / f"{slug}.yaml", "definitie: ", "definitie: Nieuw. ")
    (folder / "begrip" / "nieuw.yaml").write_text(
        f"gepubliceerd_op: '2026-11-28T09:00:00Z'\nuuid: {uuid4()}\n"
        "slug: nieuw\nnaam: nieuw\ndefinitie: Net bedacht.\n",
        encoding="utf-8",
    )

    output = prepare()

    assert "3 keer veranderde de redactie iets zelf" in output
    assert "Nieuw." in definition_in(client, ours)
    assert "Net bedacht." in definition_in(client, "nieuw")
    assert "Door de redactie geschreven." in definition_in(client, editors)
    assert not Begrip.objects.filter(slug=removed).exists()
    assert client.get(f"/begrippen/{withdrawn}/").status_code == 410
    assert prepare() == ""


def test_what_an_editor_changed_survives_a_start(empty, folder, prepare, loaded):
    prepare()
    begrip = Begrip.objects.get(slug=SLUGS[0])
    Begrip.objects.filter(pk=begrip.pk).update(naam="Door de redactie gewijzigd")
    Begrip.objects.get(slug=SLUGS[1]).delete()
    assert prepare() == ""
    begrip.refresh_from_db()
    assert begrip.naam == "Door de redactie gewijzigd"
    assert Begrip.objects.count() == len(SLUGS) - 1


def test_a_database_that_was_filled_otherwise_is_left_alone(
    empty, folder, prepare, loaded
):
    Begrip.objects.create(naam="Van onszelf", slug="van-onszelf")
    for _ in range(2):
        assert "geladen" not in prepare()
        rewrite(folder / "begrip" / f"{SLUGS[0]}.yaml", "definitie: ", "definitie: Al ")
    assert [begrip.naam for begrip in Begrip.objects.all()] == ["Van onszelf"]


@pytest.mark.parametrize("before", [False, True], ids=["first", "later"])
def test_a_mistake_in_a_file_stops_the_start_with_its_line_and_loads_nothing(
    empty, folder, prepare, loaded, before
):
    if before:
        prepare()
    names = [*Begrip.objects.values_list("naam", "definitie")]
    number = read()
    rewrite(folder / "begrip" / f"{SLUGS[0]}.yaml", "definitie: ", "definitie: Nieuw. ")
    wrong = folder / "begrip" / f"{SLUGS[1]}.yaml"
    line = next(
        n
        for n, text in enumerate(wrong.read_text(encoding="utf-8").split("\n"), start=1)
        if text.startswith("bron: ")
    )
    rewrite(wrong, "bron: ", "bron: bestaat-niet-")
    for _ in range(2):
        with pytest.raises(CommandError) as stopped:
            prepare()
        assert f"begrip/{SLUGS[1]}.yaml, regel {line}: " in str(stopped.value)
        assert "er is niets geladen" in str(stopped.value)
        assert SLUGS[0] not in str(stopped.value)
    assert [*Begrip.objects.values_list("naam", "definitie")] == names
    assert read() == number

    rewrite(wrong, "bron: bestaat-niet-", "bron: ")
    prepare()
    assert Begrip.objects.filter(definitie__startswith="Nieuw.").exists()


# The files of the site


def test_static_files_are_collected_again_only_after_a_change(
    prepare, loaded, settings, tmp_path
):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "site.css").write_text("a {}", encoding="utf-8")
    settings.STATICFILES_DIRS = [folder]

    prepare()
    prepare()
    assert loaded.count("collectstatic") == 1

    (folder / "site.css").write_text("b {}", encoding="utf-8")
    prepare()
    assert loaded.count("collectstatic") == 2


def test_static_files_that_are_gone_are_collected_again(prepare, loaded, settings):
    # Also when somebody was stopped halfway, and the sources are as before again.
    prepare()
    shutil.rmtree(settings.STATIC_ROOT)
    prepare()
    assert loaded.count("collectstatic") == 2


def test_a_database_out_of_reach_is_a_message_and_not_a_traceback(prepare, monkeypatch):
    def fail(connection):
        raise OperationalError("connection refused")

    monkeypatch.setattr(inrichting, "MigrationExecutor", fail)
    with pytest.raises(CommandError, match=r"DATABASE_URL.*connection refused"):
        prepare()


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "80 ", "http", "٨"])
def test_an_odd_port_is_refused_with_an_example(text):
    with pytest.raises(CommandError, match="make start PORT=8001"):
        start.read_port(text)


def test_a_port_in_use_is_refused_with_an_example():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Poort {port} is al in gebruik"):
            start.read_port(str(port))
    assert start.read_port(str(port)) == port


def test_start_becomes_a_web_server_on_this_machine_only(prepare, monkeypatch):
    prepare()
    called: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(start.os, "execve", lambda path, *rest: called.append(rest))
    monkeypatch.setattr(start, "begin_beside", lambda _: None)
    monkeypatch.setattr(start, "read_port", int)
    monkeypatch.setenv("PORT", "8123")

    output = StringIO()
    start.Command(stdout=output).handle()

    assert "http://127.0.0.1:8123/" in output.getvalue()
    ((argv, environment),) = called
    assert environment["PORT"] == "8123"
    assert environment["MALLOC_ARENA_MAX"] == "2"
    assert argv[1:3] == ["-m", "granian"]
    assert argv[argv.index("--host") + 1] == "127.0.0.1"
    assert argv[argv.index("--port") + 1] == "8123"


def django(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new process with only this environment."""
    return subprocess.run(
        [sys.executable, "-c", command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


SHOW = "from wijkwijzer import settings as s; print({})"


def test_without_a_local_start_the_settings_need_a_secret_key(tmp_path):
    done = django(SHOW.format("s.SECRET_KEY"), VAR_DIR=str(tmp_path))
    assert done.returncode
    assert "SECRET_KEY is missing" in done.stderr
    assert not list(tmp_path.iterdir())


def test_served_over_https_the_cookies_and_headers_are_strict():
    done = django(
        SHOW.format("s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.DEBUG")
        + "; print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)",
        SECRET_KEY="k" * 50,
        ALLOWED_HOSTS="wijkwijzer.example",
    )
    assert done.stdout.split("\n")[:2] == [
        "__Host-sessionid True False",
        "31536000 True",
    ]


def test_a_local_start_needs_no_settings_at_all(tmp_path):
    done = django(
        SHOW.format("s.ALLOWED_HOSTS, s.HTTPS, s.DEBUG"),
        LOCAL_START="True",
        VAR_DIR=str(tmp_path),
    )
    assert done.stdout == "['localhost', '127.0.0.1', '[::1]'] False False\n"
    assert (tmp_path / "secret_key").exists()
