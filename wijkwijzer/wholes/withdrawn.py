"""What readers do not see any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.records import Records


@dataclass(frozen=True)
class Withdrawn:
    """A record that readers do not see any more, with the reason that they were told.

    ``at`` is a POSIX time in seconds, as a record in the stand has it.
    """

    declared: type[Whole]
    uuid: UUID
    slug: str
    at: float
    reden: str


def read_withdrawn(records: Callable[[type[Whole]], Records]) -> list[Withdrawn]:
    """All that was withdrawn and is not in these records, newest first. One query."""
    rows = Publicatie.objects.filter(versie__document__isnull=True)
    found = [
        Withdrawn(wholes()[soort], uuid, slug, op.timestamp(), reden)
        for soort, uuid, slug, op, reden in rows.values_list(
            "soort", "uuid", "slug", "versie__op", "versie__reden"
        )
        # The database can be further than a stand, which still has it.
        if records(wholes()[soort]).of_uuid(uuid) is None
    ]
    return sorted(found, key=lambda gone: (-gone.at, gone.slug))
