"""The processes that a server has, and whether they answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 60


def of(server: int) -> list[int]:
    """The workers of the server with that process id."""
    tasks = Path(f"/proc/{server}/task").glob("*/children")
    found = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in found if b"resource_tracker" not in _command_of(pid)]


def wait_for_others(
    server: int, gone: set[int], ask: Callable[[], object], many: int = 2
) -> None:
    """Until so many workers answer, none of which is one of ``gone``.

    ``ask`` makes a connection of its own: others stay with the worker that they have.
    """
    end = time.monotonic() + PATIENCE
    while True:
        now = of(server)
        if not gone & {*now} and len(now) >= many and all(map(_has_answered, now)):
            return
        assert time.monotonic() < end, "no other worker came"
        # Whether this one is answered is for the test to say, not for who waits.
        with suppress(OSError):
            ask()
        time.sleep(0.05)


def waiting_are_handed_over() -> bool:
    """Whether who waits for a worker that ends gets another: see deploy/README.md."""
    setting = Path("/proc/sys/net/ipv4/tcp_migrate_req")
    return setting.exists() and setting.read_text().strip() == "1"


def _has_answered(worker: int) -> bool:
    """Whether it counted a request that Django saw (operations/counters.py)."""
    try:
        files = [file.readlink() for file in Path(f"/proc/{worker}/fd").iterdir()]
    except OSError:
        return False
    return any("tellers" in file.parts for file in files)


def _command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
