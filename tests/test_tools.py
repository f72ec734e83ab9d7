"""The tools around the code: locks, and one version in every file that names it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable

import pytest
import yaml
from django.conf import settings

import wijkwijzer
from tests.run import FAILED, OK, PARALLEL, Result, run_pytest
from tests.tools.locks import made_from

LOCKS = [
    (settings.BASE_DIR / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-test.lock")
]
# Four tests of a group, beside others that keep every process at work.
GROUP = """
import pathlib, pytest, time
group = pytest.mark.xdist_group("together")
@pytest.fixture(scope="module")
def made():
    with pathlib.Path("made.txt").open("a") as file:
        file.write("once\\n")
@group
@pytest.mark.parametrize("number", range(4))
def test_shares(made, number):
    time.sleep(0.1)
@pytest.mark.parametrize("number", range(4))
def test_is_beside_it(number):
    time.sleep(0.1)
"""
# A test that passes from a given time on.
IN_THE_END = """
import pathlib
made = pathlib.Path(__file__).with_suffix(".txt")
def test_passes_in_the_end():
    with made.open("a") as file:
        file.write("tried\\n")
    assert len(made.read_text().splitlines()) >= {times}
"""
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


def test_what_tests_share_is_made_in_one_process_only(tmp_path):
    """A pytest that xdist does not know would begin every server in each of them."""
    (tmp_path / "test_group.py").write_text(GROUP, encoding="utf-8")
    options = ["-p", "xdist.plugin", "-p", "no:cacheprovider", *PARALLEL]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=tmp_path,
        # Without the others of ours, which take seconds to load.
        env=os.environ | {"PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert "8 passed" in done.stdout, done.stdout
    assert (tmp_path / "made.txt").read_text(encoding="utf-8") == "once\n"


@pytest.fixture
def in_the_end(tmp_path, monkeypatch) -> Callable[..., Result]:
    """Return a function: how often a test must be tried → the result of a leg of it."""
    # Without the others of ours, which take seconds to load.
    monkeypatch.setenv("PYTEST_ADDOPTS", "-c /dev/null -p xdist.plugin")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(times: int, **how: bool) -> Result:
        (tmp_path / "test_end.py").write_text(IN_THE_END.format(times=times))
        return run_pytest("a leg", [*PARALLEL, str(tmp_path)], **how)

    return run


def test_what_fails_by_chance_is_run_once_more_and_named(in_the_end):
    result = in_the_end(times=2)
    assert result.state == OK
    assert "run again, passed" in result.detail
    assert "test_passes_in_the_end" in result.detail


def test_what_fails_twice_has_failed(in_the_end):
    result = in_the_end(times=3)
    assert result.state == FAILED
    assert "run again, failed" in result.detail


def test_a_test_that_is_asked_for_by_name_is_run_once(in_the_end):
    assert in_the_end(times=2, partial=True).state == FAILED
