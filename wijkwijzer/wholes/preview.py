"""The working copy of one record as readers will see it, at an address of its own.

The address is signed and works for a while only, so it can be given to somebody without
an account. It shows what the working copy says when somebody looks.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, Signer
from django.utils import timezone

from wijkwijzer.core.voorbeeld import voorbeeld_tot
from wijkwijzer.wholes.actions import working_document
from wijkwijzer.wholes.base import Row
from wijkwijzer.wholes.current import current_stand, instead
from wijkwijzer.wholes.documents import canonical
from wijkwijzer.wholes.layers import NO_ROW, NO_VERSION, Shown
from wijkwijzer.wholes.models import SCHEMA, Publicatie
from wijkwijzer.wholes.registry import whole_of, wholes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.wholes.declaration import Whole

# How long somebody has to look at it.
VALID = timedelta(days=7)

_signer = Signer(salt="wijkwijzer.wholes.preview")


def sign(record: Publiceerbaar, until: datetime) -> str:
    """The part of an address that shows this record, until then."""
    return _signer.sign(f"{record.soort}:{record.uuid.hex}:{int(until.timestamp())}")


def signed(token: str) -> tuple[type[Whole], UUID, datetime]:
    """What a token shows, and until when.

    Raises SignatureExpired when it was good once, BadSignature when it never was.
    """
    soort, *rest = _signer.unsign(token).split(":")
    if soort not in wholes() or len(rest) != 2:
        raise BadSignature("not what we sign")
    key, seconds = rest
    until = datetime.fromtimestamp(int(seconds), UTC)
    if until <= timezone.now():
        raise SignatureExpired(f"it worked until {until}")
    return wholes()[soort], UUID(key), until


@contextmanager
def previewing(record: Publiceerbaar, until: datetime) -> Iterator[str]:
    """Make pages as if this record were published; gives the address of its page."""
    data = working_document(record)
    publicatie = Publicatie.objects.filter(uuid=record.uuid).first()
    now = timezone.now()
    row = Row(
        publicatie.pk if publicatie else NO_ROW,
        NO_VERSION,
        record.uuid,
        data["slug"],
        now,
        publicatie.eerste_op if publicatie else now,
        SCHEMA,
        canonical(data),
    )
    shown = Shown(whole_of(type(record)), row)
    in_stand = instead.set(current_stand.preview(shown))
    in_page = voorbeeld_tot.set(until)
    try:
        yield record.get_absolute_url()
    finally:
        voorbeeld_tot.reset(in_page)
        instead.reset(in_stand)
