"""What runs beside the site for as long as that runs: the loop of such a command."""

from __future__ import annotations

import logging
import os
import signal
import time
from typing import TYPE_CHECKING

from django.db import Error, close_old_connections, connection

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

logger = logging.getLogger(__name__)

# In seconds: how often it looks for work, and how soon it notices that it must stop.
KIJK_ELKE = 2.0
MERK_ELKE = 0.2


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--blijf",
        action="store_true",
        help="Blijf kijken of er iets te doen is, tot een SIGTERM of Ctrl+C.",
    )
    parser.add_argument(
        "--zolang",
        type=int,
        metavar="PID",
        help="Stop ook als dit proces, dat ons startte, er niet meer is.",
    )


def blijf(doe: Callable[[Callable[[], bool]], object], *, zolang: int | None) -> None:
    """Do this again and again; it is told how to ask whether to go on.

    A database that does not answer is waited for, and told once.
    """
    gestopt = False

    def stop(*_: object) -> None:
        # Only noted: what is being done is finished first.
        nonlocal gestopt
        gestopt = True

    def doorgaan() -> bool:
        # Whoever loses its parent gets another one.
        return not gestopt and zolang in {None, os.getppid()}

    for signaal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signaal, stop)
    # Readers go first.
    os.nice(10)
    storing = False
    while doorgaan():
        try:
            doe(doorgaan)
            storing = False
        except Error as fout:
            if not storing:
                logger.error("De database antwoordt niet: %s", type(fout).__name__)
            storing = True
            connection.close()
        close_old_connections()
        verder = time.monotonic() + KIJK_ELKE
        while doorgaan() and time.monotonic() < verder:
            time.sleep(MERK_ELKE)
