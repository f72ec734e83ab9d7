"""How far a command is, on one line of a terminal."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.management.base import OutputWrapper

INTERVAL = 0.2
WIDTH = 60


class Progress:
    """Writes what is being done over itself; nothing where no one is watching."""

    def __init__(self, output: OutputWrapper) -> None:
        self._output = output
        self._shown = output.isatty()
        self._what, self._at = "", 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = monotonic()
        if not self._shown or (what == self._what and now - self._at < INTERVAL):
            return
        self._what, self._at = what, now
        share = f" {min(done, total) * 100 // total} %" if total else ""
        number = f" {done}" if done and not total else ""
        self._write(f"{what} …{share}{number}")

    def close(self) -> None:
        """Leave an empty line for what is said next."""
        if self._shown and self._what:
            self._write("")
            self._output.write("\r", ending="")

    def _write(self, text: str) -> None:
        self._output.write(f"\r{text:{WIDTH}}", ending="")
        self._output.flush()
