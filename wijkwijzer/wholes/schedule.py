"""Publishing and withdrawing at a time.

What is published then is the text as it was when somebody planned it: who goes on
writing meanwhile neither publishes that unseen, nor keeps the planned text from
appearing. Each plan is carried out once, also by two who do so at the same time: who
takes it does it, and says so, in one transaction. What fails is not tried again, but
told.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from wijkwijzer.core.models import Status
from wijkwijzer.wholes.actions import (
    CannotPublishError,
    publish,
    withdraw,
    working_document,
)
from wijkwijzer.wholes.answers import answer
from wijkwijzer.wholes.documents import canonical, parse
from wijkwijzer.wholes.findings import errors
from wijkwijzer.wholes.models import (
    Gepland,
    Planstand,
    Publicatie,
    Uitkomst,
    Versie,
    Watgepland,
)
from wijkwijzer.wholes.registry import whole_of, wholes
from wijkwijzer.wholes.rights import must_be_allowed, needs_another
from wijkwijzer.wholes.upgrade import upgraded
from wijkwijzer.wholes.validation import Problem, problems
from wijkwijzer.wholes.work import revision_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar

# Longer ahead, somebody typed another year than he meant.
FARTHEST = timedelta(days=2 * 366)


@transaction.atomic
def plan(
    *, record: Publiceerbaar, what: Watgepland, at: datetime, by: User, reason: str = ""
) -> Gepland:
    """Plan to publish the working copy as it is now, or to withdraw the record.

    It takes the place of a plan before it. Raises CannotPublishError with what is wrong
    now; PermissionDenied for who may not publish.
    """
    must_be_allowed(by)
    type(record)._default_manager.select_for_update().order_by().get(pk=record.pk)
    found = [*_wrong(record, what, at, by, reason)]
    if found:
        raise CannotPublishError(found)
    cancel(record=record, what=what, by=by, reason="Opnieuw gepland.")
    planned = Gepland.objects.create(
        soort=record.soort,
        uuid=record.uuid,
        titel=str(record)[:250],
        wat=what,
        op=at,
        revisie=revision_of(record),
        document=canonical(working_document(record))
        if what == Watgepland.PUBLICEREN
        else "",
        reden=reason,
        door=by,
    )
    if what == Watgepland.PUBLICEREN:
        answer(uuid=record.uuid, outcome=Uitkomst.INGEPLAND, by=by)
    return planned


def _wrong(
    record: Publiceerbaar, what: Watgepland, at: datetime, by: User, reason: str
) -> list[Problem]:
    found = []
    if at <= timezone.now():
        found.append(Problem(("op",), "Dit moment is al geweest."))
    elif at > timezone.now() + FARTHEST:
        found.append(
            Problem(("op",), "Dat is over meer dan twee jaar. Klopt het jaar?")
        )
    if what == Watgepland.INTREKKEN:
        if not reason.strip():
            found.append(Problem(("reden",), "Schrijf op waarom je dit intrekt."))
        planned = waiting_for(record.uuid)
        seen = record.status == Status.GEPUBLICEERD
        before = any(p.wat == Watgepland.PUBLICEREN and p.op < at for p in planned)
        if not seen and not before:
            found.append(Problem((), "Lezers zien dit dan niet: plan dat eerst."))
        return found
    declared, data = whole_of(type(record)), working_document(record)
    found += problems(declared, data, to_publish=True) or errors(declared, data)
    if words := needs_another(record.uuid, by):
        found.append(Problem((), words))
    return found


def cancel(
    *, record: Publiceerbaar, what: Watgepland, by: User, reason: str = ""
) -> bool:
    """Do not do what was planned; whether anything was.

    Raises PermissionDenied for who may not publish.
    """
    must_be_allowed(by)
    waiting = Gepland.objects.filter(uuid=record.uuid, wat=what, stand=Planstand.WACHT)
    why = reason or f"Geannuleerd door {by}."
    done = waiting.update(
        stand=Planstand.VERVALLEN, gedaan_op=timezone.now(), waarom=why
    )
    return bool(done)


def waiting_for(uuid: UUID) -> list[Gepland]:
    """What is planned for a record, what comes first first."""
    waiting = Gepland.objects.filter(uuid=uuid, stand=Planstand.WACHT)
    return [*waiting.select_related("door").order_by("op")]


def last_failure(uuid: UUID) -> Gepland | None:
    """What went wrong, if nothing was planned or done since."""
    last = Gepland.objects.filter(uuid=uuid).order_by("-pk").first()
    return last if last and last.stand == Planstand.MISLUKT else None


# When the moment comes


def carry_out(going: Callable[[], bool] = lambda: True) -> Counter[str]:
    """Do what is due, the oldest first; how many of each outcome."""
    done: Counter[str] = Counter()
    while going() and (outcome := _next()):
        done[outcome] += 1
    return done


def _next() -> Planstand | None:
    due = Gepland.objects.filter(
        stand=Planstand.WACHT, op__lte=timezone.now()
    ).order_by("op", "pk")
    # Looked at before: on SQLite a transaction holds up who writes.
    if not due.exists():
        return None
    with transaction.atomic():
        planned = due.select_for_update(skip_locked=True).first()
        if planned is None:
            return None
        # SQLite locks no row: who changes it first has it.
        mine = Gepland.objects.filter(pk=planned.pk, stand=Planstand.WACHT)
        now = timezone.now()
        if not mine.update(stand=Planstand.GEDAAN, gedaan_op=now):
            return Planstand.VERVALLEN
        planned.stand, planned.waarom = _do(planned)
        planned.gedaan_op = now
        planned.save(update_fields=["stand", "waarom", "gedaan_op"])
        return Planstand(planned.stand)


def _do(planned: Gepland) -> tuple[Planstand, str]:
    """What became of it, and why if it could not be done.

    A database that does not answer is no outcome: it is tried again later.
    """
    record = _record(planned)
    if why := _overtaken(planned, record):
        return Planstand.VERVALLEN, why
    assert record is not None, "else it was overtaken"  # noqa: S101
    if planned.door is None or not planned.door.is_active:
        return Planstand.MISLUKT, "Wie dit plande, heeft geen account meer."
    try:
        with transaction.atomic():
            told = _publish(planned, record)
    except CannotPublishError as error:
        return Planstand.MISLUKT, "\n".join(map(str, error.problems))
    except PermissionDenied:
        return Planstand.MISLUKT, f"{planned.door} mag niet (meer) publiceren."
    except IntegrityError:
        return (
            Planstand.MISLUKT,
            "De werkversie is intussen zo gewijzigd dat publiceren niet kan. Vul aan "
            "wat er ontbreekt, en publiceer zelf.",
        )
    LogEntry.objects.log_actions(
        planned.door.pk, [record], CHANGE, told, single_object=True
    )
    return Planstand.GEDAAN, ""


def _publish(planned: Gepland, record: Publiceerbaar) -> str:
    if planned.wat == Watgepland.INTREKKEN:
        withdraw(record=record, reason=planned.reden, by=planned.door)
        return "Ingetrokken, zoals gepland"
    declared = wholes()[planned.soort]
    data = upgraded(declared, parse(planned.document), planned.schema)
    versie = publish(
        record=record, by=planned.door, document=data, revisie=planned.revisie
    )
    return f"Gepubliceerd, zoals gepland: versie {versie.nummer}"


def _record(planned: Gepland) -> Publiceerbaar | None:
    rows = wholes()[planned.soort].model._default_manager.order_by()
    # Who publishes it by hand at this moment goes first, or waits.
    return rows.select_for_update().filter(uuid=planned.uuid).first()


def _overtaken(planned: Gepland, record: Publiceerbaar | None) -> str:
    """What was done by hand after it was planned, so that it must not be done."""
    if record is None:
        return "Dit item is er niet meer."
    seen = record.status == Status.GEPUBLICEERD
    if planned.wat == Watgepland.INTREKKEN:
        return "" if seen else "Lezers zagen dit al niet meer."
    newer = Publicatie.objects.filter(uuid=planned.uuid, revisie__gt=planned.revisie)
    if seen and newer.exists():
        return "Er is intussen een nieuwere versie gepubliceerd."
    withdrawn = Versie.objects.filter(
        uuid=planned.uuid, document__isnull=True, op__gt=planned.ingepland_op
    )
    if not seen and withdrawn.exists():
        return "Het is ingetrokken nadat dit gepland was."
    return ""
