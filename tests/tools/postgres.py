"""A PostgreSQL server for the tests: given, already running, or a private one."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


class NoServerError(Exception):
    """There is no server to be had; the message says what to do about it."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server, without the name of a database."""
    given = os.environ.get("TEST_DATABASE_URL", "").rstrip("/")
    users = dict.fromkeys(["postgres", getpass.getuser()])
    local = [f"postgres://{user}@127.0.0.1:5432" for user in users]
    found = next(filter(may_create, [given] if given else local), None)
    if found:
        yield found
    elif given:
        raise NoServerError(
            "TEST_DATABASE_URL gives no server where we may create a database"
        )
    else:
        with private_server() as url:
            yield url


def may_create(url: str) -> bool:
    query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(f"{url}/postgres", connect_timeout=3) as connection:
            return connection.execute(query).fetchone() == (True,)
    except psycopg.OperationalError:
        return False


@contextmanager
def private_server() -> Iterator[str]:
    """Let Debian's pg_virtualenv keep a server for as long as this lasts.

    It may be root, as in CI, which PostgreSQL itself and pytest-postgresql refuse.
    """
    if not shutil.which("pg_virtualenv"):
        raise NoServerError(
            "no server on 127.0.0.1:5432 and no pg_virtualenv to start one"
            " (apt-get install postgresql, or set TEST_DATABASE_URL)"
        )
    say = 'echo "postgres://$PGUSER:$PGPASSWORD@127.0.0.1:$PGPORT"; read end; true'
    process = subprocess.Popen(
        # In a folder that goes away (-t), so a crash may lose it (no fsync).
        ["pg_virtualenv", "-t", "-o", "fsync=off", "sh", "-c", say],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = next((s for s in process.stdout if s.startswith("postgres://")), "")
        if not url:
            raise NoServerError("pg_virtualenv did not start a server: see above")
        yield url.strip()
    finally:
        process.communicate()  # without more to read, it removes the server
