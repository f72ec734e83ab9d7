"""Sends what is in the outbox. Only ever in a process that no reader waits for.

Who sends a mail first takes it: it moves on the moment at which anybody may try again,
and counts the try. So two processes never send the same at once, and what a process
that died had taken comes back by itself. A mail leaves twice only when a process dies,
or the database stays away, between the moment that the mail server accepted it and the
moment that we wrote that down; both copies then have the same Message-ID.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, connection, transaction
from django.utils import timezone

from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.models import Bericht, Berichtstatus

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

# Longer than a mail can take: some fifteen answers of the mail server, for each of
# which we wait EMAIL_TIMEOUT at most.
GENOMEN = timedelta(minutes=3)
# After a failure: a minute, two, four … In all a day and a half.
WACHT_EERST = timedelta(minutes=1)
MAX_KEREN = 12
# How long, in seconds, we go on telling the database that a mail has left.
VOLHOUDEN = 60
ELKE = 1.0

AFGEBROKEN = "Afgebroken"
GEEN_ONTVANGER = "GeenOntvanger"


@dataclass(frozen=True)
class Uitkomst:
    """What became of the mails that were due."""

    verstuurd: int = 0
    uitgesteld: int = 0
    opgegeven: int = 0


def verstuur(doorgaan: Callable[[], bool] = lambda: True) -> Uitkomst:
    """Send what is due, one by one, for as long as ``doorgaan()``.

    Without a mail server everything stays where it is.
    """
    telling: Counter[str] = Counter()
    if kan_mailen():
        telling["opgegeven"] += _geef_op_wat_steeds_afbrak()
        while doorgaan() and (bericht := _neem()):
            telling[_probeer(bericht)] += 1
    return Uitkomst(**telling)


def _neem() -> Bericht | None:
    """A mail that is now ours for a while, whoever else is looking for one."""
    nu = timezone.now()
    te_doen = Bericht.objects.aan_de_beurt(nu).order_by("volgende_op", "pk")
    # Looked at before: on SQLite a transaction holds up who writes.
    if not te_doen.exists():
        return None
    with transaction.atomic():
        bericht = te_doen.select_for_update(skip_locked=True).first()
        if bericht:
            bericht.geprobeerd += 1
            bericht.volgende_op = nu + GENOMEN
            bericht.save(update_fields=["geprobeerd", "volgende_op"])
    return bericht


def _geef_op_wat_steeds_afbrak() -> int:
    """A mail that no process ever finished with may be what ends them."""
    te_vaak = Bericht.objects.aan_de_beurt(timezone.now()).filter(
        geprobeerd__gte=MAX_KEREN
    )
    if not te_vaak.exists():
        return 0
    return te_vaak.update(status=Berichtstatus.MISLUKT, fout=AFGEBROKEN)


def _probeer(bericht: Bericht) -> str:
    try:
        fout = "" if _als_mail(bericht).send() else GEEN_ONTVANGER
    except Exception as oorzaak:  # noqa: BLE001  # one mail must not stop the others
        # Only the kind: the words of a mail server often name the address.
        fout = type(oorzaak).__name__
    if not fout:
        _zeg_het(lambda: _is_verstuurd(bericht))
        return "verstuurd"
    logger.error(
        "Mail %s is niet verstuurd (keer %s): %s", bericht.pk, bericht.geprobeerd, fout
    )
    return _is_niet_verstuurd(bericht, fout)


def _als_mail(bericht: Bericht) -> EmailMessage:
    domein = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject=bericht.onderwerpregel,
        body=bericht.tekst,
        to=[bericht.aan] if bericht.aan else [],
        reply_to=[bericht.antwoord_aan] if bericht.antwoord_aan else None,
        # The same at each try: a second copy is recognised as one.
        headers={**bericht.koppen, "Message-ID": f"<{bericht.sleutel}@{domein}>"},
    )


def _is_verstuurd(bericht: Bericht) -> None:
    """Also when another took it meanwhile: this one has left."""
    Bericht.objects.filter(pk=bericht.pk).update(
        status=Berichtstatus.VERSTUURD,
        verstuurd_op=timezone.now(),
        fout="",
        # The link to stop leads to who it was sent to.
        koppen={},
        **dict.fromkeys(("tekst", "aan", "antwoord_aan", "email"), ""),
    )


def _is_niet_verstuurd(bericht: Bericht, fout: str) -> str:
    # Who took longer than it was ours, has nothing to say about it any more.
    van_ons = Bericht.objects.filter(
        pk=bericht.pk, status=Berichtstatus.WACHT, geprobeerd=bericht.geprobeerd
    )
    if bericht.geprobeerd >= MAX_KEREN:
        van_ons.update(status=Berichtstatus.MISLUKT, fout=fout)
        return "opgegeven"
    wachttijd = WACHT_EERST * 2 ** (bericht.geprobeerd - 1)
    van_ons.update(volgende_op=timezone.now() + wachttijd, fout=fout)
    return "uitgesteld"


def _zeg_het(vertel: Callable[[], None]) -> None:
    """What has left must be known, or it leaves again: a database can come back."""
    tot = time.monotonic() + VOLHOUDEN
    while True:
        try:
            return vertel()
        except Error:
            if time.monotonic() > tot:
                raise
            connection.close()
            time.sleep(ELKE)
