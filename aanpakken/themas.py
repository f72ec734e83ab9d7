"""Themes, and the aanpakken that work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from aanpakken.facets import ZIJDELINGS
from aanpakken.models import Basis
from aanpakken.terms import ThemaTerm
from aanpakken.whole import AanpakDocument, ThemaPart
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.terms import Vocabulaireterm

if TYPE_CHECKING:
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.stand import Stand

T = TypeVar("T", bound=Vocabulaireterm)
Koppeling = tuple[AanpakDocument, ThemaPart]


def termen_met_aantal(stand: Stand, facet: str, soort: type[T]) -> list[tuple[T, int]]:
    """Each term with the number of aanpakken that its filter leads to."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    return [
        (term, index.bits(facet, term.slug).bit_count()) for term in stand.terms(soort)
    ]


def aantal_zijdelings(stand: Stand, thema: ThemaTerm) -> int:
    """How many of the aanpakken of a theme only touch on it."""
    index: FacetIndex = stand.index(AanpakDocument, ZIJDELINGS)
    return index.bits(ZIJDELINGS, thema.slug).bit_count()


class Themagroepen(NamedTuple):
    """The aanpakken of a theme: whom the source names, then how strong the link is."""

    genoemd: list[Koppeling]
    sterk: list[Koppeling]
    zwak: list[Koppeling]


def aanpakken_van_thema(stand: Stand, thema: ThemaTerm) -> Themagroepen:
    """Every aanpak of a theme, each in one group, by name."""
    index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
    posities = index.records.in_order(index.bits("thema", thema.slug))
    groepen = Themagroepen([], [], [])
    for aanpak in stand.documents(AanpakDocument, posities):
        for koppeling in aanpak.themas:
            if koppeling.thema is not thema:
                continue
            if koppeling.basis == Basis.EXPLICIET:
                groepen.genoemd.append((aanpak, koppeling))
            elif koppeling.zijdelings:
                groepen.zwak.append((aanpak, koppeling))
            else:
                groepen.sterk.append((aanpak, koppeling))
    return groepen
