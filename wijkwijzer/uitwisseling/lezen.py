"""Any file of ours, read: its kind decides by whom."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wijkwijzer.uitwisseling.bladen import Bladlezer
from wijkwijzer.uitwisseling.documenten import lees_json, lees_zip
from wijkwijzer.uitwisseling.erkenningen import Erkenningenlezer
from wijkwijzer.uitwisseling.models import Inhoud
from wijkwijzer.uitwisseling.poort import GeweigerdError, Pakket, soort_van
from wijkwijzer.uitwisseling.werkboek import LEZERS, lees_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from wijkwijzer.uitwisseling.blad import Gelezenblad
    from wijkwijzer.uitwisseling.gelezen import Kennis, Lezing


def lees(
    naam: str,
    inhoud: bytes,
    kennis: Kennis,
    *,
    zaad: UUID,
    wat: str = Inhoud.ALLES,
    keuzes: Mapping[str, str] | None = None,
) -> Lezing:
    """What a file says. Raises GeweigerdError when it is not read at all."""
    extensie = soort_van(naam, inhoud)
    if extensie == ".json":
        return lees_json(inhoud)
    bladen = lees_bladen(naam, inhoud, extensie)
    if wat == Inhoud.ERKENNINGEN:
        gevuld = [blad for blad in bladen or () if blad.kolommen]
        if len(gevuld) != 1:
            raise GeweigerdError(
                "Gebruik hier een bestand met precies één gevuld blad."
            )
        return Erkenningenlezer(kennis, keuzes or {}).lees(gevuld[0])
    if bladen is None:
        return lees_zip(inhoud)
    return Bladlezer(zaad, kennis).lees(bladen)


def lees_bladen(naam: str, inhoud: bytes, extensie: str) -> list[Gelezenblad] | None:
    """The sheets of a file; None of a zip with something else."""
    if lezer := LEZERS.get(extensie):
        return lezer(inhoud)
    if extensie == ".csv":
        return [lees_csv(naam, inhoud)]
    pakket = Pakket(inhoud)
    if not any(deel.lower().endswith(".csv") for deel in pakket.namen):
        return None
    vreemd = [deel for deel in pakket.namen if not deel.lower().endswith(".csv")]
    if vreemd:
        raise GeweigerdError(f"Naast csv-bestanden zit er iets anders in: {vreemd[0]}.")
    bladen = [(PurePosixPath(deel).name, pakket.lees(deel)) for deel in pakket.namen]
    return [lees_csv(deel, tekst) for deel, tekst in bladen]
