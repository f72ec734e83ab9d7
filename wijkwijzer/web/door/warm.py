"""What a process does once, before many come."""

from __future__ import annotations

import gc
import logging
import sys
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from django.db import Error, connections
from django.urls import get_resolver

from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from wijkwijzer.search.gemist import Gemist

logger = logging.getLogger(__name__)

# Seconds: how soon the event loop gets its turn from a thread that reckons on.
SWITCH_INTERVAL = 0.001
# Seconds for one answer of the database.
PATIENCE = 2
# A page makes thousands of objects, which all go with it.
GC_THRESHOLD = (5000, 20, 1000)
# Seconds: how often what was searched for in vain is written down.
KEEP_EVERY = 60


def limit_waiting() -> None:
    """Let no request wait longer for the database than a reader would.

    Not for commands: what those do may take its time. Before the first connection.
    """
    for database in connections.settings.values():
        options = database["OPTIONS"]
        if "pool" in options:
            from wijkwijzer.memory.postgresql.connections import PatientConnection

            PatientConnection.patience = PATIENCE
            options["pool"]["timeout"] = PATIENCE
        else:
            options["timeout"] = PATIENCE


def warm_up() -> None:
    """Build what the first reader would wait for, beside what comes in meanwhile."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.set_threshold(*GC_THRESHOLD)
    Thread(target=_build, daemon=True).start()


def _build() -> None:
    # The code of all pages, which else comes with the first of them.
    get_resolver().url_patterns  # noqa: B018
    # What stays for ever is not looked through again and again. The first stand does
    # not: frozen, it would stay after the one that takes its place.
    gc.collect()
    gc.freeze()
    try:
        current_stand().fill()
    except Error as error:
        # Who comes first tries again.
        logger.warning("De catalogus is nog niet opgebouwd: %s", error)
    finally:
        connections.close_all()


def keep_searches(gemist: Gemist) -> None:
    """Write down once a while what was searched for in vain: no reader waits for it."""
    Thread(target=_keep, args=(gemist,), daemon=True).start()


def _keep(gemist: Gemist) -> None:
    while True:
        sleep(KEEP_EVERY)
        try:
            gemist.bewaar()
        except Error as error:
            # It was only a count: the next minute is another.
            logger.warning("Zoekwoorden zijn niet geteld: %s", type(error).__name__)
        finally:
            connections.close_all()
