"""What is checked before readers see what databanks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interventies.whole import InterventieDocument
from wijkwijzer.wholes.findings import Weight, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.findings import Told


@check(Weight.WARNING, InterventieDocument.soort)
def told_before_it_was_decided(declared: type[Whole], data: Data) -> Iterator[Told]:
    """A page that is older than the decision that it names."""
    for number, erkenning in enumerate(data.get("erkenningen", [])):
        datum = erkenning.get("datum") or ""
        pagina = erkenning.get("bron_datum") or ""
        precise = min(len(datum), len(pagina))
        if datum[:precise] > pagina[:precise]:
            yield (
                ("erkenningen", number, "bron_datum"),
                f"Die pagina ({pagina}) is ouder dan het besluit ({datum}).",
            )
