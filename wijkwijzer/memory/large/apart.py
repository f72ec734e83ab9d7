"""Build something big in a process of its own, that takes its memory with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

# In seconds. Nothing of ours takes so long: what does, waits for something.
LIMIT = 900


class BuildError(Exception):
    """There is no file; what the process said went to standard error before this."""


def is_large(records: int) -> bool:
    """Whether there are so many that what is made of them is better built apart."""
    return records > int(settings.APART_BOUWEN_VANAF)


def build_apart(command: str, *arguments: str) -> None:
    """Run a management command that leaves a file (:mod:`shared`).

    Raises BuildError when it fails.
    """
    line = [sys.executable, "-m", "django", command, *arguments]
    # It starts elsewhere, where another folder may have the same name.
    environment = os.environ | {"VAR_DIR": str(Path(settings.VAR_DIR).resolve())}
    # Our own arguments, and no shell.
    try:
        done = subprocess.run(  # noqa: S603
            line, cwd=settings.BASE_DIR, env=environment, check=False, timeout=LIMIT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{' '.join(line)}: {error}") from error
    if done.returncode:
        raise BuildError(f"{' '.join(line)}: code {done.returncode}")
