"""The evidence map: how many aanpakken there are at each crossing of two facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from aanpakken.facets import FACETS
from interventies.models import VERVALLEN
from wijkwijzer.core.adresvraag import lees_waarde

if TYPE_CHECKING:
    from django.http import QueryDict

    from aanpakken.facets import AanpakFilter
    from wijkwijzer.facets.declaration import Waarde

# The facets that can be an axis, with their heading; and what counts with them.
ALS_AS = [facet for facet in sorted(FACETS, key=lambda f: f.axis) if facet.axis]
ASSEN = {facet.key: facet.title for facet in ALS_AS}
UITLEG = {facet.key: facet.explanation for facet in ALS_AS}
# The facet with the most values down the page: on a phone the other way does not fit.
RIJ, KOLOM = "doelgroep", "thema"


@dataclass(frozen=True)
class Niveaudeel:
    """How many of a cell have a level, and whether that lapsed, or probably did."""

    niveau: str
    aantal: int
    vervallen: bool


@dataclass(frozen=True)
class Cel:
    aantal: int
    url: str
    # Per level, strongest first; of each what holds before what lapsed.
    niveaus: list[Niveaudeel]


@dataclass(frozen=True)
class Matrixrij:
    waarde: Waarde
    cellen: list[Cel]
    totaal: Cel


@dataclass(frozen=True)
class Matrix:
    rij: str
    kolom: str
    kolommen: list[Waarde]
    rijen: list[Matrixrij]
    kolomtotalen: list[Cel]
    totaal: Cel
    grootste: int
    meldingen: list[str]

    @property
    def rijtitel(self) -> str:
        return ASSEN[self.rij]

    @property
    def kolomtitel(self) -> str:
        return ASSEN[self.kolom]

    @property
    def uitleg(self) -> str:
        """What counts with the values of its axes, as far as that is not evident."""
        return " ".join(filter(None, (UITLEG[self.rij], UITLEG[self.kolom])))


def kies_assen(query: QueryDict) -> tuple[str, str, list[str]]:
    """The axes that the address asks for, and what was wrong with them."""
    meldingen = []
    rij, kolom = lees_waarde(query, "rij", RIJ), lees_waarde(query, "kolom", KOLOM)
    for naam, gevraagd in (("rij", rij), ("kolom", kolom)):
        if gevraagd not in ASSEN:
            meldingen.append(f"Die {naam} bestaat niet. We tonen een andere.")
    rij = rij if rij in ASSEN else RIJ
    kolom = kolom if kolom in ASSEN else KOLOM
    if rij == kolom:
        kolom = KOLOM if rij != KOLOM else RIJ
        if lees_waarde(query, "kolom"):
            meldingen.append(
                "Rijen en kolommen waren hetzelfde. We kozen andere kolommen."
            )
    return rij, kolom, meldingen


def maak_matrix(filterset: AanpakFilter, query: QueryDict) -> Matrix:
    """Count every crossing among the aanpakken that pass the current filters.

    Every number equals the list that its address opens: the filters of now with the
    values of the row and the column. A filter on an axis limits its values.
    """
    rij, kolom, meldingen = kies_assen(query)
    index = filterset.index
    selectie = filterset.selectie
    elders = {s: slugs for s, slugs in selectie.items() if s not in (rij, kolom)}
    basis = index.select(elders, filterset.basis)
    vervallen = index.any_of("erkenning", VERVALLEN)
    lijst = reverse("aanpakken:list")

    def waarden(as_: str) -> list[Waarde]:
        alle = index.waarden(as_).values()
        return [w for w in alle if not selectie[as_] or w.slug in selectie[as_]]

    def cel(rijen: list[Waarde], kolommen: list[Waarde]) -> Cel:
        keuze: dict[str, list[str]] = {}
        bits = basis
        for as_, gekozen in ((rij, rijen), (kolom, kolommen)):
            # All values of an unfiltered axis: no filter, so nothing falls out.
            keuze[as_] = selectie[as_] if len(gekozen) != 1 else [gekozen[0].slug]
            if keuze[as_]:
                bits &= index.any_of(as_, keuze[as_])
        # What holds, and what lapsed or probably did.
        delen = ((False, bits & ~vervallen), (True, bits & vervallen))
        url = filterset.query(**keuze).urlencode()
        return Cel(
            aantal=bits.bit_count(),
            url=f"{lijst}?{url}" if url else lijst,
            niveaus=[
                Niveaudeel(waarde.label, aantal, voorbij)
                for waarde in index.waarden("niveau").values()
                for voorbij, deel in delen
                if (aantal := (index.bits("niveau", waarde.slug) & deel).bit_count())
            ],
        )

    kolommen, rijwaarden = waarden(kolom), waarden(rij)
    rijen = [
        Matrixrij(r, [cel([r], [k]) for k in kolommen], cel([r], kolommen))
        for r in rijwaarden
    ]
    return Matrix(
        rij=rij,
        kolom=kolom,
        kolommen=kolommen,
        rijen=rijen,
        kolomtotalen=[cel(rijwaarden, [k]) for k in kolommen],
        totaal=cel(rijwaarden, kolommen),
        grootste=max((c.aantal for r in rijen for c in r.cellen), default=0),
        meldingen=meldingen,
    )
