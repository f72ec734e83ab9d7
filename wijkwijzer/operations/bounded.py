"""Something that may take for ever, asked by who cannot wait that long."""

from __future__ import annotations

import logging
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Bounded(Generic[T]):
    """Runs ``work`` in a thread beside, one at a time, for all who ask meanwhile.

    ``work`` gets a fresh ``T`` of ``begin`` and fills it in as it goes on: who stops
    waiting has what is known by then. An answer is used for ``keep`` seconds, so that
    asking often costs no more than asking now and then. While one run hangs, nobody
    begins another: whoever asks gets what that one found so far, at once.
    """

    def __init__(
        self,
        begin: Callable[[], T],
        work: Callable[[T], None],
        *,
        patience: float,
        keep: float,
    ) -> None:
        self._begin, self._work = begin, work
        self.patience, self.keep = patience, keep
        self._lock = Lock()
        self._thread: Thread | None = None
        self._found: T | None = None
        self._started_at = float("-inf")

    def __call__(self) -> T:
        """What is known within ``patience`` seconds of when the work began."""
        with self._lock:
            now = monotonic()
            running = self._thread is not None and self._thread.is_alive()
            if not running and now - self._started_at >= self.keep:
                self._start(now)
            thread, found, until = (
                self._thread,
                self._found,
                self._started_at + self.patience,
            )
        if thread:
            thread.join(max(0.0, until - now))
        assert found is not None, "the first who asks begins"  # noqa: S101
        return found

    def _start(self, now: float) -> None:
        self._found, self._started_at = self._begin(), now
        thread = Thread(target=self._run, args=(self._found,), daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # No thread can be started now: nothing is known.
            logger.exception("Er kon geen draad meer bij.")
            self._thread = None
            return
        self._thread = thread

    def _run(self, found: T) -> None:
        try:
            self._work(found)
        except Exception:
            logger.exception("Een controle brak af.")
        finally:
            connections.close_all()
