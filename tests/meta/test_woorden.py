"""The words of this site are the same everywhere: in content, pages and programs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.meta.test_quoting import (
    CODE,
    FIXTURES,
    SOURCES,
    TEMPLATES,
    constants,
    name,
    strings,
)

TAG = re.compile(r"<[^>]*>")
# An aanpak and a methode are "hij".
AS_A_WOMAN = re.compile(r"\b(?:aanpak|methode)\b[^.:!?]*\b(?:zij|haar)\b")
# Here it is what a woman advises who spoke of an aanpak.
OF_A_SPEAKER = "aanpak, is haar"
# "55+ wooncomplex", "8 tot en met 12 jaar".
AGE_OTHERWISE = re.compile(r"\d\+-\w+|\bt/m\b|\d ?[-–] ?\d+ jaar|\d+-jarige")


def told(file: Path) -> Iterator[str]:
    """Every text of a file of content, a template or a program."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".yaml":
        yield from (TAG.sub(" ", part) for part in strings(yaml.safe_load(text)))
    elif file.suffix == ".html":
        yield CODE.sub(" ", text)
    else:
        yield from constants(ast.parse(text))


def test_an_aanpak_is_hij_everywhere():
    found = [
        (name(file), words)
        for file in (*FIXTURES, *TEMPLATES, *SOURCES)
        for text in told(file)
        for words in AS_A_WOMAN.findall(text)
        if not words.endswith(OF_A_SPEAKER)
    ]
    assert found == []


def test_an_age_is_written_in_one_way():
    found = [
        (name(file), words)
        for file in FIXTURES
        for text in told(file)
        for words in AGE_OTHERWISE.findall(text)
    ]
    assert found == []
