"""Files that all processes of a machine share."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from pickle import PickleBuffer
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.memory.large.shared import (
    DamagedError,
    Held,
    fingerprint,
    load,
    newest,
    path_of,
    save,
)
from wijkwijzer.memory.large.shared import (
    shared as shared_with_file,
)

# Not what its package calls by this name.
module = import_module("wijkwijzer.memory.large.shared")

DAY, TOMORROW = "2026-11-28", "2026-11-29"


class Heavy:
    """Something with buffers of any size, as a list of bytes."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts

    def __reduce_ex__(self, protocol):
        return Heavy, ([PickleBuffer(part) for part in self.parts],)


def shared(name: str, key: str, make: Callable[[Path], None]) -> Any:
    return shared_with_file(name, key, make)[0]


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "catalogus"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


# One file


@given(st.lists(st.binary()), st.text())
def test_what_was_kept_is_read_back(tmp_path_factory, parts, text):
    file = tmp_path_factory.mktemp("shared") / "x"
    save({"text": text, "heavy": Heavy(parts)}, file)
    found = load(file)
    assert found["text"] == text
    assert [bytes(part) for part in found["heavy"].parts] == parts
    assert all(part.readonly for part in found["heavy"].parts)


def test_an_array_can_be_read_as_numbers(tmp_path):
    save(Heavy([b"abc", bytes(range(16))]), tmp_path / "x")
    assert len(load(tmp_path / "x").parts[1].cast("Q")) == 2


def test_a_file_appears_as_a_whole(tmp_path, monkeypatch):
    file = tmp_path / "x"
    save("before", file)

    def stopped(_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(OSError, match="no space"):
        save("after", file)
    assert load(file) == "before"
    assert names(tmp_path) == {"x"}, "nothing of it fills the disk"


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "one bit":
        content[-9] ^= 1
    elif how == "cut off":
        del content[len(content) // 2 :]
    elif how == "empty":
        content.clear()
    else:
        content[:16] = bytes(16)
    file.write_bytes(content)


damages = pytest.mark.parametrize("how", ["one bit", "cut off", "empty", "no head"])


@damages
def test_a_damaged_file_is_an_error(tmp_path, how):
    file = tmp_path / "x"
    save(Heavy([bytes(range(200))]), file)
    damage(file, how)
    with pytest.raises(DamagedError):
        load(file)


class Strange:
    """Something that only other code can read."""

    def __reduce__(self):
        return _gone, ()


def _gone() -> None:
    raise LookupError("code of another version")


def test_a_file_that_cannot_be_understood_is_a_damaged_one(tmp_path):
    save(Strange(), tmp_path / "x")
    with pytest.raises(DamagedError):
        load(tmp_path / "x")


# While it is in use


def cut_off(file: Path) -> None:
    os.truncate(file, 0)


def write_in(file: Path) -> None:
    with file.open("r+b") as there:
        there.write(b"something else")


def replace(file: Path) -> None:
    save("another", file)


@pytest.mark.parametrize(
    ("happens", "intact"),
    [(cut_off, False), (write_in, False), (replace, True), (Path.unlink, True)],
)
def test_who_has_a_file_in_use_knows_whether_it_is_still_what_it_was(
    tmp_path, happens, intact
):
    file = tmp_path / "x"
    save("thing", file)
    held = Held(file)
    assert held.is_intact()
    # As a clock with coarse steps would have it.
    os.utime(file, ns=(1, 1))
    held = Held(file)
    happens(file)
    assert held.is_intact() is intact


def resident(file: Path) -> int:
    """Bytes of a file that are memory of this process."""
    found = 0
    mappings = Path("/proc/self/smaps").read_text().split("VmFlags:")
    for mapping in mappings:
        if str(file) in mapping:
            found += int(re.search(r"Rss:\s+(\d+) kB", mapping)[1]) * 1024
    return found


def test_only_what_is_looked_at_is_memory_of_a_process_until_it_lets_go(folder):
    size = 4 << 20
    thing, held = shared_with_file(
        "iets", "1", lambda file: save(Heavy([bytes(size)]), file)
    )
    file, (part,) = path_of("iets", "1"), thing.parts
    assert resident(file) < size / 10
    assert bytes(part) == bytes(size)
    assert resident(file) >= size
    held.let_go()
    assert resident(file) < size / 10
    assert bytes(part) == bytes(size), "it is still there"


# One thing for a key


def test_only_the_owner_can_read_a_file_and_nothing_else_is_left(folder, no_umask):
    shared("iets", "1", lambda file: save("a", file))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert names(folder) == {"iets.lock", path_of("iets", "1").name}


def test_many_that_ask_at_once_share_one(folder):
    made: list[str] = []

    def make(file):
        made.append(file.name)
        save(["thing"], file)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: shared("iets", "1", make), range(16)))
    assert found == [["thing"]] * 16
    assert len(made) == 1


@damages
def test_what_is_damaged_is_made_anew(folder, how, caplog):
    shared("iets", "1", lambda file: save(Heavy([b"first" * 9]), file))
    damage(path_of("iets", "1"), how)
    assert shared("iets", "1", lambda file: save("second", file)) == "second"
    assert "beschadigd" in caplog.text


def test_only_the_last_of_a_name_stays_and_other_names_are_left_alone(folder):
    first = shared("iets", "1", lambda file: save(Heavy([b"first"]), file))
    shared("anders", "1", lambda file: save("x", file))
    # What a process left that was stopped while it wrote.
    (folder / "iets.1.abc.half").touch()
    shared("iets", "2", lambda file: save("y", file))
    assert names(folder) == {
        "iets.lock",
        "anders.lock",
        path_of("iets", "2").name,
        path_of("anders", "1").name,
    }
    assert bytes(first.parts[0]) == b"first", "who has the older one keeps it"


def test_other_code_makes_its_own_file(folder, monkeypatch):
    shared("iets", "1", lambda file: save("old code", file))
    monkeypatch.setattr(module, "fingerprint", lambda: "other")
    assert shared("iets", "1", lambda file: save("new code", file)) == "new code"


# The newest of a number that only rises


class Site:
    """What a process of its own builds: of the number that there is by then."""

    def __init__(self, number: int, day: str = DAY) -> None:
        self.number, self.day, self.built = number, day, 0

    def build(self) -> None:
        self.built += 1
        save(["thing of", self.number], self.file(self.number))

    def file(self, number: int) -> Path:
        return path_of("iets", f"{number}.{self.day}")

    def ask(self, number: int) -> list:
        return newest("iets", self.day, number, self.build)[0]


@pytest.fixture
def site(folder) -> Site:
    return Site(5)


def test_a_thing_is_made_once_for_a_number(site):
    assert site.ask(5) == site.ask(5) == ["thing of", 5]
    assert site.built == 1


def test_who_asks_for_an_older_number_gets_the_newer_and_leaves_it(site, folder):
    site.number = 6
    site.ask(6)
    assert site.ask(5) == ["thing of", 6]
    assert site.built == 1
    assert names(folder) == {"iets.lock", site.file(6).name}


def test_a_higher_number_makes_it_anew_and_removes_the_older(site, folder):
    first = site.ask(5)
    site.number = 10
    assert site.ask(6) == ["thing of", 10]
    assert names(folder) == {"iets.lock", site.file(10).name}
    assert first == ["thing of", 5]


def test_ten_is_more_than_nine(site):
    for number in (9, 10):
        site.number = number
        site.build()
    assert site.ask(9) == ["thing of", 10]


def test_a_day_has_its_own_and_the_day_before_goes(site, folder):
    site.ask(5)
    later = Site(5, TOMORROW)
    assert later.ask(5) == ["thing of", 5]
    assert later.built == 1
    assert names(folder) == {"iets.lock", later.file(5).name}


def test_who_still_has_the_day_before_leaves_the_one_of_today(site, folder):
    today = Site(5, TOMORROW)
    today.ask(5)
    site.ask(5)
    today.ask(5)
    assert today.built == 1


def test_who_still_has_older_code_leaves_what_newer_code_made_later(
    site, folder, monkeypatch
):
    site.ask(5)
    with monkeypatch.context() as newer:
        newer.setattr(module, "fingerprint", lambda: "newer")
        site.number = 6
        site.ask(6)
        later = site.file(6)
    site.number = 5
    site.ask(5)
    assert later.exists()


def test_what_was_half_written_and_what_other_code_made_before_is_removed(
    site, folder, monkeypatch
):
    with monkeypatch.context() as older:
        older.setattr(module, "fingerprint", lambda: "older")
        site.ask(5)
    (folder / f"{site.file(5).name}.abc.half").touch()
    site.ask(5)
    assert names(folder) == {"iets.lock", site.file(5).name}


@damages
def test_the_newest_is_made_anew_when_it_is_damaged(site, how, folder, caplog):
    site.ask(5)
    damage(site.file(5), how)
    # Meanwhile the number rose: what is built then is not of the number before.
    site.number = 7
    assert site.ask(5) == ["thing of", 7]
    assert "beschadigd" in caplog.text
    assert names(folder) == {"iets.lock", site.file(7).name}


def test_what_is_made_too_old_or_not_at_all_is_an_error(site):
    with pytest.raises(DamagedError, match="iets at 6"):
        site.ask(6)
    with pytest.raises(DamagedError, match="anders at 5"):
        newest("anders", DAY, 5, lambda: None)


def test_many_that_ask_for_the_newest_at_once_share_one(site):
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(site.ask, [5] * 16))
    assert found == [["thing of", 5]] * 16
    assert site.built == 1


def test_what_was_half_written_goes_before_anything_is_built(site, folder):
    half = folder / f"{site.file(5).name}.abc.half"
    half.touch()
    there: list[bool] = []
    newest("iets", DAY, 5, lambda: (there.append(half.exists()), site.build()))
    assert there == [False]


@pytest.mark.parametrize("what", ["the file", "its lock"])
def test_what_is_no_file_of_ours_makes_room(site, folder, what):
    site.ask(5)
    there = site.file(5) if what == "the file" else folder / "iets.lock"
    there.unlink()
    (there / "deep").mkdir(parents=True)
    assert site.ask(5) == ["thing of", 5]
    assert there.is_file()


def test_what_cannot_be_removed_is_told_and_stops_nobody(
    site, folder, monkeypatch, caplog
):
    site.ask(5)
    site.number = 6

    def refuse(self: Path, missing_ok: bool) -> None:
        raise PermissionError(str(self))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert site.ask(6) == ["thing of", 6]
    assert "niet weg te halen" in caplog.text


def test_a_folder_that_others_can_enter_is_closed_to_them(site, folder):
    """Who can put a file there decides what is run."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)
    site.ask(5)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


# The code that made it


def test_the_fingerprint_follows_our_code_and_our_packages(tmp_path, monkeypatch):
    before = fingerprint()
    changed = tmp_path / "module.py"
    changed.write_text("x = 1", encoding="utf-8")
    sources = [*module._sources()]
    assert {"requirements.lock", "stand.py", "whole.py", "stopwoorden.txt"} <= {
        file.name for file in sources
    }
    monkeypatch.setattr(module, "_sources", lambda: [*sources, changed])
    assert fingerprint.__wrapped__() != before


def test_the_fingerprint_is_of_the_code_that_runs_and_not_of_the_disk_later(
    monkeypatch, tmp_path
):
    fingerprint.cache_clear()
    apps.get_app_config("memory").ready()
    of_the_start = fingerprint.__wrapped__()
    # Another version is put on the disk while this process runs.
    deployed = tmp_path / "module.py"
    deployed.write_text("x = 2", encoding="utf-8")
    monkeypatch.setattr(module, "_sources", lambda: [deployed])
    assert fingerprint() == of_the_start
