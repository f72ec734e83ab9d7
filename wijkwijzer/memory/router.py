"""Which database this thread reads from.

Everything is read where it is written, unless :mod:`replicas` says of a public page
that it may come from a replica.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from wijkwijzer.core.databases import DEFAULT

reading: ContextVar[str] = ContextVar("reading", default=DEFAULT)


class ReadsRouter:
    """Django's router (DATABASE_ROUTERS), when there is a replica."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return reading.get()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return DEFAULT

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """A replica gets its tables from the database that it follows."""
        return db == DEFAULT
