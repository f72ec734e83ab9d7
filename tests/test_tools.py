"""The tools around the code: locks, and one version in every file that names it."""

from __future__ import annotations

import re
import shutil
import tomllib

import pytest
import yaml
from django.conf import settings

import wijkwijzer
from tests.tools import locks


@pytest.fixture
def copy(tmp_path):
    """A folder with the files that the locks are about, to damage."""
    for name in ("pyproject.toml", *locks.LOCKS):
        shutil.copy(settings.BASE_DIR / name, tmp_path)
    return tmp_path


def test_the_locks_are_in_step_and_name_no_address():
    assert locks.problems() == []


def test_a_new_dependency_without_a_new_lock_is_noticed(copy):
    file = copy / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("granian>=2.8", "granian>=99.0"), encoding="utf-8")
    assert [line.split()[0] for line in locks.problems(copy)] == list(locks.LOCKS)


def test_an_address_in_a_lock_is_noticed(copy):
    file = copy / "requirements.lock"
    with file.open("a", encoding="utf-8") as handle:
        handle.write("--index-url https://packages.example/\n")
    assert locks.problems(copy) == [
        "requirements.lock names an address; a lock has versions and hashes"
    ]


def test_every_file_that_names_a_version_names_the_same():
    root = settings.BASE_DIR
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    publiccode = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d\S*)", changelog, re.MULTILINE)
    assert newest
    assert {
        pyproject["project"]["version"],
        publiccode["softwareVersion"],
        newest[1],
    } == {wijkwijzer.__version__}
