"""The answer to who submitted something, given once; who tells him of it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import Signal
from django.utils import timezone

from wijkwijzer.wholes.models import Beoordeling, Uitkomst

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import User

# Sent in the transaction of the answer, with ``beoordeling``.
answered = Signal()


def open_review(uuid: UUID) -> Beoordeling | None:
    """What waits to be looked at, of one record."""
    waiting = Beoordeling.objects.filter(uuid=uuid, uitkomst=Uitkomst.WACHT)
    return waiting.select_related("ingediend_door").first()


def answer(*, uuid: UUID, outcome: Uitkomst, by: User | None, reason: str = "") -> bool:
    """Answer what waits; whether anything did. Two who answer at once are one."""
    waiting = open_review(uuid)
    if waiting is None:
        return False
    now = timezone.now()
    same = Beoordeling.objects.filter(pk=waiting.pk, uitkomst=Uitkomst.WACHT)
    if not same.update(uitkomst=outcome, door=by, op=now, reden=reason):
        return False
    waiting.refresh_from_db()
    answered.send(sender=Beoordeling, beoordeling=waiting)
    return True
