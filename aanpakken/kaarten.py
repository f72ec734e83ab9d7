"""The cards of a list, with why each was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wijkwijzer.search.tekst import zoekdocument

if TYPE_CHECKING:
    from aanpakken.facets import AanpakFilter
    from aanpakken.whole import AanpakDocument
    from wijkwijzer.search.uitleg import Uitleg


def met_uitleg(
    filterset: AanpakFilter, aanpakken: Iterable[AanpakDocument]
) -> list[tuple[AanpakDocument, Uitleg | None]]:
    """Each aanpak, with its words marked when the reader searched."""
    if not filterset.vraag:
        return [(aanpak, None) for aanpak in aanpakken]
    markering = filterset.markering()
    return [(a, markering.leg_uit(zoekdocument(a))) for a in aanpakken]
