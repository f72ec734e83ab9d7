"""The name that Django looks for; see the package."""

from __future__ import annotations

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def ensure_connection(self) -> None:
        """As Django's; that one is replaced in tests, for what settings do not name."""
        if self.connection is None:
            with self.wrap_database_errors:
                self.connect()
