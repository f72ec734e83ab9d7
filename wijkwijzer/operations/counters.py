"""Counts that all processes of this machine share.

Each process adds to a file of its own, in memory; whoever asks adds up all of them. So
an answer is the same whichever process gives it, and a process that was replaced takes
nothing away: what it counted is moved to ``rest``.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
from contextlib import contextmanager
from hashlib import blake2b
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

# In seconds. Few are slower than the last: those are in +Inf.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CLASSES = ("2xx", "3xx", "4xx", "5xx")
INF = "+Inf"

REQUESTS = [f"{kind} {bucket}" for kind in CLASSES for bucket in (*BUCKETS, INF)]
MICROSECONDS = [f"{kind} microseconds" for kind in CLASSES]
OTHERS = ["failed_logins", "throttled_logins", "page_cache_hits"]

WIDTH = 8
SUFFIX = ".tellers"


class Counters:
    """Numbers that only rise. Thread-safe; a process that was forked begins its own."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._size = len(names) * WIDTH
        # After a deploy with other counters, files of before mean something else.
        self._kind = blake2b("\0".join(names).encode(), digest_size=6).hexdigest()
        self._lock = Lock()
        self._pid = 0
        self._file: Path | None = None
        self._held = -1
        self._numbers: memoryview = memoryview(bytearray(self._size)).cast("q")

    @property
    def folder(self) -> Path:
        return settings.VAR_DIR / "tellers" / self._kind

    def add(self, name: str, number: int = 1) -> None:
        with self._lock:
            self._of_this_process()[self._places[name]] += number

    def add_request(self, status: int, seconds: float) -> None:
        """Count an answer by the kind of its status and how long it took."""
        kind = f"{min(max(status // 100, 2), 5)}xx"
        bucket = next((b for b in BUCKETS if seconds <= b), INF)
        with self._lock:
            numbers = self._of_this_process()
            numbers[self._places[f"{kind} {bucket}"]] += 1
            numbers[self._places[f"{kind} microseconds"]] += int(seconds * 1_000_000)

    def totals(self) -> tuple[dict[str, int], int]:
        """What all processes counted together, and how many of them live."""
        with self._lock:
            totals, alive = [*self._of_this_process()], 1
        try:
            with self._rest() as rest:
                for file in self.folder.glob(f"*{SUFFIX}"):
                    if file == self._file:
                        continue
                    counted, lives = self._read(file)
                    if lives:
                        totals = _sum(totals, counted)
                        alive += 1
                    else:
                        self._move(file, counted, rest)
                totals = _sum(totals, rest)
        except OSError as error:
            logger.warning("De tellers van andere processen ontbreken: %s", error)
        return dict(zip(self._places, totals, strict=True)), alive

    def _of_this_process(self) -> memoryview:
        if self._pid != os.getpid():
            self._begin()
        return self._numbers

    def _begin(self) -> None:
        """Make the file of this process. Without one it counts only for itself."""
        self._pid, self._file = os.getpid(), None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Not its number: another container can have a process with the same one.
            file = self.folder / f"{token_hex(8)}{SUFFIX}"
            with self._rest():
                # Held until the process ends, however that goes.
                self._held, self._numbers = self._map(file)
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = file
        except OSError as error:
            logger.warning("De tellers zijn alleen van dit proces: %s", error)
            self._numbers = memoryview(bytearray(self._size)).cast("q")

    def _map(self, file: Path) -> tuple[int, memoryview]:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        # On a full disk this raises; a hole in the file would end us later.
        os.posix_fallocate(descriptor, 0, self._size)
        return descriptor, memoryview(mmap.mmap(descriptor, self._size)).cast("q")

    def _read(self, file: Path) -> tuple[list[int], bool]:
        """The numbers in a file, and whether the process that it is of still lives."""
        with file.open("rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                lives = False
            except BlockingIOError:
                lives = True
            content = handle.read(self._size).ljust(self._size, b"\0")
        return [*memoryview(content).cast("q")], lives

    def _move(self, file: Path, counted: list[int], rest: memoryview) -> None:
        file.unlink()
        for place, number in enumerate(counted):
            rest[place] += number

    @contextmanager
    def _rest(self) -> Iterator[memoryview]:
        """What ended processes counted; only one process at a time has it."""
        descriptor, numbers = self._map(self.folder / "rest")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield numbers
        finally:
            # The memory holds on to the file: closing would not be enough.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)


def _sum(one: Sequence[int], other: Sequence[int] | memoryview) -> list[int]:
    return [a + b for a, b in zip(one, other, strict=True)]


counters = Counters([*REQUESTS, *MICROSECONDS, *OTHERS])
