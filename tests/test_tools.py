"""The tools around the code: locks, and one version in every file that names it."""

from __future__ import annotations

import re
import tomllib

import yaml
from django.conf import settings

import wijkwijzer
from tests.tools.locks import made_from

LOCKS = [
    (settings.BASE_DIR / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-test.lock")
]
PIN = re.compile(r"^(\S+)==(\S+)", re.MULTILINE)


def test_both_locks_were_made_from_pyproject_as_it_is():
    """Otherwise: run `make lock`."""
    for lock in LOCKS:
        assert f"from {made_from()}\n" in lock


def test_no_lock_names_an_address():
    """Versions and hashes are all that it needs; installing refuses one without."""
    for lock in LOCKS:
        assert "://" not in lock


def test_what_is_tested_is_what_runs():
    runtime, test = ({*PIN.findall(lock)} for lock in LOCKS)
    assert runtime < test


def test_a_new_dependency_without_a_new_lock_is_noticed(tmp_path):
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    file = tmp_path / "pyproject.toml"
    file.write_text(text, encoding="utf-8")
    assert made_from(tmp_path) == made_from()
    file.write_text(text.replace("granian>=2.8", "granian>=99.0"), encoding="utf-8")
    assert made_from(tmp_path) != made_from()


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
