"""Queries that took longer than SLOW_QUERY_MS: their SQL in the log, no values."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

MAX_SQL = 500


def watch(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
) -> Any:
    begin = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = round((perf_counter() - begin) * 1000, 1)
        if ms >= settings.SLOW_QUERY_MS > 0:
            text = " ".join(str(sql).split())[:MAX_SQL]
            logger.warning("Trage vraag, %s ms: %s", ms, text, extra={"query_ms": ms})


def install(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    # A connection that comes back is the same object.
    if settings.SLOW_QUERY_MS and watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def begin() -> None:
    connection_created.connect(install, dispatch_uid="operations.slow_queries")
