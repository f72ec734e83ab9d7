"""Ratings: a browser gives one, editors can erase it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.admin.models import DELETION
from django.db import transaction

from wijkwijzer.deelname import spam, zichtbaar
from wijkwijzer.deelname.geschiedenis import schrijf_op
from wijkwijzer.deelname.models import Stem
from wijkwijzer.deelname.spam import Formulier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.deelname.spam import Afzender


def kiezer_van(onderwerp: Publiceerbaar, geheim: str) -> str:
    """Who votes on this: another hash for each subject, and no way back."""
    return spam.hash_van("kiezer", onderwerp.soort, onderwerp.pk, geheim)


@transaction.atomic()
def geef_stem(
    *,
    onderwerp: Publiceerbaar,
    waarde: int,
    kiezer: str,
    sleutel: UUID,
    afzender: Afzender,
) -> None:
    """Keep a vote, or replace the one this voter gave before. Raises TeVaakError."""
    inhoud = (kiezer, waarde, sleutel)
    if not spam.noteer(afzender=afzender, soort=Formulier.STEM, inhoud=inhoud):
        return
    Stem.objects.update_or_create(
        kiezer=kiezer,
        defaults={"waarde": waarde},
        create_defaults={"waarde": waarde, onderwerp.soort: onderwerp},
    )
    zichtbaar.gestemd()


@transaction.atomic()
def wis_stemmen(*, stemmen: Iterable[Stem], by: User) -> int:
    """Erase votes; the averages follow at once."""
    te_doen = list(Stem.objects.filter(pk__in=[stem.pk for stem in stemmen]))
    schrijf_op(te_doen, by, DELETION, "Gewist")
    Stem.objects.filter(pk__in=[stem.pk for stem in te_doen]).delete()
    if te_doen:
        zichtbaar.besloten()
    return len(te_doen)
