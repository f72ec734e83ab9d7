"""A large catalogue is built once for all workers, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from aanpakken.catalogus import catalogus
from tests import factories
from wijkwijzer.core import apart
from wijkwijzer.core.apart import BouwError, haal, sleutel_van
from wijkwijzer.core.catalogusversie import PerVersie, huidige_versie, loopt_achter
from wijkwijzer.core.opslag import laad, pad_van

ROOT = Path(configured.BASE_DIR)

# What a worker does: answer a page, and once more after a change that it is told of.
WORKER = """
import json, sys, time
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from django.test import Client
from aanpakken.catalogus import catalogus
from aanpakken.models import Aanpak
from wijkwijzer.core.apart import sleutel_van
from wijkwijzer.core.catalogusversie import huidige_versie, loopt_achter
from wijkwijzer.core.opslag import pad_van
from django.utils import timezone

def tell():
    page = Client().get("/aanpakken/?thema=verbinding", headers={"host": "localhost"})
    index = catalogus()
    pad = pad_van("aanpakken", sleutel_van(huidige_versie(), timezone.localdate()))
    print(json.dumps({
        "aantal": page.context["aantal"],
        "totaal": page.context["totaal"],
        "gezocht": index.zoekindex.zoek.__self__ is index.zoekindex,
        "bestand": pad.stat().st_ino,
        "achter": loopt_achter.get(),
    }), flush=True)

tell()
for _ in sys.stdin:
    tell_after = time.monotonic() + 60
    before = catalogus()
    was_behind = loopt_achter.get()
    while catalogus() is before and time.monotonic() < tell_after:
        time.sleep(0.05)
    loopt_achter.set(was_behind)
    tell()
"""


@pytest.fixture
def site(tmp_path) -> dict[str, str]:
    """The environment of a site with the real content, in a folder of its own."""
    environment = os.environ | {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "APART_BOUWEN_VANAF": "1",
    }
    files = map(str, sorted((ROOT / "fixtures").glob("*.yaml")))
    for command in (["migrate"], ["loaddata", *files]):
        manage(environment, *command, "--verbosity=0")
    return environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "django", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def test_two_workers_share_one_build_and_see_a_change(site, tmp_path):
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER],
            cwd=ROOT,
            env=site,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    def told() -> list[dict]:
        return [json.loads(worker.stdout.readline()) for worker in workers]

    try:
        first, second = told()
        assert first == second
        assert first["totaal"] == 21
        assert 0 < first["aantal"] < 21
        hide = "UPDATE aanpakken_aanpak SET status = 'concept' WHERE slug = 'abcd'"
        manage(site, "shell", "-v0", "-c", sql(hide))
        for worker in workers:
            worker.stdin.write("\n")
            worker.stdin.flush()
        changed, also = told()
    finally:
        for worker in workers:
            worker.stdin.close()
            worker.stdout.close()
            worker.wait(60)
    assert changed == also
    assert changed["totaal"] == 20
    assert changed["achter"], "readers had the older one until the new one was there"
    assert changed["bestand"] != first["bestand"]
    left = [file.name for file in (tmp_path / "catalogus").glob("aanpakken.*")]
    assert len(left) == 2, "the file and its lock"


def sql(statement: str) -> str:
    return f"from django.db import connection as c; c.cursor().execute({statement!r})"


# The parts, in this process


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "catalogus"


def test_the_command_keeps_what_a_worker_would_build(inhoud, folder):
    call_command("bouw_catalogus", "aanpakken")
    (file,) = folder.glob("aanpakken.*")
    built, kept = catalogus(), laad(file)
    assert kept.pks == built.pks
    assert list(kept.slugs) == list(built.slugs)
    assert kept.tellingen({}, kept.alle) == built.tellingen({}, built.alle)
    assert kept.zoekindex.analyse is built.zoekindex.analyse


def test_the_command_leaves_a_file_that_is_there(inhoud, folder, monkeypatch):
    call_command("bouw_catalogus", "aanpakken")
    monkeypatch.setattr(catalogus, "bouw", lambda day: pytest.fail("built again"))
    call_command("bouw_catalogus", "aanpakken")


def test_the_command_knows_no_other_names(folder):
    with pytest.raises(CommandError, match="iets"):
        call_command("bouw_catalogus", "iets")


def test_a_small_catalogue_is_built_where_it_is_used(inhoud, folder):
    PerVersie.vergeet_alles()
    assert len(catalogus().pks) == 21
    assert not list(folder.glob("aanpakken.*"))


def test_a_large_one_is_fetched(inhoud, folder, settings, monkeypatch):
    settings.APART_BOUWEN_VANAF = 20
    PerVersie.vergeet_alles()
    asked: list[tuple] = []
    monkeypatch.setattr(
        "wijkwijzer.core.catalogusversie.haal", lambda *key: asked.append(key)
    )
    PerVersie.vergeet_alles()
    catalogus()
    assert [key[:2] for key in asked] == [("aanpakken", huidige_versie())]
    settings.APART_BOUWEN_VANAF = 21
    factories.make_doelgroep()
    assert len(catalogus().pks) == 21
    assert len(asked) == 1


def test_a_process_that_fails_is_an_error_and_leaves_nothing(folder, capfd):
    with pytest.raises(BouwError, match=r"bouw_catalogus bestaatniet .*: code 1"):
        haal("bestaatniet", 1, date(2026, 11, 1))
    assert "bestaatniet" in capfd.readouterr().err
    assert [file.name for file in folder.iterdir()] == ["bestaatniet.lock"]


def test_a_process_with_other_code_is_an_error(folder, monkeypatch):
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(apart.subprocess, "run", lambda *args, **kwargs: done)
    with pytest.raises(BouwError, match="opnieuw starten"):
        haal("aanpakken", 1, date(2026, 11, 1))


def test_a_failed_build_leaves_readers_what_they_had(inhoud, monkeypatch, caplog):
    answers = iter(["first", BouwError("no"), "second"])
    raised: list[object] = []

    def fetch(*key):
        if isinstance(answer := next(answers), Exception):
            raise answer
        return answer

    monkeypatch.setattr("wijkwijzer.core.catalogusversie.haal", fetch)
    monkeypatch.setattr(PerVersie, "ACHTERGROND_VANAF", 2.0)
    monkeypatch.setattr("threading.excepthook", lambda args: raised.append(args[1]))
    large = PerVersie(lambda day: "never", naam="proef", is_groot=lambda: True)
    try:
        assert large() == "first"
        factories.make_doelgroep()
        for _ in range(2):
            loopt_achter.set(False)
            assert large() == "first"
            assert loopt_achter.get()
            # Until the thread is ready.
            with large._lock:
                pass
        assert large() == "second"
    finally:
        PerVersie._alle.remove(large)
    assert [str(error) for error in raised] == ["no"]
    assert "kon niet opnieuw" in caplog.text


def test_a_file_is_for_one_number_and_one_day(folder):
    keys = {
        sleutel_van(number, day)
        for number in (1, 11)
        for day in (date(2026, 11, 1), date(2026, 1, 11))
    }
    assert len({pad_van("aanpakken", key) for key in keys}) == 4
