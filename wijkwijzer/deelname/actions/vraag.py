"""Questions to a contactpunt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from wijkwijzer.deelname import spam
from wijkwijzer.deelname.mail import leg_vraag_klaar
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.deelname.spam import Formulier

if TYPE_CHECKING:
    from kennisdossier.models import Contactpunt
    from wijkwijzer.deelname.spam import Afzender


@transaction.atomic()
def stel_vraag(
    *,
    contactpunt: Contactpunt,
    vraag: str,
    naam: str,
    email: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Put a question in the outbox. The same again is no second mail.

    Raises TeVaakError.
    """
    eigen = uuid5(sleutel, "\0".join([str(contactpunt.pk), vraag, naam, email]))
    if Bericht.objects.filter(sleutel=eigen).exists():
        return
    inhoud = (contactpunt.pk, email, naam, vraag)
    if spam.noteer(afzender=afzender, soort=Formulier.CONTACT, inhoud=inhoud):
        leg_vraag_klaar(contactpunt, naam=naam, email=email, vraag=vraag, sleutel=eigen)
