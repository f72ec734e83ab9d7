"""Being stopped from outside, by Ctrl+C or by SIGTERM: the same for who cleans up.

Without this a SIGTERM, which is how a service manager and a container stop a command,
ends it at once: what it was writing stays, with the personal data in it.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# As a shell says that Ctrl+C ended something.
GESTOPT = 130
SIGNALEN = (signal.SIGTERM, signal.SIGINT)


def stop_netjes() -> None:
    """Let SIGTERM raise KeyboardInterrupt, as Ctrl+C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def tot_hier() -> Iterator[Callable[[], None]]:
    """Gives what to call when there is no way back: from there on nobody stops it."""
    eerder = {s: signal.getsignal(s) for s in SIGNALEN}

    def afmaken() -> None:
        for signaal in SIGNALEN:
            signal.signal(signaal, signal.SIG_IGN)

    try:
        yield afmaken
    finally:
        for signaal, doen in eerder.items():
            signal.signal(signaal, doen)
