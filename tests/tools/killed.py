"""A process that is ended at once (SIGKILL) halfway through what it does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.tools import databases

BEGIN = """
import time, django
django.setup()
def halfway(*_):
    print("halfway", flush=True)
    time.sleep(600)
"""


def killed_halfway(code: str, folder: Path) -> None:
    """Run this, on the database of own_connections, until it calls ``halfway``."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN + code],
        cwd=settings.BASE_DIR,
        env=databases.environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = process.stdout.readline()
    process.kill()
    process.communicate()
    assert said == "halfway\n"
