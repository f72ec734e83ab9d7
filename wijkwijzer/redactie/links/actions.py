"""What is kept of a check, and what editors decide of an address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from wijkwijzer.core.models import MAX_ADRES, Adrescontrole, Adresstatus, DodeLink
from wijkwijzer.memory import number
from wijkwijzer.redactie.links.uitkomst import Soort, Uitkomst

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.contrib.auth.models import User

# Between the first failure and one that makes it dead.
BEDENKTIJD = timedelta(days=1)
# How long the word of an editor counts.
GOED_VOOR = timedelta(days=180)

STATUS = {
    Soort.GOED: Adresstatus.GOED,
    Soort.VERHUISD: Adresstatus.VERHUISD,
    Soort.MISLUKT: Adresstatus.ONZEKER,
    Soort.ONZEKER: Adresstatus.ONZEKER,
    Soort.NIET_BEZOCHT: Adresstatus.NIET_NAGEKEKEN,
}
KOLOMMEN = (
    *("status", "sinds", "nagekeken_op", "bevinding", "antwoord", "nieuw_adres"),
    *("mislukt", "eerst_mislukt_op"),
)


@transaction.atomic
def noteer(*, gevonden: Mapping[str, Uitkomst], op: datetime) -> None:
    """Keep what visits found. Pages are made anew only for what died or lives again."""
    al = Adrescontrole.objects.select_for_update().filter(adres__in=gevonden)
    rijen = {rij.adres: rij for rij in al}
    for adres, uitkomst in gevonden.items():
        rij = rijen.setdefault(adres, Adrescontrole(adres=adres))
        beoordeel(rij, uitkomst, op)
    Adrescontrole.objects.bulk_create(
        rijen.values(),
        update_conflicts=True,
        unique_fields=["adres"],
        update_fields=KOLOMMEN,
    )
    vertel_lezers(rijen.values(), op)


def beoordeel(rij: Adrescontrole, uitkomst: Uitkomst, op: datetime) -> None:
    """Say of a row what a visit found; not saved.

    Dead is only what failed twice, at least a day apart. What says nothing of the page
    itself leaves a dead link dead, and a failure before it counted.
    """
    nieuw = uitkomst.nieuw_adres
    status = STATUS[uitkomst.soort]
    if status == Adresstatus.VERHUISD and len(nieuw) > MAX_ADRES:
        nieuw, status = "", Adresstatus.GOED
    if uitkomst.soort is Soort.MISLUKT:
        rij.mislukt += 1
        rij.eerst_mislukt_op = rij.eerst_mislukt_op or op
        if rij.mislukt > 1 and op - rij.eerst_mislukt_op >= BEDENKTIJD:
            status = Adresstatus.DOOD
    elif status in {Adresstatus.GOED, Adresstatus.VERHUISD}:
        rij.mislukt, rij.eerst_mislukt_op = 0, None
    lives = status in {Adresstatus.GOED, Adresstatus.VERHUISD}
    if rij.status == Adresstatus.DOOD and not lives:
        status = Adresstatus.DOOD
    if status != Adresstatus.VERHUISD and geldt_als_goed(rij, op):
        status = Adresstatus.GOED
    if rij.status != status or rij.sinds is None:
        rij.status, rij.sinds = status, op
    rij.nagekeken_op, rij.antwoord = op, uitkomst.antwoord
    rij.bevinding, rij.nieuw_adres = uitkomst.bevinding, nieuw


def geldt_als_goed(rij: Adrescontrole, op: datetime) -> bool:
    return rij.goed_tot is not None and timezone.localdate(op) <= rij.goed_tot


def vertel_lezers(rijen: Iterable[Adrescontrole], op: datetime) -> None:
    """Let readers see which of these are dead; a change of that makes pages anew."""
    per_adres = {rij.adres: rij for rij in rijen}
    dood = {a for a, rij in per_adres.items() if rij.status == Adresstatus.DOOD}
    verteld = DodeLink.objects.van(per_adres)
    weer_goed = verteld.keys() - dood
    nieuw = dood - verteld.keys()
    if weer_goed:
        DodeLink.objects.filter(adres__in=weer_goed).delete()
    DodeLink.objects.bulk_create(
        DodeLink(adres=adres, gezien_op=timezone.localdate(op))
        for adres in sorted(nieuw)
    )
    if weer_goed or nieuw:
        number.fold_later()


@transaction.atomic
def keur_goed(*, controles: Collection[Adrescontrole], by: User) -> None:
    """An editor looked, and it works: that counts for half a year."""
    nu = timezone.now()
    for rij in controles:
        rij.status, rij.sinds, rij.nieuw_adres = Adresstatus.GOED, nu, ""
        rij.mislukt, rij.eerst_mislukt_op = 0, None
        rij.goed_volgens, rij.goed_op = by, timezone.localdate(nu)
        rij.goed_tot = rij.goed_op + GOED_VOOR
    velden = (*KOLOMMEN, "goed_volgens", "goed_op", "goed_tot")
    Adrescontrole.objects.bulk_update(controles, velden)
    vertel_lezers(controles, nu)


def ruim_op(*, in_gebruik: set[str]) -> int:
    """Forget addresses that stand nowhere any more; how many.

    Not the dead ones: no page shows them, so none has to be made anew.
    """
    weg = Adrescontrole.objects.exclude(status=Adresstatus.DOOD)
    pks = [
        pk
        for pk, adres in weg.values_list("pk", "adres").iterator()
        if adres not in in_gebruik
    ]
    for begin in range(0, len(pks), 500):
        Adrescontrole.objects.filter(pk__in=pks[begin : begin + 500]).delete()
    return len(pks)
