"""System checks for mistakes that would otherwise stay unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from wijkwijzer.core.catalogusversie import ontbrekende_triggers

if TYPE_CHECKING:
    from collections.abc import Sequence


@register(Tags.database)
def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """core.E001: a change in some table would not reach search, counts and cache."""
    fouten: list[CheckMessage] = []
    for alias in databases or []:
        if ontbreekt := ontbrekende_triggers(connections[alias]):
            tabellen = ", ".join(sorted(ontbreekt))
            fouten.append(
                Error(
                    f"Changes in these tables are not counted: {tabellen}.",
                    hint="Run `manage.py migrate`: it creates the missing triggers.",
                    id="core.E001",
                )
            )
    return fouten
