"""One record on one sheet of paper."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import msgspec

from wijkwijzer.publicatie.aanpak import Blad, aanpakblad, interventieblad
from wijkwijzer.publicatie.bronnen import dag
from wijkwijzer.publicatie.inleiding import LICENTIE_KORT

if TYPE_CHECKING:
    from datetime import datetime

    from aanpakken.whole import AanpakDocument
    from interventies.whole import InterventieDocument
    from wijkwijzer.wholes.stand import Stand

SJABLOON = "blad"


class Bladdocument(msgspec.Struct, frozen=True):
    titel: str
    soort: str
    # When the newest version that it is made of was published: UTC, and in words.
    moment: datetime
    datum: str
    adres: str
    blad: Blad
    licentie: str = LICENTIE_KORT


def blad_van_aanpak(stand: Stand, aanpak: AanpakDocument, basis: str) -> Bladdocument:
    blad = aanpakblad(aanpak, basis)
    return _document("Aanpak", blad, moment_van_aanpak(stand, aanpak))


def moment_van_aanpak(stand: Stand, aanpak: AanpakDocument) -> datetime:
    """When what a sheet tells of it was last published: the register says part."""
    interventie = aanpak.zichtbare_interventie
    gehelen = [aanpak, *([interventie] if interventie else [])]
    return max(stand.changed_at(geheel) for geheel in gehelen)


def blad_van_interventie(
    stand: Stand, interventie: InterventieDocument, basis: str
) -> Bladdocument:
    blad = interventieblad(interventie, stand.day, basis)
    return _document("Register van databanken", blad, stand.changed_at(interventie))


def _document(soort: str, blad: Blad, moment: datetime) -> Bladdocument:
    return Bladdocument(
        titel=blad.naam,
        soort=soort,
        moment=moment.astimezone(UTC).replace(microsecond=0),
        datum=dag(moment.date()),
        adres=blad.adres,
        blad=blad,
    )
