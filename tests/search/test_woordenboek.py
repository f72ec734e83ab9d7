"""The words of simplemma, in a file that processes share."""

from __future__ import annotations

import os
from functools import cache

import simplemma
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.memory.large import save
from wijkwijzer.memory.large.shared import load
from wijkwijzer.search import woordenboek
from wijkwijzer.search.woordenboek import Woordenboek

words = st.text(max_size=20)


@given(st.dictionaries(words, words), words)
def test_a_dictionary_in_a_file_is_that_dictionary(tmp_path_factory, plain, other):
    file = tmp_path_factory.mktemp("woordenboek") / "x"
    save(Woordenboek(plain), file)
    for packed in (Woordenboek(plain), load(file)):
        assert packed == plain
        assert packed.get(other) == plain.get(other)
        assert packed.get(other, "else") == plain.get(other, "else")


def test_it_says_what_simplemma_says():
    for word in [
        "kinderen",
        "liep",
        "wijken",
        "buurtbewoners",
        "qzx",
        "Amsterdam",
        "café",
        "naar",
    ]:
        assert woordenboek.lemma(word) == simplemma.lemmatize(word, "nl")
        assert woordenboek.is_woord(word) == simplemma.is_known(word, "nl")


def test_it_is_made_once_and_then_read(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(woordenboek, "_van_simplemma", lambda: Woordenboek({"a": "b"}))
    assert woordenboek._geopend.__wrapped__()[0] == {"a": "b"}
    monkeypatch.setattr(woordenboek, "_van_simplemma", None)
    assert woordenboek._geopend.__wrapped__()[0] == {"a": "b"}


def test_where_nothing_can_be_written_every_process_has_its_own(
    settings, tmp_path, monkeypatch, caplog
):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.touch()
    monkeypatch.setattr(woordenboek, "_van_simplemma", lambda: Woordenboek({"a": "b"}))
    assert woordenboek._geopend.__wrapped__()[0] == {"a": "b"}
    assert "wordt niet gedeeld" in caplog.text


def test_a_file_that_is_cut_off_while_in_use_ends_nobody(
    settings, tmp_path, monkeypatch, caplog
):
    settings.VAR_DIR = tmp_path
    made = Woordenboek({"a": "b"})
    monkeypatch.setattr(woordenboek, "_van_simplemma", lambda: made)
    monkeypatch.setattr(
        woordenboek, "_geopend", cache(woordenboek._geopend.__wrapped__)
    )
    assert woordenboek.woordenboek() == made
    (file,) = (tmp_path / "catalogus").glob("woordenboek.[0-9]*")
    os.truncate(file, 0)
    assert woordenboek.woordenboek()["a"] == "b"
    assert "is veranderd" in caplog.text
    assert file.stat().st_size
