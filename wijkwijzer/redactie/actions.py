"""What editors do with many records at once: checked today, and published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import (
    CannotPublishError,
    publish,
    published_document,
    working_document,
)
from wijkwijzer.wholes.rights import may_publish, must_be_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar

# More at a time nobody reads before saying that it must.
HOOGSTENS = 200
INTUSSEN = "het is gewijzigd terwijl je keek. Kijk nog eens."


@dataclass
class Gedaan:
    """Of several records what became of each."""

    gepubliceerd: list[Publiceerbaar] = field(default_factory=list)
    # Of which readers saw precisely this already.
    ongewijzigd: list[Publiceerbaar] = field(default_factory=list)
    # Saved, but readers do not see it yet.
    opgeslagen: list[Publiceerbaar] = field(default_factory=list)
    # With what keeps it from being published.
    geweigerd: list[tuple[Publiceerbaar, str]] = field(default_factory=list)


def verschilt(record: Publiceerbaar) -> bool:
    """Whether the working copy says something else than what readers see."""
    return working_document(record) != published_document(record)


def vandaag_gecontroleerd(*, records: Iterable[Publiceerbaar], by: User) -> Gedaan:
    """Say of records that all facts were looked at today.

    Readers see that at once, unless the working copy has other changes as well: those
    are not published silently.
    """
    gedaan = Gedaan()
    for record in records:
        with transaction.atomic():
            _lock(record)
            seen = record.status == Status.GEPUBLICEERD and not verschilt(record)
            record.laatst_gecontroleerd_op = timezone.localdate()
            record.save(update_fields=["laatst_gecontroleerd_op", "gewijzigd_op"])
            work.remember(record, by=by)
        if seen and may_publish(by):
            _publish(record, by, gedaan)
        else:
            gedaan.opgeslagen.append(record)
    return gedaan


def publiceer(
    *, records: Iterable[Publiceerbaar], by: User, gezien: Mapping[Any, int]
) -> Gedaan:
    """Publish each working copy that can be; what is wrong with the others is told.

    ``gezien``: by key the revision that somebody looked at. What is of another now, is
    not published unseen. Raises PermissionDenied for who may not publish.
    """
    must_be_allowed(by)
    gedaan = Gedaan()
    for record in records:
        with transaction.atomic():
            _lock(record)
            if gezien.get(record.pk) == work.revision_of(record):
                # What waited for an answer gets one, also when nothing differs.
                _publish(record, by, gedaan, new=verschilt(record))
            else:
                gedaan.geweigerd.append((record, INTUSSEN))
    return gedaan


def _publish(
    record: Publiceerbaar, by: User, gedaan: Gedaan, *, new: bool = True
) -> None:
    try:
        publish(record=record, by=by)
    except CannotPublishError as error:
        gedaan.geweigerd.append((record, "; ".join(map(str, error.problems))))
    else:
        (gedaan.gepubliceerd if new else gedaan.ongewijzigd).append(record)


def _lock(record: Publiceerbaar) -> None:
    """Who saves the same waits for us."""
    rows = type(record)._default_manager.select_for_update().order_by()
    rows.get(pk=record.pk)
