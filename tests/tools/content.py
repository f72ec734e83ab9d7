"""A database with the real content: made once in a run, copied by every process.

`python -m tests.tools.content` makes it beforehand, on the database in DATABASE_URL.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
# The folder that the processes of one run share; a name of ours, so set by us alone.
FOLDER = "WIJKWIJZER_TEST_CONTENT"
MADE = "postgresql"


@contextmanager
def shared() -> Iterator[None]:
    """Let every process that begins meanwhile use the same databases."""
    if FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="wijkwijzer-tests-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
            for url in _made(Path(folder)):
                _on_server(url, "DROP DATABASE IF EXISTS {}")


def sqlite() -> Path:
    """The file of the database; who asks first makes it, the others wait for that."""
    folder = Path(os.environ[FOLDER])
    with _alone(folder, "sqlite"):
        file = folder / "wijkwijzer.sqlite3"
        if not file.exists():
            _fill(folder, "")
    return file


def postgres(url: str) -> str:
    """The name of a database beside the one at ``url``; made by who asks first."""
    folder = Path(os.environ[FOLDER])
    url = f"{url}_content"
    with _alone(folder, MADE):
        if url not in _made(folder):
            _on_server(url, "DROP DATABASE IF EXISTS {}")
            _on_server(url, "CREATE DATABASE {}")
            with (folder / MADE).open("a", encoding="utf-8") as made:
                print(url, file=made)
            _fill(folder, url)
    return url.rpartition("/")[2]


@contextmanager
def _alone(folder: Path, kind: str) -> Iterator[None]:
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(folder: Path, url: str) -> None:
    """In a process of its own, as a server is set up: nothing of it stays behind."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": url,
    }
    for command in (["migrate", "--verbosity=0"], ["laad_inhoud"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=os.environ | own,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _made(folder: Path) -> list[str]:
    made = folder / MADE
    return made.read_text(encoding="utf-8").split() if made.exists() else []


def _on_server(url: str, statement: str) -> None:
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


if __name__ == "__main__":
    url = os.environ.get("DATABASE_URL", "")
    postgres(url) if url else sqlite()
