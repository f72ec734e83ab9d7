"""The evidence map as a picture: bubbles for the page, and a drawing to take along."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanpakken.matrix import Cel, Matrix
    from wijkwijzer.facets.declaration import Waarde

# Sizes of bubbles, smallest first. The area follows the number.
STAPPEN = 9
# How much of a ring one dash and its gap take.
STREEP = 1 / 12


@dataclass(frozen=True)
class Band:
    """The part of a ring for one level, and where it starts: parts of one.

    A level that lapsed, or probably did, is drawn in dashes.
    """

    rang: int
    deel: float
    vanaf: float
    vervallen: bool = False

    @property
    def vol(self) -> bool:
        return self.deel == 1 and not self.vervallen

    def streken(self, omtrek: float) -> str:
        """The lengths of strokes and gaps on a ring of this size, as SVG has them."""
        if not self.vervallen:
            return f"{omtrek * self.deel:.4g} {omtrek * (1 - self.deel) or omtrek:.4g}"
        aantal = max(2, round(omtrek * self.deel / (omtrek * STREEP)))
        streep = omtrek * self.deel / aantal
        aan, uit = f"{streep * 0.6:.4g}", streep * 0.4
        midden = f"{aan} {uit:.4g} " * (aantal - 1)
        return f"{midden}{aan} {uit + omtrek * (1 - self.deel):.4g}"

    @property
    def procenten(self) -> str:
        return self.streken(100)

    @property
    def vanaf_procent(self) -> str:
        return f"{100 * self.vanaf:.4g}"


@dataclass(frozen=True)
class Bel:
    """A bubble: how large it is and how its ring is divided, strongest level first.

    What has no band is not known, which is a dashed line below them.
    """

    stap: int
    aantal: int
    banden: list[Band]
    # Of how many the level lapsed, or probably did: dashes say it to who sees them.
    vervallen: int = 0

    @property
    def iets_bekend(self) -> bool:
        return bool(self.banden)


@dataclass(frozen=True)
class Beeldcel:
    kolom: Waarde
    cel: Cel
    bel: Bel


@dataclass(frozen=True)
class Beeldrij:
    waarde: Waarde
    cellen: list[Beeldcel]
    totaal: Cel


def rangen(niveaus: Iterable[str]) -> dict[str, int]:
    """Per level its rank, 1 for the weakest. ``niveaus`` has the strongest first."""
    namen = list(niveaus)
    return {naam: len(namen) - plek for plek, naam in enumerate(namen)}


def maak_bel(cel: Cel, grootste: int, rang_van: dict[str, int]) -> Bel:
    banden, vanaf = [], 0
    for deel in cel.niveaus:
        if rang := rang_van.get(deel.niveau):
            banden.append(
                Band(
                    rang,
                    deel.aantal / cel.aantal,
                    vanaf / cel.aantal,
                    vervallen=deel.vervallen,
                )
            )
            vanaf += deel.aantal
    groot = math.sqrt(cel.aantal / grootste) if grootste else 0
    vervallen = sum(
        deel.aantal
        for deel in cel.niveaus
        if deel.vervallen and deel.niveau in rang_van
    )
    return Bel(max(1, math.ceil(STAPPEN * groot)), cel.aantal, banden, vervallen)


def beeldrijen(matrix: Matrix, rang_van: dict[str, int]) -> list[Beeldrij]:
    """The rows of the table, each cell with its column and its bubble."""
    return [
        Beeldrij(
            rij.waarde,
            [
                Beeldcel(kolom, cel, maak_bel(cel, matrix.grootste, rang_van))
                for kolom, cel in zip(matrix.kolommen, rij.cellen, strict=True)
            ],
            rij.totaal,
        )
        for rij in matrix.rijen
    ]


def tabel(matrix: Matrix, rang_van: dict[str, int]) -> dict[str, Any]:
    """What the template of the table shows: on the page, and embedded elsewhere."""
    return {
        "matrix": matrix,
        "rijen": beeldrijen(matrix, rang_van),
        "kolomtotalen": list(zip(matrix.kolommen, matrix.kolomtotalen, strict=True)),
        "veel_kolommen": len(matrix.kolommen) > VEEL_KOLOMMEN,
    }


# The drawing. All measures are in its own units, about a pixel each.

MARGE = 32
LETTER = 15
REGEL = 19
RIJKOP = 250
RIJKOP_TEKENS = 27
RIJHOOGTE = 68
# With many columns their names stand upright.
VEEL_KOLOMMEN = 8
KOLOM, KOLOM_TEKENS = 138, 14
SMALLE_KOLOM, STAANDE_TEKENS = 56, 24
TOTAALKOLOM = 76
LEGENDAHOOGTE = 64
LEGENDAREGEL = 36
VOET = 44
VOETLETTER = 13
# Of the size of a letter; who has not ours may see wider ones.
LETTERBREEDTE = 0.62
SMALST = 760
KLEINSTE_STRAAL, STRAALSTAP = 13, 1.55
BANDDIKTE = {1: 2.5, 2: 5, 3: 8}


@dataclass(frozen=True)
class Tekst:
    x: float
    y: float
    regels: list[tuple[float, str]]
    draai: bool = False


@dataclass(frozen=True)
class Streek:
    """A stroke on the ring: its width, its dashes and where it starts."""

    dikte: float
    streken: str
    verschuiving: str


@dataclass(frozen=True)
class Cirkel:
    x: float
    y: float
    straal: float
    bogen: list[Streek]
    aantal: int
    vol: bool

    @property
    def tekst_y(self) -> float:
        return self.y + 5


@dataclass(frozen=True)
class Legendapunt:
    x: float
    cirkel: Cirkel
    tekst: str


# Where each line of a longer text begins.
Regels = list[tuple[float, str]]


@dataclass(frozen=True)
class Tekening:
    rijen: list[Beeldrij]
    breedte: float
    rechts: float
    filters: Regels
    hoogte: float
    rijkoppen: list[Tekst]
    kolomkoppen: list[Tekst]
    cirkels: list[Cirkel]
    nullen: list[tuple[float, float]]
    totalen: list[tuple[float, float, int]]
    lijnen: list[float]
    totaalkop: tuple[float, float]
    totaalrij: float
    assen: list[tuple[float, float, str]]
    legenda: list[Legendapunt]
    uitleg: Regels
    bron: Regels


def teken(
    matrix: Matrix,
    rang_van: dict[str, int],
    filters: list[str],
    bron: list[str],
) -> Tekening:
    """The drawing, with what was filtered on and where it comes from, also far away."""
    veel = len(matrix.kolommen) > VEEL_KOLOMMEN
    breedte_kolom = SMALLE_KOLOM if veel else KOLOM
    x0 = MARGE + RIJKOP
    x_totaal = x0 + breedte_kolom * len(matrix.kolommen) + TOTAALKOLOM / 2
    rechts = x_totaal + TOTAALKOLOM / 2
    breedte = max(rechts + MARGE, SMALST)
    gefilterd = _regels(
        [f"Gefilterd op {'; '.join(filters)}"] * bool(filters),
        MARGE + 48,
        breedte,
        LETTER,
    )
    kop = MARGE + 74 + REGEL * max(0, len(gefilterd) - 1)
    boven = kop + 2 + _kophoogte(matrix.kolommen, staand=veel)
    rijen = beeldrijen(matrix, rang_van)
    y_totaal = boven + RIJHOOGTE * (len(rijen) + 0.5)
    onder = y_totaal + RIJHOOGTE / 2
    legenda = _legenda(rang_van, onder + LEGENDAHOOGTE / 2 + 12, breedte)
    voet = legenda[-1].cirkel.y + LEGENDAHOOGTE / 2 - 12 + VOET
    uitleg = _regels([matrix.uitleg], voet, breedte, VOETLETTER)
    voet += REGEL * len(uitleg)
    herkomst = _regels(bron, voet, breedte, VOETLETTER)

    cirkels, nullen, totalen = [], [], []
    for nummer, rij in enumerate(rijen):
        y = boven + RIJHOOGTE * (nummer + 0.5)
        totalen.append((x_totaal, y + 5, rij.totaal.aantal))
        for plek, cel in enumerate(rij.cellen):
            x = x0 + breedte_kolom * (plek + 0.5)
            if cel.cel.aantal:
                cirkels.append(_cirkel(x, y, cel.bel))
            else:
                nullen.append((x, y + 5))
    totalen += [
        (x0 + breedte_kolom * (plek + 0.5), y_totaal + 5, cel.aantal)
        for plek, cel in enumerate(matrix.kolomtotalen)
    ]
    totalen.append((x_totaal, y_totaal + 5, matrix.totaal.aantal))
    return Tekening(
        rijen=rijen,
        rechts=rechts,
        breedte=breedte,
        hoogte=voet + REGEL * (len(herkomst) - 1) + MARGE,
        filters=gefilterd,
        rijkoppen=[
            _tekst(
                MARGE,
                boven + RIJHOOGTE * (nummer + 0.5),
                rij.waarde.label,
                RIJKOP_TEKENS,
            )
            for nummer, rij in enumerate(rijen)
        ],
        kolomkoppen=[
            _tekst(
                x0 + breedte_kolom * (plek + 0.5),
                boven - 14,
                kolom.label,
                STAANDE_TEKENS if veel else KOLOM_TEKENS,
                draai=veel,
                onder=not veel,
            )
            for plek, kolom in enumerate(matrix.kolommen)
        ],
        cirkels=cirkels,
        nullen=nullen,
        totalen=totalen,
        lijnen=[boven + RIJHOOGTE * nummer for nummer in range(len(rijen) + 2)],
        totaalkop=(x_totaal, boven - 14),
        totaalrij=y_totaal + 5,
        assen=[
            (MARGE, boven - 14, matrix.rijtitel),
            (x0, kop, matrix.kolomtitel),
        ],
        legenda=legenda,
        uitleg=uitleg,
        bron=herkomst,
    )


def _kophoogte(kolommen: list[Waarde], *, staand: bool) -> float:
    if staand:
        langste = max((min(len(k.label), STAANDE_TEKENS) for k in kolommen), default=0)
        return langste * LETTER * 0.53 + 22
    meeste = max((len(_breek(k.label, KOLOM_TEKENS)) for k in kolommen), default=1)
    return meeste * REGEL + 22


def _breek(tekst: str, tekens: int) -> list[str]:
    return textwrap.wrap(tekst, tekens, break_long_words=False) or [""]


def _tekst(
    x: float,
    y: float,
    tekst: str,
    tekens: int,
    *,
    draai: bool = False,
    onder: bool = False,
) -> Tekst:
    """Lines around ``y``, or with the last one on it. Turned text has no own ``y``."""
    regels = _breek(tekst, tekens)
    begin: float = -(len(regels) - 1) * REGEL
    if not onder:
        begin = begin / 2 + 5
    midden = 0 if draai else y
    return Tekst(
        x,
        y,
        [
            (midden + begin + nummer * REGEL, regel)
            for nummer, regel in enumerate(regels)
        ],
        draai,
    )


def _cirkel(x: float, y: float, bel: Bel, straal: float = 0) -> Cirkel:
    straal = straal or KLEINSTE_STRAAL + STRAALSTAP * (bel.stap - 1)
    omtrek = 2 * math.pi * straal
    bogen = [
        Streek(
            dikte=BANDDIKTE[min(band.rang, max(BANDDIKTE))],
            streken=band.streken(omtrek),
            verschuiving=f"{-omtrek * band.vanaf:.2f}",
        )
        for band in bel.banden
    ]
    return Cirkel(x, y, straal, bogen, bel.aantal, bel.iets_bekend)


def _legenda(rang_van: dict[str, int], y: float, breedte: float) -> list[Legendapunt]:
    begin = MARGE + 14.0
    punten, x = [], begin
    for naam, rang, vervallen in [
        *((naam, rang, False) for naam, rang in rang_van.items()),
        ("(Waarschijnlijk) verlopen", 1, True),
        ("Niveau niet bekend", 0, False),
    ]:
        einde = x + 24 + len(naam) * LETTER * LETTERBREEDTE
        if einde > breedte - MARGE:
            einde, x, y = einde - x + begin, begin, y + LEGENDAREGEL
        banden = [Band(rang, 1, 0, vervallen=vervallen)] if rang else []
        punten.append(Legendapunt(x + 24, _cirkel(x, y, Bel(1, 1, banden), 12), naam))
        x = einde + 34
    return punten


def _regels(teksten: list[str], y: float, breedte: float, letter: float) -> Regels:
    """Texts in as many lines as they need, each text on a line of its own."""
    tekens = int((breedte - 2 * MARGE) / (letter * LETTERBREEDTE))
    regels = [
        regel
        for tekst in teksten
        for regel in textwrap.wrap(tekst, tekens, break_on_hyphens=False)
    ]
    return [(y + REGEL * plek, regel) for plek, regel in enumerate(regels)]
