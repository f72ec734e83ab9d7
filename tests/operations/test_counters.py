"""Counts that processes share, and what becomes of them when a process ends."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from wijkwijzer.operations.counters import SUFFIX, Counters

pytestmark = pytest.mark.once

OTHER = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(VAR_DIR=Path(sys.argv[1]))
from wijkwijzer.operations.counters import Counters
own = Counters(["a", "b"])
for _ in range(int(sys.argv[2])):
    own.add("a")
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def own():
    return Counters(["a", "b"])


@pytest.fixture
def other(var):
    """Begin another process that counts, and wait until it did."""
    begun = []

    def begin(number: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(var), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        assert process.stdout.readline() == "counted\n"
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def test_what_two_processes_count_is_one_number(own, other):
    own.add("a", 2)
    other(30)
    assert own.totals() == ({"a": 32, "b": 0}, 2)


def test_a_process_that_was_killed_takes_nothing_away(own, other, var):
    process = other(30)
    process.kill()
    process.wait()
    for _ in range(3):
        assert own.totals() == ({"a": 30, "b": 0}, 1)
    assert len([*own.folder.glob(f"*{SUFFIX}")]) == 1


def test_a_process_that_was_forked_counts_for_itself(own):
    own.add("a")
    child = os.fork()
    if not child:  # pragma: no cover
        own.add("a", 10)
        os._exit(0)
    os.waitpid(child, 0)
    assert own.totals()[0]["a"] == 11


def test_other_counters_do_not_mix_with_those_of_before(own):
    own.add("b")
    assert Counters(["b", "a"]).totals()[0] == {"b": 0, "a": 0}


def test_nobody_else_can_read_them(own):
    own.add("a")
    for file in own.folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.folder.stat().st_mode) == 0o700


def test_on_a_full_disk_a_process_counts_for_itself(own, monkeypatch, caplog):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    own.add("a", 3)
    assert own.totals() == ({"a": 3, "b": 0}, 1)
    assert "No space left" in caplog.text
