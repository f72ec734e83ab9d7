"""The cards of a list, with why each was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from wijkwijzer.search.tekst import zoekdocument

if TYPE_CHECKING:
    from django.core.paginator import Page

    from aanpakken.facets import AanpakFilter
    from aanpakken.whole import AanpakDocument
    from wijkwijzer.search.uitleg import Uitleg

Kaart = tuple["AanpakDocument", "Uitleg | None"]


class Kaartgroep(NamedTuple):
    """Cards under one heading; without one when there is nothing to tell apart."""

    kop: str
    kaarten: list[Kaart]

    @property
    def kopniveau(self) -> int:
        """Of the cards: one below that of the group."""
        return 4 if self.kop else 3


def met_uitleg(
    filterset: AanpakFilter, aanpakken: Sequence[AanpakDocument]
) -> list[Kaart]:
    """Each aanpak, with its words marked when the reader searched."""
    if not filterset.vraag:
        return [(aanpak, None) for aanpak in aanpakken]
    markering = filterset.markering()
    return [(a, markering.leg_uit(zoekdocument(a))) for a in aanpakken]


def gegroepeerd(
    filterset: AanpakFilter, pagina: Page[AanpakDocument]
) -> list[Kaartgroep]:
    """The cards of a page: first what fits best, then the rest of what was found.

    That is what names a fitting age before what names none, or what is about a theme
    before what only touches on it. The counts in the headings are of the whole list.
    """
    kaarten = met_uitleg(filterset, list(pagina))
    leeftijd = filterset.form.cleaned_data.get("leeftijd")
    if leeftijd is not None:
        eerst, koppen = filterset.named, partial(_koppen_van_leeftijd, leeftijd)
    elif filterset.bits & ~filterset.volop:
        themas = len(filterset.selectie["thema"])
        eerst, koppen = filterset.volop, partial(_koppen_van_thema, themas)
    else:
        return [Kaartgroep("", kaarten)]
    voorop = (filterset.bits & eerst).bit_count()
    grens = max(0, voorop - pagina.start_index() + 1)
    kop, kop_rest = koppen(voorop, pagina.paginator.count - voorop)
    groepen = [Kaartgroep(kop, kaarten[:grens]), Kaartgroep(kop_rest, kaarten[grens:])]
    return [groep for groep in groepen if groep.kaarten]


def _koppen_van_leeftijd(leeftijd: int, genoemd: int, open_: int) -> tuple[str, str]:
    noemt = "noemt", "noemen"
    return (
        f"{_aanpakken(genoemd, *noemt)} een leeftijd die past bij {leeftijd} jaar",
        f"{_aanpakken(open_, *noemt)} geen leeftijd",
    )


def _koppen_van_thema(themas: int, over: int, zijdelings: int) -> tuple[str, str]:
    welk = "dit thema" if themas == 1 else "een van deze thema’s"
    return (
        f"{_aanpakken(over, 'gaat', 'gaan')} over {welk}",
        f"{_aanpakken(zijdelings, 'raakt', 'raken')} er zijdelings aan",
    )


def _aanpakken(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} aanpak {een}" if aantal == 1 else f"{aantal} aanpakken {meer}"
