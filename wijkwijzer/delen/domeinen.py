"""The registered sites, as part of what readers see: a change makes embeds anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkwijzer.delen.models import Insluitdomein
from wijkwijzer.memory import triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.stand import Stand


def domeinen(stand: Stand) -> list[str]:
    """The sites that may show an embed, by name; asked once for each stand."""
    return stand.derived(_lees)


def _lees(stand: Stand) -> list[str]:
    found = Insluitdomein.objects.order_by("domein")
    return [*found.values_list("domein", flat=True)]


def _volg() -> Iterator[triggers.Trigger]:
    yield triggers.follow(Insluitdomein._meta.db_table, ("domein",))


def register() -> None:
    triggers.register(_volg)
