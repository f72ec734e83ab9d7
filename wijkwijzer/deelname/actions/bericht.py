"""Mail that was given up: editors can have it sent after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils import timezone

from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.models import Bericht, Berichtstatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User


@transaction.atomic()
def verstuur_opnieuw(*, berichten: Iterable[Bericht], by: User, aan: str = "") -> int:
    """Put what was given up in the outbox again, as new; how many that were.

    ``aan``: another address to send it to.
    """
    pks = [bericht.pk for bericht in berichten]
    te_doen = [*Bericht.objects.filter(pk__in=pks).mislukt().select_for_update()]
    for bericht in te_doen:
        bericht.status, bericht.fout, bericht.geprobeerd = Berichtstatus.WACHT, "", 0
        bericht.volgende_op = timezone.now()
        bericht.aan = aan or bericht.aan
        bericht.save(
            update_fields=["status", "fout", "geprobeerd", "volgende_op", "aan"]
        )
    schrijf_op(te_doen, by, CHANGE, "Opnieuw klaargelegd om te versturen")
    return len(te_doen)
