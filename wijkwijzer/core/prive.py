"""Files that only their owner can read, whatever the umask.

The database holds addresses and hashes of passwords. That the folder around it is
closed is not enough: it may be somebody else's, or be opened one day.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

FILE, FOLDER = 0o600, 0o700
OTHERS, OTHERS_WRITE = 0o077, 0o022

# What SQLite keeps beside a database, with the mode of that.
BESIDE = ("", "-wal", "-shm", "-journal")


def make_private(file: Path) -> None:
    """Make a file that only its owner can open, if there is none.

    Never open one that is there: closing it again would take every lock that this
    process has on it, and SQLite would write where others do too
    (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
    """
    with suppress(FileExistsError):
        # With its mode: a chmod afterwards would leave a moment to open it.
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def close_to_others(file: Path) -> None:
    """Take from others what they may with a file; say so."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        if not mode & OTHERS:
            return
        file.chmod(mode & ~OTHERS)
    except PermissionError:
        logger.warning("%s is ook voor anderen leesbaar, en niet van ons.", file)
        return
    except OSError:
        # There is none, or nothing there can be reached: who opens it is told.
        return
    logger.warning(
        "%s was ook voor anderen leesbaar (%o); nu alleen nog voor de eigenaar. "
        "Wie hem eerder opende, kan gelezen hebben wat erin staat.",
        file,
        mode,
    )


def keep_others_from_writing(folder: Path) -> None:
    """Let others put nothing in the place of what is ours; say so if they could.

    Entering it may be needed: by a proxy that serves the static files.
    """
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not mode & OTHERS_WRITE:
        return
    try:
        folder.chmod(mode & ~OTHERS_WRITE)
    except PermissionError:
        logger.warning("In %s mogen ook anderen schrijven: dat is onveilig.", folder)
    else:
        logger.warning("In %s mochten ook anderen schrijven (%o).", folder, mode)


class PriveConnection(sqlite3.Connection):
    """A connection to SQLite whose file is private before anything is in it."""

    def __init__(self, database: Any, *args: Any, **kwargs: Any) -> None:
        name = os.fspath(database)
        # Else it is one in memory, or an address of SQLite's own.
        if not name.startswith((":", "file:")):
            _close_database(Path(name))
        super().__init__(database, *args, **kwargs)


def _close_database(file: Path) -> None:
    for suffix in BESIDE:
        close_to_others(file.with_name(file.name + suffix))
    try:
        make_private(file)
    except OSError:
        # SQLite will say what is wrong with it.
        return
