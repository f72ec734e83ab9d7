"""Reactions: readers write them, editors decide about them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wijkwijzer.deelname import spam, zichtbaar
from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.mail import leg_besluit_klaar
from wijkwijzer.deelname.models import (
    ONDERWERPEN,
    Reactie,
    Reactiestatus,
)
from wijkwijzer.deelname.spam import Formulier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.deelname.spam import Afzender


def plaats_reactie(
    *,
    onderwerp: Publiceerbaar,
    tekst: str,
    naam: str,
    email: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Keep a reaction for the editors. The same again changes nothing.

    Raises TeVaakError.
    """
    # The key of the form and what was in it: who goes back and changes the text
    # sends another reaction, and nothing is lost.
    eigen = uuid5(sleutel, "\0".join([tekst, naam, email]))
    soort = onderwerp.soort
    inhoud = (soort, onderwerp.pk, tekst)
    # Looked at before the transaction too: who clicks twice holds up nobody.
    if Reactie.objects.filter(sleutel=eigen).exists() or spam.is_herhaling(
        afzender=afzender, soort=Formulier.REACTIE, inhoud=inhoud
    ):
        return
    with transaction.atomic():
        if spam.noteer(afzender=afzender, soort=Formulier.REACTIE, inhoud=inhoud):
            velden = {"tekst": tekst, "naam": naam, "email": email}
            Reactie.objects.get_or_create(
                sleutel=eigen, defaults={soort: onderwerp, **velden}
            )


def keur_goed(
    *, reacties: Iterable[Reactie], by: User, site: str, gezien: datetime | None = None
) -> int:
    """Show reactions to everybody; the number that this changed.

    ``site``: the address of the site, for the mail to who wrote it. ``gezien``: when
    the editor saw them; what another decided since is left as it is.
    """
    return _beoordeel(reacties, Reactiestatus.GOEDGEKEURD, "", by, site, gezien)


def weiger(
    *,
    reacties: Iterable[Reactie],
    reden: str,
    by: User,
    site: str,
    gezien: datetime | None = None,
) -> int:
    """Refuse reactions; who left an address gets the reason by mail."""
    return _beoordeel(reacties, Reactiestatus.GEWEIGERD, reden, by, site, gezien)


def markeer_spam(
    *, reacties: Iterable[Reactie], by: User, gezien: datetime | None = None
) -> int:
    """Put reactions away as spam; nobody gets mail."""
    return _beoordeel(reacties, Reactiestatus.SPAM, "", by, "", gezien)


@transaction.atomic()
def _beoordeel(
    reacties: Iterable[Reactie],
    status: Reactiestatus,
    reden: str,
    by: User,
    site: str,
    gezien: datetime | None,
) -> int:
    later = Q(beoordeeld_op__gt=gezien) if gezien else Q(pk__in=())
    te_doen = (
        Reactie.objects.filter(pk__in=[reactie.pk for reactie in reacties])
        .exclude(later)
        .exclude(status=status)
        .select_related(*ONDERWERPEN)
        .select_for_update(of=("self",))
    )
    gedaan = list(te_doen)
    was_zichtbaar = any(r.status == Reactiestatus.GOEDGEKEURD for r in gedaan)
    for reactie in gedaan:
        reactie.status, reactie.reden = status, reden
        reactie.beoordeeld_op, reactie.beoordeeld_door = timezone.now(), by
        reactie.save(
            update_fields=["status", "reden", "beoordeeld_op", "beoordeeld_door"]
        )
        if reactie.email and status != Reactiestatus.SPAM:
            leg_besluit_klaar(reactie, site)
    besluit = status.label.capitalize()
    schrijf_op(gedaan, by, CHANGE, f"{besluit}: {reden}" if reden else besluit)
    if gedaan and (was_zichtbaar or status == Reactiestatus.GOEDGEKEURD):
        zichtbaar.besloten()
    return len(gedaan)
