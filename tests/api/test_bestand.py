"""A file of everything is made once for what readers see, and kept whole."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep
from types import SimpleNamespace

import pytest

from wijkwijzer.api import bestand
from wijkwijzer.api.bestand import bewaard_bestand
from wijkwijzer.memory.large import path_of

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(bestand, "path_of", path_of)


def of(number: int = 1, basis: str = "https://a.example", day: int = 1):
    stand = SimpleNamespace(
        number=number, day=date(2026, 12, day), last_change=lambda: 1.0
    )
    return SimpleNamespace(stand=stand, basis=basis)


class Made:
    """Counts how often it is made."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.times = pieces or (b"een", b"twee"), 0

    def __call__(self):
        self.times += 1
        yield from self.pieces


def ask(made: Made, omgeving=None) -> bytes:
    found = bewaard_bestand("alles", omgeving or of(), made)
    with found.inhoud as content:
        read = content.read()
    assert len(read) == found.grootte
    return read


def kept(folder):
    return sorted((folder / "catalogus").glob("alles.[0-9]*"))


def test_who_asks_again_gets_what_was_made(tmp_path):
    made = Made()
    assert [ask(made), ask(made)] == [b"eentwee"] * 2
    assert made.times == 1
    assert len(kept(tmp_path)) == 1


def test_who_asks_while_it_is_made_waits_for_that():
    made = Made()

    def slowly():
        yield from made()
        sleep(0.3)

    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(ask, slowly) for _ in range(5)]
    assert {answer.result() for answer in answers} == {b"eentwee"}
    assert made.times == 1


@pytest.mark.parametrize(
    "other", [of(number=2), of(basis="https://b.example"), of(day=2)]
)
def test_what_readers_see_now_is_another_file(other):
    ask(Made(b"eerst"))
    assert ask(Made(b"nu"), other) == b"nu"


def test_what_is_of_an_earlier_stand_goes_and_of_another_address_stays(tmp_path):
    for omgeving in (of(), of(basis="https://b.example")):
        ask(Made(), omgeving)
    (tmp_path / "catalogus" / "alles.1.x.y.half").write_bytes(b"stopped")
    assert len(kept(tmp_path)) == 3
    ask(Made(), of(number=2))
    assert [path.name.split(".")[1] for path in kept(tmp_path)] == ["2"]


def test_days_without_a_publication_leave_few_files(tmp_path):
    for day in range(1, 9):
        ask(Made(), of(day=day))
    assert len(kept(tmp_path)) == bestand.MEESTE
    made = Made()
    ask(made, of(day=8))
    assert made.times == 0, "the newest stays"


def test_a_file_that_is_damaged_is_made_anew(tmp_path, caplog):
    made = Made()
    ask(made)
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    with caplog.at_level(logging.WARNING):
        assert ask(made) == b"eentwee"
    assert made.times == 2
    assert "beschadigd" in caplog.text


def test_half_of_a_file_is_never_kept(tmp_path):
    def breaks():
        yield b"half"
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        bewaard_bestand("alles", of(), breaks)
    assert kept(tmp_path) == []


def test_without_room_it_is_made_and_not_kept(tmp_path, monkeypatch, caplog):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bestand, "_bewaar", full)
    made = Made()
    assert ask(made) == b"eentwee"
    assert kept(tmp_path) == []
