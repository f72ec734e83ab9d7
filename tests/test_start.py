"""`make start`: everything once, nothing over what an editor changed."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.db import OperationalError

from wijkwijzer.core.management.commands import start


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
        start, "call_command", lambda name, *args, **kwargs: commands.append(name)
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


def test_the_editor_may_change_content_but_no_accounts(prepare):
    prepare()
    user = User.objects.get(username="redacteur")
    assert user.is_staff
    assert not user.is_superuser
    for model in (m for m in apps.get_models() if m._meta.app_label == "aanpakken"):
        name = model._meta.model_name
        for action in ("add", "change", "delete", "view"):
            assert user.has_perm(f"aanpakken.{action}_{name}")
    assert not user.has_module_perms("auth")


def test_a_second_start_does_nothing(prepare, loaded):
    prepare()
    loaded.clear()
    assert prepare() == ""
    assert loaded == []


def test_a_second_start_keeps_a_changed_password_and_a_removed_right(prepare, var):
    prepare()
    user = User.objects.get(username="redacteur")
    user.set_password("een ander wachtwoord")
    user.save()
    group = Group.objects.get(name="Redactie")
    group.permissions.clear()
    before = (var / "redacteur.txt").read_bytes()

    prepare()

    user.refresh_from_db()
    assert user.check_password("een ander wachtwoord")
    assert not group.permissions.exists()
    assert (var / "redacteur.txt").read_bytes() == before


def test_content_is_loaded_into_an_empty_database_only(prepare, loaded, monkeypatch):
    monkeypatch.setattr(start, "has_content", lambda: True)
    prepare()
    assert "loaddata" not in loaded

    monkeypatch.setattr(start, "has_content", lambda: False)
    prepare()
    assert loaded.count("loaddata") == 1


def test_what_an_editor_changed_survives_a_start(inhoud, prepare):
    model = apps.get_model("aanpakken", "Aanpak")
    aanpak = model.objects.first()
    others = model.objects.exclude(pk=aanpak.pk).count()
    model.objects.filter(pk=aanpak.pk).update(naam="Door de redactie gewijzigd")

    assert start.has_content()
    prepare()

    aanpak.refresh_from_db()
    assert aanpak.naam == "Door de redactie gewijzigd"
    assert model.objects.exclude(pk=aanpak.pk).count() == others


def test_fixtures_are_loaded_in_the_order_of_their_names():
    names = [file.name for file in start.content_files()]
    assert names
    assert names == sorted(names)


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


def test_a_database_out_of_reach_is_a_message_and_not_a_traceback(prepare, monkeypatch):
    def fail(connection):
        raise OperationalError("connection refused")

    monkeypatch.setattr(start, "MigrationExecutor", fail)
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
