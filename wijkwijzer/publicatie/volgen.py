"""A frozen edition is something that readers see: then pages are made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkwijzer.memory import triggers
from wijkwijzer.publicatie.models import Editiebestand

if TYPE_CHECKING:
    from collections.abc import Iterator


def _volg() -> Iterator[triggers.Trigger]:
    """Only what is frozen has files: preparing one makes no page anew."""
    yield triggers.follow(Editiebestand._meta.db_table, ("som",))


def register() -> None:
    triggers.register(_volg)
