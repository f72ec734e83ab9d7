"""What a project of a government says of itself: complete, and true."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
# Of the standard, version 0.7: what has to be there, and what others look for.
KEYS = {
    *("publiccodeYmlVersion", "name", "url", "softwareVersion", "releaseDate", "logo"),
    *("platforms", "categories", "developmentStatus", "softwareType", "description"),
    *("intendedAudience", "legal", "maintenance", "localisation", "dependsOn"),
}
DOCUMENTS = ["SECURITY.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "README.md"]


def test_publiccode_has_every_key_of_the_standard():
    assert {*PUBLICCODE} >= KEYS
    assert PUBLICCODE["maintenance"]["contacts"][0]["email"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_the_site_in_dutch_and_english(language):
    text = PUBLICCODE["description"][language]
    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"]


def test_every_file_that_publiccode_names_is_there():
    named = [PUBLICCODE["logo"]]
    for text in PUBLICCODE["description"].values():
        named += text["screenshots"]
    assert len(named) > 4
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_licence_of_publiccode_is_that_of_the_code():
    assert PUBLICCODE["legal"]["license"] == "EUPL-1.2"
    text = (ROOT / "LICENSE").read_bytes()
    assert (ROOT / "LICENSES" / "EUPL-1.2.txt").read_bytes() == text
    font = (ROOT / "static" / "fonts" / "OFL.txt").read_bytes()
    assert (ROOT / "LICENSES" / "OFL-1.1.txt").read_bytes() == font


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_and_command_that_a_document_names_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for path in re.findall(r"`((?:[\w.-]+/)*[\w.-]+\.(?:md|yml|toml|py))`", text):
        assert (ROOT / path).exists() or any(ROOT.rglob(path)), path
