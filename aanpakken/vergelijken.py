"""Up to four aanpakken side by side, row by row in the order of the detail page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanpakken.models import Basis, Doelgroeprol, Feitsoort, Sterkte
from wijkwijzer.core.teksten import beginkapitaal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aanpakken.whole import AanpakDocument

MAXIMUM = 4
STERKTE = {Sterkte.STERK: "", Sterkte.ZWAK: "zijdelings, "}
VOLGENS = {Basis.EXPLICIET: "", Basis.REDACTIONEEL: ", volgens de redactie"}


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


def vergelijk(aanpakken: Iterable[AanpakDocument]) -> list[Vergelijkrij]:
    """The rows, with what is known of each aanpak."""
    aanpakken = list(aanpakken)
    return [
        Vergelijkrij(titel, [[*map(beginkapitaal, lees(a))] for a in aanpakken])
        for titel, lees in RIJEN
    ]


def _erkenning(aanpak: AanpakDocument) -> list[str]:
    return [
        " · ".join(
            [
                erkenning.niveau.naam if erkenning.niveau else "Niveau niet bekend",
                erkenning.databank.naam,
                erkenning.datum.in_woorden if erkenning.datum else "datum niet bekend",
            ]
        )
        for erkenning in (g.erkenning for g in aanpak.geldigheden)
    ]


def _geldigheid(aanpak: AanpakDocument) -> list[str]:
    """Whether each recognition holds; nothing when that is known of none."""
    geldigheden = aanpak.geldigheden
    if not any(g.bekend for g in geldigheden):
        return []
    return [f"{g.erkenning.databank}: {g.in_woorden}" for g in geldigheden]


def _databanken(aanpak: AanpakDocument) -> list[str]:
    interventie = aanpak.zichtbare_interventie
    plaatsen = interventie.databankplaatsen() if interventie else []
    return [f"{v.databank}: {v.in_databank.label}" for v in plaatsen]


def _doelgroepen(*rollen: str) -> Callable[[AanpakDocument], list[str]]:
    def lees(aanpak: AanpakDocument) -> list[str]:
        return [
            f"{koppeling.doelgroep}, {koppeling.leeftijd}"
            if koppeling.leeftijd
            else str(koppeling.doelgroep)
            for koppeling in aanpak.doelgroepen
            if koppeling.rol in rollen
        ]

    return lees


def _feiten(soort: str) -> Callable[[AanpakDocument], list[str]]:
    def lees(aanpak: AanpakDocument) -> list[str]:
        return [feit.tekst for feit in aanpak.feiten_van(soort)]

    return lees


def _vraagstukken(aanpak: AanpakDocument) -> list[str]:
    return [
        f"{koppeling.vraagstuk} ({koppeling.basis.label})"
        for koppeling in aanpak.vraagstukken_op_volgorde()
    ]


def _themas(aanpak: AanpakDocument) -> list[str]:
    return [
        f"{koppeling.thema.kort} ({STERKTE[koppeling.sterkte]}{koppeling.basis.label})"
        for koppeling in aanpak.themas_op_sterkte()
    ]


def _uitvoerders(aanpak: AanpakDocument) -> list[str]:
    return [
        f"{uitvoering.naam} ({uitvoering.rol.label}{VOLGENS[uitvoering.basis]})"
        for _, uitvoeringen in aanpak.uitvoeringen_per_laag()
        for uitvoering in uitvoeringen
    ]


RIJEN: list[tuple[str, Callable[[AanpakDocument], list[str]]]] = [
    ("Rubriek", lambda a: [str(a.rubriek.label)]),
    ("Erkenning", _erkenning),
    ("Geldt de erkenning nog?", _geldigheid),
    ("In een databank", _databanken),
    ("Doel", lambda a: a.doel),
    ("Wat speelt er?", _vraagstukken),
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
        lambda a: [k.aspect.naam for k in a.aspecten_op_volgorde()],
    ),
    ("Hoe lang", _feiten(Feitsoort.DUUR)),
    ("Hoe vaak", _feiten(Feitsoort.FREQUENTIE)),
    ("Groepsgrootte", _feiten(Feitsoort.GROEPSGROOTTE)),
    ("Kosten", _feiten(Feitsoort.KOSTEN)),
    ("Stappen", lambda a: [stap.naam for stap in a.stappen]),
    ("Uitvoerders", _uitvoerders),
    (
        "Werkzame elementen",
        lambda a: [k.element.naam for k in a.elementen_op_volgorde()],
    ),
    ("Eigenaar", lambda a: [a.eigenaar] if a.eigenaar else []),
]
