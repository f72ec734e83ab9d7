"""The cards of a list, with why each was found."""

from __future__ import annotations

from collections.abc import Sequence
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


def op_leeftijd(
    filterset: AanpakFilter, pagina: Page[AanpakDocument]
) -> list[Kaartgroep]:
    """The cards of a page: first what names a fitting age, then what names none.

    The counts in the headings are of the whole list.
    """
    kaarten = met_uitleg(filterset, list(pagina))
    leeftijd = filterset.form.cleaned_data.get("leeftijd")
    if leeftijd is None:
        return [Kaartgroep("", kaarten)]
    genoemd = (filterset.bits & filterset.named).bit_count()
    open_ = pagina.paginator.count - genoemd
    grens = max(0, genoemd - pagina.start_index() + 1)
    groepen = [
        Kaartgroep(
            f"{_noemen(genoemd)} een leeftijd die past bij {leeftijd} jaar",
            kaarten[:grens],
        ),
        Kaartgroep(f"{_noemen(open_)} geen leeftijd", kaarten[grens:]),
    ]
    return [groep for groep in groepen if groep.kaarten]


def _noemen(aantal: int) -> str:
    return f"{aantal} aanpak noemt" if aantal == 1 else f"{aantal} aanpakken noemen"
