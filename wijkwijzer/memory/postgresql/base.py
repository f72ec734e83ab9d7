"""The name that Django looks for; see the package."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from wijkwijzer.memory.breaker import breaker_of
from wijkwijzer.memory.postgresql.connections import patient_connection


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks for no connection while the database is known not to answer."""

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(settings_dict, *args, **kwargs)
        if pool := settings_dict["OPTIONS"].get("pool"):
            pool["connection_class"] = patient_connection(self.alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if breaker_of(self.alias).refuses:
            raise psycopg.OperationalError("the database does not answer")
        return super().get_new_connection(conn_params)
