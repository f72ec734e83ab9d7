"""What is checked before readers see something of the knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kennisdossier.whole import PraktijkvoorbeeldDocument
from wijkwijzer.wholes.findings import Weight, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.findings import Told


@check(Weight.ERROR, PraktijkvoorbeeldDocument.soort)
def ends_before_it_begins(declared: type[Whole], data: Data) -> Iterator[Told]:
    """As precisely as both are known: from May 2024 to 2024 may be."""
    begin, eind = data.get("begin") or "", data.get("eind") or ""
    precise = min(len(begin), len(eind))
    if begin[:precise] > eind[:precise]:
        yield ("eind",), f"Het eind ({eind}) ligt voor het begin ({begin})."
