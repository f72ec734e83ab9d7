"""System checks for mistakes that would otherwise stay unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from wijkwijzer.memory.models import Nummer
from wijkwijzer.memory.triggers import missing

if TYPE_CHECKING:
    from collections.abc import Sequence


SHOWN = 3


@register(Tags.database)
def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """memory.W001: a change in some table would go unnoticed.

    A warning: an error would stop the very `migrate` that makes the triggers.
    """
    found: list[CheckMessage] = []
    for alias in databases or []:
        # Before the first migration there is nothing to notice.
        tables = connections[alias].introspection.table_names()
        if Nummer._meta.db_table not in tables:
            continue
        if names := sorted(missing(connections[alias])):
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            found.append(
                Warning(
                    f"These triggers are missing: {', '.join(names[:SHOWN])}{more}.",
                    hint="Run `manage.py migrate`: it makes them.",
                    id="memory.W001",
                )
            )
    return found
