"""A PostgreSQL server for the tests: given, already running, or a private one."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class NoServerError(Exception):
    """There is no server to be had; the message says what to do about it."""


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server, without the name of a database."""
    given = os.environ.get("TEST_DATABASE_URL", "").rstrip("/")
    if given:
        if not may_create(given):
            raise NoServerError(
                "TEST_DATABASE_URL gives no server where we may create a database"
            )
        yield given
        return
    for user in dict.fromkeys(["postgres", getpass.getuser()]):
        url = f"postgres://{user}@127.0.0.1:5432"
        if may_create(url):
            yield url
            return
    with private_server() as url:
        yield url


def may_create(url: str) -> bool:
    try:
        with psycopg.connect(f"{url}/postgres", connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def server_binaries() -> Path | None:
    """Return the folder with initdb; Debian keeps it outside PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda file: int(file.parts[-3]), default=None)
    return newest.parent if newest else None


@contextmanager
def private_server() -> Iterator[str]:
    """Run a server of our own on a free port, and remove it with its data."""
    binaries = server_binaries()
    if binaries is None:
        raise NoServerError(
            "no server on 127.0.0.1:5432 and none installed"
            " (apt-get install postgresql, or set TEST_DATABASE_URL)"
        )
    folder = Path(tempfile.mkdtemp(prefix="wijkwijzer-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(binaries / name), "-D", str(folder / "data"), *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    log = str(folder / "log")
    # No fsync: the data is thrown away, so a crash may lose it.
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        run(
            "initdb",
            "-U",
            "wijkwijzer",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        run("pg_ctl", "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgres://wijkwijzer@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    except subprocess.CalledProcessError as error:
        raise NoServerError(f"a private server did not start: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
