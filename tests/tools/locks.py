"""The lock files: write them, and check without a network that they are in step.

Each lock starts with a hash over the dependencies in pyproject.toml that it was made
from, so that a forgotten `make lock` is noticed at once.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.lock": [], "requirements-test.lock": ["test"]}


def header(groups: list[str], pyproject: str) -> str:
    data = tomllib.loads(pyproject)
    meant = [
        data["project"]["requires-python"],
        sorted(data["project"]["dependencies"]),
        *(sorted(data["dependency-groups"][group]) for group in groups),
    ]
    digest = hashlib.sha256(json.dumps(meant).encode()).hexdigest()
    return f"# Made by `make lock` from pyproject.toml ({digest[:16]})\n"


def problems(root: Path = ROOT) -> list[str]:
    """Return what is wrong with the locks, as sentences."""
    pyproject = (root / "pyproject.toml").read_text(encoding="utf-8")
    found = []
    for name, groups in LOCKS.items():
        lock = (root / name).read_text(encoding="utf-8")
        if not lock.startswith(header(groups, pyproject)):
            found.append(f"{name} is out of step with pyproject.toml: run `make lock`")
        if "://" in lock:
            found.append(f"{name} names an address; a lock has versions and hashes")
    return found


def write(*options: str) -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    uv = Path(sys.executable).with_name("uv")
    for name, groups in LOCKS.items():
        # What is tested must be what runs: the test lock follows the other.
        follow = ["--constraints", "requirements.lock"] if groups else []
        subprocess.run(
            [
                *(uv, "pip", "compile", "--quiet", "--universal"),
                *("--python-version", "3.11", "--generate-hashes"),
                *("--no-emit-index-url", "--no-header", *options, *follow),
                *(f"--group={group}" for group in groups),
                *("pyproject.toml", "--output-file", name),
            ],
            check=True,
            cwd=ROOT,
        )
        lock = ROOT / name
        text = lock.read_text(encoding="utf-8")
        lock.write_text(header(groups, pyproject) + text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["write"]:
        write(*arguments[1:])
    found = problems()
    print("\n".join(found) or "The locks are in step with pyproject.toml.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
