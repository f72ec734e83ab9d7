"""Working copies as editors opened and left them, and who has one open.

Two editors of one record are told of each other from this, and what they made is put
together (see :mod:`merge`). What one saved stands here with his name: the history of
what readers did not see, or not yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.documents import canonical, parse
from wijkwijzer.wholes.models import Beoordeling, Geopend, Gepland, Werkstand
from wijkwijzer.wholes.registry import whole_of
from wijkwijzer.wholes.rows import build, load
from wijkwijzer.wholes.upgrade import upgraded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.wholes.declaration import Data, Whole

# Who opened something longer ago is no longer at it.
OPEN = timedelta(minutes=30)


def remember(record: Publiceerbaar, *, by: User | None) -> None:
    """Keep the working copy as it is now, unless it is kept already.

    ``by``: who made it so; None when it was found so.
    """
    revisie = revision_of(record)
    last = Werkstand.objects.filter(uuid=record.uuid, revisie__lte=revisie).first()
    if last and last.revisie == revisie:
        return
    text = canonical(working_document(record))
    if last and last.document == text:
        return
    row = Werkstand(
        soort=record.soort, uuid=record.uuid, revisie=revisie, document=text, door=by
    )
    # Another who opens it at this moment keeps the same.
    Werkstand.objects.bulk_create([row], ignore_conflicts=True)


def remember_many(
    declared: type[Whole], pks: Iterable[Any], *, by: User | None
) -> None:
    """The same of many records of a kind, in a fixed number of queries."""
    rows: Any = declared.model._default_manager.filter(pk__in=[*pks])
    Werkstand.objects.bulk_create(
        [
            Werkstand(
                soort=declared.soort,
                uuid=row.uuid,
                revisie=row.revisie,
                document=canonical(build(declared, row)),
                door=by,
            )
            for row in load(declared, rows)
        ],
        ignore_conflicts=True,
    )


def revision_of(record: Publiceerbaar) -> int:
    """As it is in the database: triggers count it."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    return int(rows.values_list("revisie", flat=True).get())


def document_at(record: Publiceerbaar, revisie: int) -> Data | None:
    """What the working copy was at a revision; None when nobody opened it then."""
    found = Werkstand.objects.filter(uuid=record.uuid, revisie__lte=revisie).first()
    if found is None:
        return None
    return upgraded(whole_of(type(record)), parse(found.document), found.schema)


def saved_since(record: Publiceerbaar, revisie: int) -> list[Werkstand]:
    """What was saved after a revision, the newest first."""
    since = Werkstand.objects.filter(uuid=record.uuid, revisie__gt=revisie)
    return [*since.select_related("door")]


# Who has it open


def opens(record: Publiceerbaar, *, by: User) -> None:
    now = timezone.now()
    Geopend.objects.filter(op__lt=now - OPEN).delete()
    Geopend.objects.update_or_create(uuid=record.uuid, door=by, defaults={"op": now})


def leaves(record: Publiceerbaar, *, by: User) -> None:
    Geopend.objects.filter(uuid=record.uuid, door=by).delete()


def others_at(record: Publiceerbaar, *, than: User) -> list[Geopend]:
    """Who else opened it a while ago, and did not save since."""
    lately = Geopend.objects.filter(uuid=record.uuid, op__gt=timezone.now() - OPEN)
    return [*lately.exclude(door=than).select_related("door").order_by("-op")]


def forget(uuid: UUID) -> None:
    """For a concept that is erased: nothing of it stays."""
    Werkstand.objects.filter(uuid=uuid).delete()
    Geopend.objects.filter(uuid=uuid).delete()
    Beoordeling.objects.filter(uuid=uuid).delete()
    Gepland.objects.filter(uuid=uuid).delete()
