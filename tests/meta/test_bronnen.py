"""Our sentences are our own: facts of a source carry over, its wording does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tests.meta.test_quoting import CODE, TEMPLATES, constants, name
from tests.meta.test_quoting import SOURCES as PROGRAMS

# So many words in a row are no coincidence.
RUN = 8
CONTENT = sorted((settings.BASE_DIR / "fixtures").glob("*/*.yaml"))
# The sources are not ours to publish: they lie beside the project, or are not there.
SOURCES = sorted((settings.BASE_DIR.parent / "shared" / "bronnen").glob("*.txt"))

NAMES = {
    "naam",
    "databanknaam",
    "naamvarianten",
    "varianten",
    "sorteernaam",
    "titel",
    "label",
}
# What a source calls itself and its parts, and what we quote as its error.
QUOTED = NAMES | {"ondertitel", "bronsecties", "gevonden"}
# A shorter name is part of any sentence about it.
LONG_NAME = 4

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")
ADDRESS_OR_TITLE = re.compile(r"https?://\S+|“[^”]*”")
# Where a name was: no run goes on over it.
BREAK = "\0"

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))


def runs_of(text: str) -> Iterator[Words]:
    words = words_of(text)
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def texts(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a content file, with the field that it stands in."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, key)
    else:
        yield key, data


def read(file: Path) -> list[tuple[str, str]]:
    data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return [*texts(data)]


@cache
def long_names() -> re.Pattern[str]:
    names = {
        text
        for file in CONTENT
        for key, text in read(file)
        if key in NAMES and len(words_of(text)) >= LONG_NAME
    }
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


@cache
def runs_of_sources() -> frozenset[Words]:
    return frozenset(
        run for file in SOURCES for run in runs_of(file.read_text(encoding="utf-8"))
    )


def repeated(text: str, runs: frozenset[Words]) -> list[str]:
    """What ``text`` has from a source; an address and a name may be the same."""
    bare = ADDRESS_OR_TITLE.sub(BREAK, TAG.sub(" ", text))
    pieces = long_names().sub(BREAK, bare).split(BREAK)
    return [" ".join(run) for piece in pieces for run in runs_of(piece) if run in runs]


@pytest.mark.parametrize(
    "file", CONTENT, ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_no_text_repeats_eight_words_in_a_row_of_a_source(file):
    found = [
        (key, run)
        for key, text in read(file)
        if key not in QUOTED
        for run in repeated(text, runs_of_sources())
    ]
    assert found == []


def test_no_page_or_program_repeats_eight_words_in_a_row_of_a_source():
    found = [
        (name(file), run)
        for file in (*TEMPLATES, *PROGRAMS)
        for text in told_by(file)
        for run in repeated(text, runs_of_sources())
    ]
    assert found == []


def told_by(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        return [CODE.sub(" ", text)]
    return [*constants(ast.parse(text))]


# Who does what, in the words of the overview

OVERVIEW = [file for file in SOURCES if file.stem == "wijkwijzer-2024"]
AANPAKKEN = [file for file in CONTENT if file.parent.name == "aanpak"]
# A role that says more than taking part, and what the overview calls it then.
SAID_AS = {"ondersteuner": "ondersteun", "initiatiefnemer": "initi"}


def told_of(aanpak: str) -> str:
    """What the overview says of an aanpak, from its heading to its links."""
    if not OVERVIEW:
        return " ".join(SAID_AS.values())
    text = OVERVIEW[0].read_text(encoding="utf-8").replace("³", "")
    _, _, rest = text.partition(f"\n\n{aanpak}\n\n")
    found, _, _ = rest.partition("Lees meer op")
    assert "Uitvoerders:" in found, aanpak
    return found


@pytest.mark.parametrize("file", AANPAKKEN, ids=lambda file: file.stem)
def test_only_who_the_overview_calls_so_supports_or_begins(file):
    aanpak = yaml.safe_load(file.read_text(encoding="utf-8"))
    text = told_of(aanpak["naam"])
    amiss = [
        part["naam"]
        for part in aanpak["uitvoeringen"]
        if part.get("basis") != "redactioneel"
        and SAID_AS.get(part["rol"], "") not in text
    ]
    assert amiss == []


SOURCE = frozenset(runs_of("Bewoners eten samen in de buurt, en dat is gezellig."))


@pytest.mark.parametrize(
    "text",
    [
        "Weet je: bewoners eten samen, in de buurt. En dat klopt!",
        "<p>Bewoners eten <em>samen</em> in de buurt en dat klopt.</p>",
    ],
)
def test_eight_words_of_a_source_are_noticed_whatever_stands_between(text):
    assert repeated(text, SOURCE) == ["bewoners eten samen in de buurt en dat"]


@pytest.mark.parametrize(
    "text",
    [
        "Bewoners eten samen in de buurt en daarna niet.",
        "Lees “Bewoners eten samen in de buurt en dat is gezellig”.",
        "https://voorbeeld.nl/bewoners-eten-samen-in-de-buurt-en-dat-is-gezellig/",
    ],
)
def test_seven_words_a_quoted_title_and_an_address_may_be_the_same(text):
    assert repeated(text, SOURCE) == []


def test_the_name_of_an_aanpak_may_be_as_long_as_it_is():
    name = "7 bouwstenen voor het opstellen van een buurtagenda"
    assert repeated(f"Gebruik de {name}.", frozenset(runs_of(name))) == []
