"""Public pages are read from a replica, as long as that is not behind.

A replica follows its database a moment later, and several of them each in their own
time. A page is kept under the numbers that its process knows: read from a replica that
has not got there yet it would be an old page under a new number, and stay. So every
page asks the connection that it will use for its numbers first (0.1 ms). One that is
behind, away or unknown is left alone, and the page is read from the database itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from django.db import Error, connections

from wijkwijzer.core.databases import DEFAULT, REPLICA
from wijkwijzer.memory.breaker import breaker_of
from wijkwijzer.memory.number import Nummers, read
from wijkwijzer.memory.router import reading
from wijkwijzer.memory.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

# Finds out when a replica is back: who reads a page must not wait for that.
_watch = Watch(partial(read, REPLICA), breaker_of(REPLICA))


def has_replica() -> bool:
    return REPLICA in connections.settings


@contextmanager
def public_reads(at_least: Nummers | None) -> Iterator[None]:
    """Let this thread read from a replica that has come as far as ``at_least``."""
    if not has_replica():
        yield
        return
    token = reading.set(REPLICA if _has_come_to(at_least) else DEFAULT)
    try:
        yield
    finally:
        reading.reset(token)


def use_primary() -> None:
    """Read the rest of this page from the database itself."""
    reading.set(DEFAULT)


def _has_come_to(wanted: Nummers | None) -> bool:
    _watch.glance()
    if breaker_of(REPLICA):
        return False
    try:
        found = read(REPLICA)
    except Error as error:
        breaker_of(REPLICA).open(error)
        connections[REPLICA].close()
        return False
    return wanted is None or not found.is_before(wanted)
