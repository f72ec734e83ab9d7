"""Follow a list by mail: ask, say yes, change how often, stop."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from wijkwijzer.deelname import spam
from wijkwijzer.deelname.invoer import vergelijkbaar
from wijkwijzer.deelname.mail import leg_bevestiging_klaar
from wijkwijzer.deelname.models import Abonnement, Bericht, Berichtstatus, Ritme
from wijkwijzer.deelname.spam import Formulier

if TYPE_CHECKING:
    from uuid import UUID

    from wijkwijzer.deelname.spam import Afzender

DAG = timedelta(days=1)
# Of one address: so many mails that ask for a yes a day, whoever asks for them, and so
# many lists in all. Who has an address that others fill in here gets no more than this.
VRAGEN_PER_DAG = 3
LIJSTEN_PER_ADRES = 25


@transaction.atomic()
def vraag_abonnement_aan(
    *,
    email: str,
    lijst: str,
    vraag: str,
    titel: str,
    ritme: str,
    site: str,
    afzender: Afzender,
) -> None:
    """Ask the address whether it wants this. Nothing comes before it says yes.

    ``titel``: what it would follow. Whether the address is known, follows this already,
    or got too many of these mails, nobody can tell from what happens. Raises
    TeVaakError.
    """
    email = vergelijkbaar(email)
    inhoud = (email, lijst, vraag, ritme)
    if not spam.noteer(afzender=afzender, soort=Formulier.VOLGEN, inhoud=inhoud):
        return
    nu = timezone.now()
    van_adres = Abonnement.objects.filter(email=email)
    if van_adres.filter(gevraagd_op__gt=nu - DAG).count() >= VRAGEN_PER_DAG:
        return
    rij = van_adres.filter(lijst=lijst, vraag=vraag).first()
    if rij is None and van_adres.count() >= LIJSTEN_PER_ADRES:
        return
    if rij and rij.gevraagd_op > nu - DAG:
        return
    rij = rij or Abonnement(email=email, lijst=lijst, vraag=vraag, ritme=ritme)
    rij.site, rij.gevraagd_op = site, nu
    rij.save()
    leg_bevestiging_klaar(rij, titel=titel, ritme=Ritme(ritme))


@transaction.atomic()
def bewaar_abonnement(*, sleutel: UUID, ritme: str) -> bool:
    """Say yes, or change how often; False when it is not there (any more).

    Who says yes hears of today and after. Nothing is told twice, or skipped, by who
    changes how often.
    """
    rij = Abonnement.objects.select_for_update().filter(sleutel=sleutel).first()
    if rij is None:
        return False
    rij.ritme = ritme
    rij.vertel_verder(rij.verteld_tot or timezone.localdate())
    rij.save()
    return True


@transaction.atomic()
def stop_abonnement(*, sleutel: UUID) -> bool:
    """Erase it, with the mail that was still to leave; False when it was not there."""
    rij = Abonnement.objects.select_for_update().filter(sleutel=sleutel).first()
    if rij is None:
        return False
    wachtend = Bericht.objects.filter(email=rij.email).exclude(
        status=Berichtstatus.VERSTUURD
    )
    for bericht in wachtend:
        if str(sleutel) in bericht.tekst:
            bericht.delete()
    rij.delete()
    return True
