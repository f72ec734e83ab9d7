"""What was set is kept whole, within its room, and made by one at a time."""

from __future__ import annotations

from threading import Event

import pytest

from wijkwijzer.publicatie import bewaard
from wijkwijzer.publicatie.bewaard import (
    BezigError,
    DrukError,
    begin,
    bewaar,
    geef,
    lees,
    map_,
)
from wijkwijzer.publicatie.zetten import OnzetbaarError, Opdracht

pytestmark = pytest.mark.once

WAT = Opdracht("overzicht", 0, b"{}")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(bewaard, "_bezig", {})
    monkeypatch.setattr(bewaard, "_mislukt", {})


def never(wat):
    raise AssertionError("it is there already")


def test_what_was_made_is_not_made_again():
    assert geef(WAT, lambda wat: b"%PDF eerste") == b"%PDF eerste"
    assert geef(WAT, never) == b"%PDF eerste"


def test_a_damaged_file_is_made_anew():
    geef(WAT, lambda wat: b"%PDF eerste")
    (file,) = map_().glob("*.bewaard")
    file.write_bytes(file.read_bytes()[:-1])
    assert geef(WAT, lambda wat: b"%PDF tweede") == b"%PDF tweede"


def test_other_words_and_another_time_are_other_files():
    keys = {
        WAT.sleutel,
        Opdracht("blad", 0, b"{}").sleutel,
        Opdracht("overzicht", 1, b"{}").sleutel,
        Opdracht("overzicht", 0, b"[]").sleutel,
        Opdracht("overzicht", 0, b"{}", "docx").sleutel,
    }
    assert len(keys) == 5


def test_who_does_not_wait_long_enough_hears_that_it_is_being_made(monkeypatch):
    monkeypatch.setattr(bewaard, "GEDULD", 0.01)
    go_on = Event()

    def slow(wat):
        go_on.wait(5)
        return b"%PDF"

    with pytest.raises(BezigError):
        geef(WAT, slow)
    werk = bewaard._bezig[WAT.sleutel]
    with pytest.raises(BezigError):
        geef(WAT, never)
    go_on.set()
    werk.join(5)
    assert geef(WAT, never) == b"%PDF"


def test_what_is_made_ahead_is_waited_for_by_nobody_and_refuses_nobody(monkeypatch):
    monkeypatch.setattr(bewaard, "VOORUIT", True)
    monkeypatch.setattr(bewaard, "WACHTENDEN", 0)
    begin(WAT, never)
    monkeypatch.setattr(bewaard, "WACHTENDEN", 1)
    go_on = Event()

    def slow(wat):
        go_on.wait(5)
        return b"%PDF vooruit"

    begin(WAT, slow)
    assert lees(WAT.sleutel) is None
    go_on.set()
    assert geef(WAT, never) == b"%PDF vooruit"
    begin(WAT, never)
    assert not bewaard._bezig


def test_who_comes_when_many_wait_is_sent_away(monkeypatch):
    monkeypatch.setattr(bewaard, "WACHTENDEN", 0)
    with pytest.raises(DrukError):
        geef(WAT, never)


def test_what_failed_is_not_tried_again_at_once(caplog):
    tried = []

    def fails(wat):
        tried.append(wat)
        raise OnzetbaarError

    for _ in range(2):
        with pytest.raises(OnzetbaarError):
            geef(WAT, fails)
    assert len(tried) == 1


def test_what_was_used_longest_ago_makes_room(monkeypatch):
    monkeypatch.setattr(bewaard, "MEESTE", 2)
    for number in range(3):
        bewaar(str(number), b"%PDF")
    assert sum(lees(str(number)) is not None for number in range(3)) == 2
    monkeypatch.setattr(bewaard, "MEESTE_BYTES", 10)
    bewaar("groot", b"%PDF" * 10)
    assert lees("groot") is not None
    assert len([*map_().glob("*.bewaard")]) == 1
