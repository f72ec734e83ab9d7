"""A praktijkvoorbeeld, a dossier or a begrip as an entry of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.publicatie.aanpak import Blad
from wijkwijzer.publicatie.boom import anker
from wijkwijzer.publicatie.kennisvelden import (
    begripvelden,
    dossiervelden,
    voorbeeldvelden,
)
from wijkwijzer.publicatie.noten import Noten
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from wijkwijzer.publicatie.boom import Veld

    Kennis = BegripDocument | DossierDocument | PraktijkvoorbeeldDocument


def kennisblad(document: Kennis, basis: str) -> Blad:
    """``basis`` is the address of the site, without a slash at the end."""
    noten = Noten()
    return Blad(
        id=anker(document.soort, document.slug),
        slug=document.slug,
        soort=document.soort,
        naam=zetbaar(beginkapitaal(document.naam)),
        samenvatting=zetbaar(_samenvatting(document)),
        adres=f"{basis}{document.permalink}",
        velden=noten.nummer(_velden(document, basis)),
        noten=noten.teksten,
    )


def _samenvatting(document: Kennis) -> str:
    if isinstance(document, BegripDocument):
        return document.definitie
    return document.samenvatting


def _velden(document: Kennis, basis: str) -> list[Veld]:
    if isinstance(document, BegripDocument):
        return begripvelden(document)
    if isinstance(document, DossierDocument):
        return dossiervelden(document, f"{basis}{document.get_absolute_url()}")
    return voorbeeldvelden(document)
