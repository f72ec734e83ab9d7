"""Files that all processes of a machine share."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pickle import PickleBuffer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.core import opslag
from wijkwijzer.core.opslag import bewaar, gedeeld, laad, pad_van


class Heavy:
    """Something with buffers of any size, as a list of bytes."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts

    def __reduce_ex__(self, protocol):
        return Heavy, ([PickleBuffer(part) for part in self.parts],)


@given(st.lists(st.binary()), st.text())
def test_what_was_kept_is_read_back(tmp_path_factory, parts, text):
    file = tmp_path_factory.mktemp("opslag") / "x"
    bewaar({"text": text, "heavy": Heavy(parts)}, file)
    found = laad(file)
    assert found["text"] == text
    assert [bytes(part) for part in found["heavy"].parts] == parts
    assert all(part.readonly for part in found["heavy"].parts)


def test_an_array_can_be_read_as_numbers(tmp_path):
    bewaar(Heavy([b"abc", bytes(range(16))]), tmp_path / "x")
    assert len(laad(tmp_path / "x").parts[1].cast("Q")) == 2


def test_only_the_owner_can_read_a_file_and_nothing_else_is_left(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    gedeeld("iets", "1", lambda file: bewaar("a", file))
    folder = tmp_path / "catalogus"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert {file.name for file in folder.iterdir()} == {
        "iets.lock",
        pad_van("iets", "1").name,
    }


def test_a_file_appears_as_a_whole(tmp_path, monkeypatch):
    file = tmp_path / "x"
    bewaar("before", file)

    def stopped(_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(OSError, match="no space"):
        bewaar("after", file)
    assert laad(file) == "before"


def test_many_that_ask_at_once_share_one(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    made: list[str] = []

    def make(file):
        made.append(file.name)
        bewaar(["thing"], file)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: gedeeld("iets", "1", make), range(16)))
    assert found == [["thing"]] * 16
    assert len(made) == 1


def test_only_the_last_of_a_name_stays_and_other_names_are_left_alone(
    tmp_path, settings, monkeypatch
):
    settings.VAR_DIR = tmp_path
    first = gedeeld("iets", "1", lambda file: bewaar(Heavy([b"first"]), file))
    gedeeld("anders", "1", lambda file: bewaar("x", file))
    # What a process left that was stopped while it wrote.
    (tmp_path / "catalogus" / "iets.1.abc.half").touch()
    gedeeld("iets", "2", lambda file: bewaar("y", file))
    assert {file.name for file in (tmp_path / "catalogus").iterdir()} == {
        "iets.lock",
        "anders.lock",
        pad_van("iets", "2").name,
        pad_van("anders", "1").name,
    }
    assert bytes(first.parts[0]) == b"first", "who has the older one keeps it"


def test_other_code_makes_its_own_file(tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    gedeeld("iets", "1", lambda file: bewaar("old code", file))
    monkeypatch.setattr(opslag, "vingerafdruk", lambda: "other")
    assert gedeeld("iets", "1", lambda file: bewaar("new code", file)) == "new code"


def test_the_fingerprint_follows_our_code_and_our_packages(tmp_path, monkeypatch):
    before = opslag.vingerafdruk()
    changed = tmp_path / "module.py"
    changed.write_text("x = 1", encoding="utf-8")
    sources = [*opslag._bronnen()]
    assert {"requirements.lock", "catalogus.py", "stopwoorden.txt"} <= {
        file.name for file in sources
    }
    monkeypatch.setattr(opslag, "_bronnen", lambda: [*sources, changed])
    assert opslag.vingerafdruk.__wrapped__() != before
