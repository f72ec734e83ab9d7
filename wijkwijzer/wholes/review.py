"""Working copies that somebody submits, and what another says of them.

A submission is of one revision. What changes afterwards can be told, because working
copies stay as they were saved (:mod:`work`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.wholes import work
from wijkwijzer.wholes.actions import CannotPublishError
from wijkwijzer.wholes.answers import answer, open_review
from wijkwijzer.wholes.models import Beoordeling, Beoordelingsopmerking, Uitkomst
from wijkwijzer.wholes.rights import must_be_allowed
from wijkwijzer.wholes.validation import Problem

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar


@transaction.atomic
def submit(*, record: Publiceerbaar, by: User, note: str = "") -> Beoordeling:
    """Ask to look at a working copy as it is now. Asking again replaces the question.

    What was said of it so far stays with it.
    """
    type(record)._default_manager.select_for_update().order_by().get(pk=record.pk)
    work.remember(record, by=None)
    revisie = work.revision_of(record)
    waiting = open_review(record.uuid)
    if waiting is None:
        waiting = Beoordeling(soort=record.soort, uuid=record.uuid)
    waiting.titel, waiting.revisie = str(record)[:250], revisie
    waiting.ingediend_door, waiting.ingediend_op = by, timezone.now()
    waiting.opmerking = note
    waiting.save()
    _stands(record, Status.CONCEPT, Status.TER_BEOORDELING)
    return waiting


def comment(*, review: Beoordeling, by: User, text: str) -> Beoordelingsopmerking:
    """Say something of a submission; the same twice, as after a reload, is once.

    Raises CannotPublishError when it is nothing.
    """
    if not text.strip():
        raise CannotPublishError([Problem(("tekst",), "Schrijf een opmerking op.")])
    said, _ = Beoordelingsopmerking.objects.get_or_create(
        beoordeling=review, door=by, tekst=text
    )
    return said


@transaction.atomic
def send_back(*, record: Publiceerbaar, by: User, reason: str) -> bool:
    """Say what must be otherwise; whether anything still waited for that.

    Raises CannotPublishError without a reason, PermissionDenied for who may not.
    """
    must_be_allowed(by)
    if not reason.strip():
        problem = Problem(("reden",), "Schrijf op wat er anders moet.")
        raise CannotPublishError([problem])
    done = answer(
        uuid=record.uuid, outcome=Uitkomst.TERUGGESTUURD, by=by, reason=reason
    )
    if done:
        _stands(record, Status.TER_BEOORDELING, Status.CONCEPT)
    return done


@transaction.atomic
def take_back(*, record: Publiceerbaar, by: User) -> bool:
    """Withdraw the question; whether there still was one.

    Raises PermissionDenied for who neither asked it nor may answer it.
    """
    waiting = open_review(record.uuid)
    if waiting and waiting.ingediend_door_id != by.pk:
        must_be_allowed(by)
    done = answer(uuid=record.uuid, outcome=Uitkomst.TERUGGENOMEN, by=by)
    if done:
        _stands(record, Status.TER_BEOORDELING, Status.CONCEPT)
    return done


def _stands(record: Publiceerbaar, before: Status, now: Status) -> None:
    """Of what readers see or saw, the status says that, and not where editors are."""
    if record.status == before:
        record.status = now
        record.save(update_fields=["status"])


def last_answer(record: Publiceerbaar) -> Beoordeling | None:
    """What was said last, as long as it still matters: it was sent back."""
    last = (
        Beoordeling.objects.filter(uuid=record.uuid).select_related(
            "door", "ingediend_door"
        )
    ).first()
    return last if last and last.uitkomst == Uitkomst.TERUGGESTUURD else None
