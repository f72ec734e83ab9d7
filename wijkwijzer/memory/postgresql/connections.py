"""A connection that waits so long and no longer.

The settings of libpq and of the server do not end a query on a server that hangs: its
kernel goes on acknowledging what is sent (connect_timeout, tcp_user_timeout, keepalives
and statement_timeout together took 15 s, measured). Only the client can.
"""

from __future__ import annotations

from functools import cache
from time import monotonic
from typing import Any, ClassVar, TypeVar

import psycopg
from psycopg.abc import PQGen

from wijkwijzer.memory.breaker import breaker_of

T = TypeVar("T")

# Seconds between two looks at whether somebody interrupts us.
INTERVAL = 0.1


class PatientConnection(psycopg.Connection[Any]):
    """Ends itself when an answer takes longer than ``patience``, in seconds.

    None waits for ever: a command may take its time. What was being written may have
    been, or not: nobody was told.
    """

    patience: ClassVar[float | None] = None
    alias: ClassVar[str]

    def wait(
        self, gen: PQGen[T], interval: float = INTERVAL, timeout: float | None = None
    ) -> T:
        limit = self.patience if timeout is None else timeout
        if self.patience is None or limit is None:
            return super().wait(gen, interval, timeout)
        end = monotonic() + limit
        try:
            return super().wait(gen, interval, limit)
        except psycopg.Error:
            if monotonic() >= end:
                self.pgconn.finish()
                breaker_of(self.alias).open(f"geen antwoord in {limit} s")
            raise


@cache
def patient_connection(alias: str) -> type[PatientConnection]:
    """The connections to one database: its pool makes them, and knows no alias."""
    return type("PatientConnection", (PatientConnection,), {"alias": alias})
