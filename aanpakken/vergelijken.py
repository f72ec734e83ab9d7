"""Up to four aanpakken side by side, row by row in the order of the detail page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanpakken.models import Doelgroeprol, Feitsoort
from wijkwijzer.core.teksten import regels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aanpakken.models import Aanpak

MAXIMUM = 4
NIET_BEKEND = "Niet bekend"


@dataclass(frozen=True)
class Vergelijkrij:
    """One property of every aanpak; an empty cell is unknown."""

    titel: str
    cellen: list[list[str]]

    @property
    def verschilt(self) -> bool:
        """Whether what the sources say differs; said in words on the page."""
        return len({frozenset(cel) for cel in self.cellen}) > 1

    @property
    def oordeel(self) -> str:
        """What a reader is told: what is not known neither differs nor is the same."""
        bekend = {frozenset(cel) for cel in self.cellen if cel}
        if not bekend:
            return "niet bekend"
        if len(bekend) > 1:
            return "verschilt"
        return "gelijk" if all(self.cellen) else "deels niet bekend"

    @property
    def onbekend(self) -> bool:
        """Whether nothing is known of any of them."""
        return not any(self.cellen)


def vergelijk(aanpakken: Iterable[Aanpak]) -> list[Vergelijkrij]:
    """The rows; the aanpakken need ``with_details()``."""
    aanpakken = list(aanpakken)
    return [Vergelijkrij(titel, [lees(a) for a in aanpakken]) for titel, lees in RIJEN]


def _erkenning(aanpak: Aanpak) -> list[str]:
    interventie = aanpak.zichtbare_interventie
    if not interventie:
        return []
    return [
        " · ".join(
            [
                erkenning.niveau.naam if erkenning.niveau else "Niveau niet bekend",
                erkenning.databank.naam,
                erkenning.datum.in_woorden if erkenning.datum else "datum niet bekend",
            ]
        )
        for erkenning in interventie.erkenningen.all()
    ]


def _geldig_tot(aanpak: Aanpak) -> list[str]:
    interventie = aanpak.zichtbare_interventie
    erkenningen = interventie.erkenningen.all() if interventie else []
    return [e.geldig_tot.in_woorden for e in erkenningen if e.geldig_tot]


def _doelgroepen(*rollen: str) -> Callable[[Aanpak], list[str]]:
    def lees(aanpak: Aanpak) -> list[str]:
        return [
            f"{koppeling.doelgroep}, {koppeling.leeftijd}"
            if koppeling.leeftijd
            else str(koppeling.doelgroep)
            for koppeling in aanpak.doelgroepkoppelingen.all()
            if koppeling.rol in rollen
        ]

    return lees


def _feiten(soort: str) -> Callable[[Aanpak], list[str]]:
    def lees(aanpak: Aanpak) -> list[str]:
        return [feit.tekst for feit in aanpak.feiten_van(soort)]

    return lees


def _themas(aanpak: Aanpak) -> list[str]:
    return [
        f"{koppeling.thema.kort} ({koppeling.get_basis_display()})"
        for koppeling in aanpak.themakoppelingen.all()
    ]


def _uitvoerders(aanpak: Aanpak) -> list[str]:
    return [f"{u.naam} ({u.rol})" for u in aanpak.uitvoeringen.all()]


RIJEN: list[tuple[str, Callable[[Aanpak], list[str]]]] = [
    ("Rubriek", lambda a: [a.get_rubriek_display()]),
    ("Erkenning", _erkenning),
    ("Erkenning geldig tot", _geldig_tot),
    ("Doel", lambda a: regels(a.doel)),
    ("Voor wie", _doelgroepen(Doelgroeprol.PRIMAIR)),
    (
        "Ook betrokken",
        _doelgroepen(
            Doelgroeprol.INTERMEDIAIR, Doelgroeprol.SECUNDAIR, Doelgroeprol.OVERIG
        ),
    ),
    ("Vorm", lambda a: [a.vorm.naam] if a.vorm else []),
    ("Wie doet het", lambda a: [laag.kort for laag in a.lagen()]),
    ("Thema’s", _themas),
    (
        "Leefbaarheid",
        lambda a: [k.aspect.naam for k in a.aspectkoppelingen.all()],
    ),
    ("Hoe lang", _feiten(Feitsoort.DUUR)),
    ("Hoe vaak", _feiten(Feitsoort.FREQUENTIE)),
    ("Groepsgrootte", _feiten(Feitsoort.GROEPSGROOTTE)),
    ("Kosten", _feiten(Feitsoort.KOSTEN)),
    ("Stappen", lambda a: [stap.naam for stap in a.stappen.all()]),
    ("Uitvoerders", _uitvoerders),
    (
        "Werkzame elementen",
        lambda a: [k.element.naam for k in a.elementkoppelingen.all()],
    ),
    ("Eigenaar", lambda a: [a.eigenaar] if a.eigenaar else []),
]
