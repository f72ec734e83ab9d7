"""The evidence map as a workbook or JSON; beside its page it is csv and a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from wijkwijzer.api.adres import LICENTIE
from wijkwijzer.levering.lijst import FORMATEN, OVER
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.schrijven import schrijf

if TYPE_CHECKING:
    from aanpakken.matrix import Matrix
    from wijkwijzer.levering.over import Over
    from wijkwijzer.rekenblad.blad import Cel

TOTAAL = "Totaal"
# The page itself writes the other.
MATRIXFORMATEN = {naam: soort for naam, soort in FORMATEN.items() if naam != "csv"}


def schrijf_matrix(matrix: Matrix, over: Over, formaat: str) -> bytes:
    if formaat == "json":
        return msgspec.json.encode(_data(matrix, over))
    uitleg: list[list[Cel]] = [[*regel] for regel in over.regels()]
    bladen = [_blad(matrix), Blad(OVER, ["wat", "waarde"], uitleg)]
    return schrijf(bladen, formaat)


def _blad(matrix: Matrix) -> Blad:
    kop = [f"{matrix.rijtitel} / {matrix.kolomtitel}"]
    kop += [waarde.label for waarde in matrix.kolommen]
    rijen: list[list[Cel]] = [
        [rij.waarde.label, *(cel.aantal for cel in rij.cellen), rij.totaal.aantal]
        for rij in matrix.rijen
    ]
    totalen = [cel.aantal for cel in matrix.kolomtotalen]
    rijen.append([TOTAAL, *totalen, matrix.totaal.aantal])
    return Blad("Matrix", [*kop, TOTAAL], rijen)


def _data(matrix: Matrix, over: Over) -> dict[str, Any]:
    """By key, as an address has them, with the words beside."""
    kolommen = [waarde.slug for waarde in matrix.kolommen]
    return {
        "licentie": LICENTIE,
        "over": over.op_naam(),
        "rij": matrix.rij,
        "kolom": matrix.kolom,
        "kolommen": [{"waarde": w.slug, "naam": w.label} for w in matrix.kolommen],
        "rijen": [
            {
                "waarde": rij.waarde.slug,
                "naam": rij.waarde.label,
                "aantallen": dict(
                    zip(kolommen, (cel.aantal for cel in rij.cellen), strict=True)
                ),
                "totaal": rij.totaal.aantal,
            }
            for rij in matrix.rijen
        ],
        "totaal": matrix.totaal.aantal,
    }
