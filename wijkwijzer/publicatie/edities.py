"""Freeze an edition, and tell what became different since the one before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from wijkwijzer.nieuws.verschil import Verschil, verschillen
from wijkwijzer.publicatie.boek import Boek, maak_boek
from wijkwijzer.publicatie.boom import alineas
from wijkwijzer.publicatie.bronnen import dag
from wijkwijzer.publicatie.inhoud import delen
from wijkwijzer.publicatie.models import Editie, Editiebestand
from wijkwijzer.publicatie.overzicht import SJABLOON, zet_boek
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.publicatie.zetten import opdracht
from wijkwijzer.wholes.models import Versie
from wijkwijzer.wholes.registry import wholes
from wijkwijzer.wholes.upgrade import upgraded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.stand import Stand


# How many volumes are set at a time.
TEGELIJK = 2
# How a kind of record is called here, where it has another name for editors.
_SOORT = {InterventieDocument.soort: "register"}


def editieboek(stand: Stand, editie: Editie, basis: str, deel: int = 1) -> Boek:
    """A volume of the edition as it would be frozen now."""
    adres = basis + reverse("editie", args=[editie.nummer])
    boek = maak_boek(stand, basis, adres, deel)
    return msgspec.structs.replace(
        boek,
        editie=str(editie),
        datum=dag(editie.datum),
        voorwoord=alineas(editie.voorwoord),
    )


def proefdruk(stand: Stand, editie: Editie, basis: str) -> bytes:
    """The first volume, for who prepares it. Raises OnzetbaarError."""
    boek = editieboek(stand, editie, basis)
    return zet_boek(boek, opdracht(SJABLOON, boek))


def bevries(*, editie: Editie, stand: Stand, basis: str) -> None:
    """Keep the files and the list of versions. Raises OnzetbaarError.

    What is kept is what this stand has. Setting a volume takes a second and a quarter
    of a gigabyte: two at a time, for this is seldom done, and waited for.
    """
    with ThreadPoolExecutor(TEGELIJK) as pool:
        # Only what sets them runs beside each other: this thread reads the database.
        gezet = []
        for deel in range(1, len(delen(stand)) + 1):
            boek = editieboek(stand, editie, basis, deel)
            gezet.append(pool.submit(zet_boek, boek, opdracht(SJABLOON, boek)))
        inhouden = [deel.result() for deel in gezet]
    bestanden = [
        Editiebestand(
            editie=editie, deel=deel, inhoud=inhoud, som=sha256(inhoud).hexdigest()
        )
        for deel, inhoud in enumerate(inhouden, start=1)
    ]
    with transaction.atomic():
        editie.bevroren_op = timezone.now()
        editie.versies = [*_versies(stand)]
        editie.save()
        Editiebestand.objects.bulk_create(bestanden)


def _versies(stand: Stand) -> Iterator[list[Any]]:
    """What the book is made of: each record, and what the register says of it."""
    for plaatsen in delen(stand):
        for document in stand.together(plaatsen):
            register = getattr(document, "zichtbare_interventie", None)
            for geheel in filter(None, (document, register)):
                yield [geheel.soort, geheel.uuid.hex, stand.number_of(geheel)]


@dataclass(frozen=True)
class Verandering:
    """A record of two editions that is not the same in both."""

    naam: str
    # Of its page; empty when readers do not see it any more.
    pad: str
    # "erbij", "eraf" or "anders".
    hoe: str
    verschillen: list[Verschil]


def vorige(editie: Editie) -> Editie | None:
    eerder = Editie.objects.bevroren().filter(nummer__lt=editie.nummer)
    return eerder.order_by("-nummer").first()


def veranderd(stand: Stand, editie: Editie, eerder: Editie) -> list[Verandering]:
    """What is in one of them alone, or is another version. One query.

    Of what readers do not see any more only the name is told: it may be gone for a
    reason.
    """
    nu, toen = _lijst(editie), _lijst(eerder)
    anders = [
        wie for wie in dict.fromkeys([*nu, *toen]) if nu.get(wie) != toen.get(wie)
    ]
    data = _documenten(anders, nu, toen)
    return [
        _verandering(
            stand,
            *wie,
            data.get((wie[1], toen.get(wie))),
            data.get((wie[1], nu.get(wie))),
        )
        for wie in anders
    ]


Wie = tuple[str, UUID]


def _lijst(editie: Editie) -> dict[Wie, int]:
    return {(soort, UUID(uuid)): nummer for soort, uuid, nummer in editie.versies}


def _documenten(
    anders: list[Wie], *lijsten: dict[Wie, int]
) -> dict[tuple[UUID, int | None], Data]:
    rijen = Versie.objects.filter(uuid__in=[uuid for _, uuid in anders])
    gevraagd = {(w[1], lijst[w]) for lijst in lijsten for w in anders if w in lijst}
    return {
        (rij.uuid, rij.nummer): upgraded(
            wholes()[rij.soort], msgspec.json.decode(rij.document), rij.schema
        )
        for rij in rijen
        if rij.document and (rij.uuid, rij.nummer) in gevraagd
    }


def _verandering(
    stand: Stand, soort: str, uuid: UUID, was: Data | None, nu: Data | None
) -> Verandering:
    declared: type[Whole] = wholes()[soort]
    zichtbaar = stand.published(declared, uuid)
    naam = (nu or was or {}).get("naam", "")
    welk = "" if soort == AanpakDocument.soort else f" ({_SOORT.get(soort, soort)})"
    hoe = "anders" if was and nu else "erbij" if nu else "eraf"
    verteld = []
    if was and nu and zichtbaar:
        verteld = verschillen(stand, declared, was, nu)
    return Verandering(
        f"{zetbaar(naam)}{welk}",
        zichtbaar.get_absolute_url() if zichtbaar else "",
        hoe,
        verteld,
    )
