"""An aanpak or a register entry, in the book, on a sheet or in a brochure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wijkwijzer.core.teksten import opgesomd
from wijkwijzer.publicatie.boom import Stuk, Veld, anker
from wijkwijzer.publicatie.noten import Noten
from wijkwijzer.publicatie.oordeel import Merk, merk
from wijkwijzer.publicatie.oordeel import velden as registervelden
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.publicatie.velden import velden

if TYPE_CHECKING:
    from datetime import date

    from aanpakken.whole import AanpakDocument
    from interventies.whole import InterventieDocument


class Blad(msgspec.Struct, frozen=True):
    """One record: what stands at its top, and its fields."""

    id: str
    slug: str
    soort: str
    naam: str
    samenvatting: str
    adres: str
    velden: list[Veld]
    noten: list[list[Stuk]]
    merk: Merk | None = None
    # The numbers of the rings that carry it out, and the same in words; of what nobody
    # carries out there are none to draw.
    ringen: list[int] | None = None
    ringwoorden: str = ""
    themas: list[str] = []
    # Why somebody picked it, in their own words.
    reden: str = ""


def aanpakblad(aanpak: AanpakDocument, basis: str, reden: str = "") -> Blad:
    """``basis`` is the address of the site, without a slash at the end."""
    lagen = aanpak.lagen()
    kort = [laag.kort.lower() for laag in lagen]
    noten = Noten()
    return Blad(
        id=anker(aanpak.soort, aanpak.slug),
        slug=aanpak.slug,
        soort=aanpak.soort,
        naam=zetbaar(aanpak.naam),
        samenvatting=zetbaar(aanpak.samenvatting),
        adres=f"{basis}{aanpak.permalink}",
        velden=noten.nummer(velden(aanpak)),
        noten=noten.teksten,
        merk=None if in_bewerking(aanpak) else merk(aanpak.geldigheid),
        ringen=[laag.volgorde for laag in lagen],
        ringwoorden="".join(f"{voor}{woord}" for voor, woord in opgesomd(kort)),
        themas=[t.thema.slug for t in aanpak.themas_op_sterkte()],
        reden=zetbaar(reden),
    )


def in_bewerking(aanpak: AanpakDocument) -> bool:
    """It has a register entry that readers do not see: nothing is said of it."""
    return aanpak.interventie is not None and aanpak.zichtbare_interventie is None


def interventieblad(
    interventie: InterventieDocument, peildatum: date, basis: str
) -> Blad:
    noten = Noten()
    return Blad(
        id=anker(interventie.soort, interventie.slug),
        slug=interventie.slug,
        soort=interventie.soort,
        naam=zetbaar(interventie.naam),
        samenvatting="Wat databanken over deze aanpak zeggen.",
        adres=f"{basis}{interventie.permalink}",
        velden=noten.nummer(registervelden(interventie, peildatum)),
        noten=noten.teksten,
        merk=merk(interventie.geldigheid(peildatum)),
    )
