"""A large catalogue is built once for all workers, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests import factories
from wijkwijzer.memory.large import BuildError, build_apart, is_large
from wijkwijzer.memory.large.shared import load
from wijkwijzer.memory.models import Nummersoort
from wijkwijzer.memory.number import raise_number, read, read_changes
from wijkwijzer.wholes.base import Base, build_base
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.records import Record

ROOT = Path(configured.BASE_DIR)

# What a worker does: answer a page, and again whenever it is told to.
WORKER = """
import json, sys, time
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from django.test import Client
from wijkwijzer.wholes.current import current_stand

def tell(base):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page = Client().get("/aanpakken/?thema=verbinding", SERVER_NAME="localhost")
        built = current_stand.state[0].changes.number
        if built >= base:
            break
        time.sleep(0.3)
    print(json.dumps({
        "aantal": page.context["aantal"],
        "totaal": page.context["totaal"],
        "number": current_stand.in_use.number,
        "base": built,
    }), flush=True)

tell(0)
for line in sys.stdin:
    tell(int(line))
"""


class Workers:
    """Two processes of one site, each with a page to tell of."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", WORKER],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]

    def told(self) -> dict[str, Any]:
        """What both of them say."""
        first, second = (json.loads(p.stdout.readline()) for p in self.processes)
        assert first == second
        return first

    def ask(self, base: int = 0) -> dict[str, Any]:
        """The same, with a base of that number at least."""
        for process in self.processes:
            process.stdin.write(f"{base}\n")
            process.stdin.flush()
        return self.told()

    def stop(self) -> None:
        for process in self.processes:
            process.stdin.close()
            process.stdout.close()
            process.wait(60)


@pytest.fixture
def workers(own_connections, tmp_path) -> Iterator[Workers]:
    """Of a site that counts as large, with the database of this test."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        # Where the process is, and not where it lets another build.
        "VAR_DIR": ".",
        "APART_BOUWEN_VANAF": "1",
        "DATABASE_URL": "",
    }
    if connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"].rpartition("/")[0]
        environment["DATABASE_URL"] = f"{address}/{connection.settings_dict['NAME']}"
    workers = Workers(tmp_path, environment)
    yield workers
    workers.stop()


@pytest.mark.long
def test_two_workers_share_one_build_and_see_each_change(workers, tmp_path):
    def files() -> dict[str, int]:
        found = (tmp_path / "catalogus").glob("inhoud.*")
        return {file.name: file.stat().st_ino for file in found}

    first = workers.told()
    assert first["totaal"] == 21
    assert 0 < first["aantal"] < 21
    built = files()
    assert len(built) == 2, "the file and its lock"

    aanpak = factories.make_aanpak()
    changed = workers.ask()
    assert changed["totaal"] == 22
    assert changed["base"] == first["base"], "a small change is laid over it"
    assert files() == built

    factories.withdraw(aanpak)
    raise_number(Nummersoort.INHOUD, Publicatie._meta.db_table)
    renewed = workers.ask(base=read().inhoud)
    assert renewed["totaal"] == 21
    assert renewed["number"] == renewed["base"] == read().inhoud
    now = files()
    assert len(now) == 2
    (new,) = now.keys() - built.keys()
    assert new.startswith(f"inhoud.{read().inhoud}.")


# The parts, in this process


@pytest.fixture
def folder(settings, tmp_path, monkeypatch) -> Path:
    settings.VAR_DIR = tmp_path
    # The command steps back for readers; this process has more tests to run.
    monkeypatch.setattr(os, "nice", lambda more: 0)
    return tmp_path / "catalogus"


def records_of(base: Base) -> dict[str, list[Record]]:
    return {
        soort: [kind.table[position] for position in range(len(kind.table))]
        for soort, kind in base.kinds.items()
    }


def test_the_command_keeps_what_a_worker_would_build(inhoud, folder):
    call_command("bouw_catalogus")
    (file,) = folder.glob("inhoud.*")
    built, kept = build_base(timezone.localdate()), load(file)
    assert kept.changes == built.changes == read_changes()
    assert (kept.day, kept.words, kept.stamps) == (built.day, built.words, built.stamps)
    assert records_of(kept) == records_of(built)


@pytest.mark.long
def test_a_file_is_for_one_number_and_one_day(inhoud, folder):
    for day in ("2026-11-01", "2026-01-11"):
        call_command("bouw_catalogus", "--dag", day)
    factories.make_doelgroep()
    call_command("bouw_catalogus", "--dag", "2026-11-01")
    files = [load(file) for file in folder.glob("inhoud.*")]
    number = read().inhoud
    assert {(base.changes.number, base.day) for base in files} == {
        (number - 1, date(2026, 11, 1)),
        (number - 1, date(2026, 1, 11)),
        (number, date(2026, 11, 1)),
    }


@pytest.mark.parametrize(("records", "large"), [(20, False), (21, True)])
def test_more_than_so_many_records_are_large(settings, records, large):
    settings.APART_BOUWEN_VANAF = 20
    assert is_large(records) is large


def test_a_process_that_fails_is_an_error_that_says_which(folder, capfd):
    with pytest.raises(BuildError, match=r"bouw_iets --dag 2026-11-01: code 1"):
        build_apart("bouw_iets", "--dag", "2026-11-01")
    assert "bouw_iets" in capfd.readouterr().err
