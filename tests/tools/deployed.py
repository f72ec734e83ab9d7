"""A site as deploy/ sets it up and serves it: production settings, its own VAR_DIR."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from secrets import token_urlsafe
from urllib.request import urlopen

from tests.tools import content
from tests.tools.site import free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"

Environment = dict[str, str]


def environment(folder: Path, **more: str) -> Environment:
    """Of a site with the real content, in ``folder``."""
    var = folder / "var"
    var.mkdir(mode=0o700)
    shutil.copy(content.sqlite(), var / "wijkwijzer.sqlite3")
    return {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(var),
        "SECRET_KEY": token_urlsafe(50),
        "ALLOWED_HOSTS": "wijkwijzer.example",
        "BEHEERDER_NAAM": "Gemeente Voorbeeld",
        "BEHEERDER_EMAIL": "beheer@wijkwijzer.example",
        "LOG_FORMAT": "json",
        "PORT": str(free_port()),
        "WORKERS": "1",
        **more,
    }


def prepare(environment: Environment) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DEPLOY / "prepare"], env=environment, capture_output=True, text=True
    )


def manage(environment: Environment, *arguments: str, **more: str) -> None:
    command = [ROOT / ".venv/bin/python", "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment | more, check=True)


def status(environment: Environment, path: str) -> int:
    try:
        address = f"http://127.0.0.1:{environment['PORT']}{path}"
        with urlopen(address, timeout=5) as answer:
            return answer.status
    except (OSError, HTTPException) as error:
        return getattr(error, "code", 0)


@contextmanager
def serving(environment: Environment) -> Iterator[subprocess.Popen[bytes]]:
    """The site, ready; at the end it stops by itself, without an error."""
    server = subprocess.Popen([DEPLOY / "serve"], env=environment)
    try:
        end = time.monotonic() + 60
        while status(environment, "/readyz") != 200:
            assert server.poll() is None, "the site does not start"
            assert time.monotonic() < end, "the site is not ready"
            time.sleep(0.2)
        yield server
    finally:
        server.terminate()
        code = server.wait(timeout=40)
    assert code == 0
