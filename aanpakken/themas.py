"""Themes, and the aanpakken that work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanpakken.models import Basis
from aanpakken.terms import ThemaTerm
from aanpakken.whole import AanpakDocument, ThemaPart
from wijkwijzer.facets.declaration import FACETTEN

if TYPE_CHECKING:
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.stand import Stand

Koppeling = tuple[AanpakDocument, ThemaPart]


def themas_met_aantal(stand: Stand) -> list[tuple[ThemaTerm, int]]:
    """Each theme with the number of aanpakken that its filter leads to."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    return [
        (thema, index.bits("thema", thema.slug).bit_count())
        for thema in stand.terms(ThemaTerm)
    ]


def aanpakken_van_thema(
    stand: Stand, thema: ThemaTerm
) -> tuple[list[Koppeling], list[Koppeling]]:
    """Those that the source names itself, and those of editors; strong first."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    posities = index.records.in_order(index.bits("thema", thema.slug))
    gekoppeld = [
        (aanpak, koppeling)
        for aanpak in stand.documents(AanpakDocument, posities)
        for koppeling in aanpak.themas
        if koppeling.thema is thema
    ]
    gekoppeld.sort(key=lambda paar: paar[1].sterkte)
    expliciet = [paar for paar in gekoppeld if paar[1].basis == Basis.EXPLICIET]
    redactioneel = [paar for paar in gekoppeld if paar[1].basis != Basis.EXPLICIET]
    return expliciet, redactioneel
