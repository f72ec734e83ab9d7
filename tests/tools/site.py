"""The site as `make start` serves it, on a free port: to measure or to photograph."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.tools import content

ROOT = Path(__file__).resolve().parents[2]
# Installing is done by then: this is only migrating, loading and compressing.
PATIENCE = 120


@contextmanager
def running_site(given: Path | None = None) -> Iterator[str]:
    """Start the site on a copy of the real content; yield its address.

    ``given``: the folder for its database, when somebody wants to find it there.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with content.shared(), tempfile.TemporaryDirectory() as own:
        folder = str(given or own)
        shutil.copy(content.sqlite(), folder)
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env=local_environment() | {"PORT": str(port), "VAR_DIR": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(url, process)
            yield url
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A port to listen on, which no connection from here gets meanwhile.

    Those of Linux are from 32768 on; other tests make thousands.
    """
    while True:
        port = 12_000 + secrets.randbelow(20_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def local_environment() -> dict[str, str]:
    """The environment without the settings of the tests around it."""
    own = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SECRET_KEY", "DEBUG", "HTTPS"}
    return {name: value for name, value in os.environ.items() if name not in own}


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError("The site did not start; try `make start`.")
