"""Reports of readers about a reaction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.contrib.admin.models import CHANGE
from django.db import transaction

from wijkwijzer.deelname import spam
from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.models import Reactiemelding
from wijkwijzer.deelname.spam import Formulier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

    from wijkwijzer.deelname.models import Reactie
    from wijkwijzer.deelname.spam import Afzender


@transaction.atomic()
def meld_reactie(
    *, reactie: Reactie, reden: str, sleutel: UUID, afzender: Afzender
) -> None:
    """Tell the editors that a reaction should not be there. Raises TeVaakError."""
    eigen = uuid5(sleutel, reden)
    if Reactiemelding.objects.filter(sleutel=eigen).exists():
        return
    inhoud = (reactie.pk, reden)
    if spam.noteer(afzender=afzender, soort=Formulier.MELDING, inhoud=inhoud):
        Reactiemelding.objects.get_or_create(
            sleutel=eigen, defaults={"reactie": reactie, "reden": reden}
        )


@transaction.atomic()
def handel_meldingen_af(*, meldingen: Iterable[Reactiemelding], by: User) -> int:
    """Take reports from the list of what is open."""
    te_doen = Reactiemelding.objects.filter(
        pk__in=[melding.pk for melding in meldingen], afgehandeld=False
    )
    gedaan = list(te_doen.select_for_update())
    te_doen.update(afgehandeld=True)
    schrijf_op(gedaan, by, CHANGE, "Afgehandeld")
    return len(gedaan)
