"""The mails for who follows a list: what is new in it, laid ready in the outbox.

A mail and up to when was told are written in one transaction. So who is killed in
between leaves nothing half: a process that comes after goes on where it was, and two
at once make the same mail, which is one (``mail.leg_overzicht_klaar``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import Error, transaction
from django.utils import timezone

from wijkwijzer.deelname.mail import kan_mailen, leg_overzicht_klaar
from wijkwijzer.deelname.models import Abonnement
from wijkwijzer.nieuws.sinds import nieuw_in
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from wijkwijzer.nieuws.sinds import Nieuws
    from wijkwijzer.wholes.stand import Stand

logger = logging.getLogger(__name__)

MORGEN = timedelta(days=1)
# Nobody is woken by it.
VANAF_UUR = 7


def leg_overzichten_klaar(doorgaan: Callable[[], bool] = lambda: True) -> int:
    """Lay ready all that is due, one by one; how many subscriptions were looked at."""
    nu = timezone.localtime()
    if nu.hour < VANAF_UUR or not kan_mailen():
        return 0
    vandaag, gedaan = nu.date(), 0
    # Looked at before: without anybody to tell, this process needs no catalogue.
    if not Abonnement.objects.aan_de_beurt(vandaag).exists():
        return 0
    gevonden = Gevonden(current_stand(), vandaag)
    while doorgaan() and _volgende(gevonden):
        gedaan += 1
    return gedaan


class Gevonden:
    """What is new in a list since a day: looked for once, for all who follow it."""

    def __init__(self, stand: Stand, vandaag: date) -> None:
        self.stand, self.vandaag = stand, vandaag
        self._eerder: dict[tuple[str, str, date], Nieuws] = {}

    def van(self, rij: Abonnement) -> Nieuws:
        sinds = rij.verteld_tot or self.vandaag
        sleutel = (rij.lijst, rij.vraag, sinds)
        if sleutel not in self._eerder:
            self._eerder[sleutel] = nieuw_in(
                self.stand, rij.lijst, rij.vraag, sinds, self.vandaag
            )
        return self._eerder[sleutel]


@transaction.atomic()
def _volgende(gevonden: Gevonden) -> bool:
    """Tell one who is due; False when nobody is."""
    te_doen = Abonnement.objects.aan_de_beurt(gevonden.vandaag)
    rij = te_doen.select_for_update(skip_locked=True).first()
    if rij is None:
        return False
    try:
        nieuws = gevonden.van(rij)
    except Error:
        raise
    except Exception:  # one list must not stop the mail of all others
        logger.exception("Wat er nieuw is voor abonnement %s is niet te zeggen", rij.pk)
        rij.volgende = gevonden.vandaag + MORGEN
    else:
        if nieuws.aantal:
            leg_overzicht_klaar(rij, nieuws)
        rij.vertel_verder(gevonden.vandaag)
    rij.save(update_fields=["verteld_tot", "volgende"])
    return True
