"""Dutch texts for a catalogue of any size: `generate_aanpakken` fills it with them.

The words combine to a vocabulary of a few thousand, mostly compounds, as in the real
texts; a search has something to find, and a page something to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from random import Random

WOORDEN: dict[str, list[str]] = {
    soort: lijst.split(" | ")
    for soort, lijst in yaml.safe_load(
        Path(__file__).with_name("proefwoorden.yaml").read_text(encoding="utf-8")
    ).items()
}


@dataclass(frozen=True)
class Proeftekst:
    """The texts of one aanpak: about 120 words together."""

    naam: str
    variant: str
    samenvatting: str
    doel: str
    omschrijving: str
    groepen: list[str]
    uitvoerders: list[str]
    trefwoorden: list[str]
    stappen: list[tuple[str, str]]
    duur: str


def schrijf(random: Random) -> Proeftekst:
    def kies(soort: str) -> str:
        return random.choice(WOORDEN[soort])

    def samenstelling() -> str:
        return kies("eerste_delen") + kies("tweede_delen")

    plaats = kies("plaatsen")
    kern, ander, derde = samenstelling(), samenstelling(), samenstelling()
    groepen = random.sample(WOORDEN["groepen"], 2)
    uitvoerders = random.sample(WOORDEN["uitvoerders"], 2)
    doen = random.sample(WOORDEN["handelingen"], 3)
    doelen = random.sample(WOORDEN["doelen"], 2)
    stappen = random.sample(WOORDEN["stapnamen"], 2)
    return Proeftekst(
        naam=f"{_zin(kies('bijvoeglijk'))} {kern} {plaats}",
        variant=f"{_zin(kern)} {kies('plaatsen')}",
        samenvatting=(
            f"{_zin(groepen[0])} {doen[0]} met hulp van {uitvoerders[0]}, "
            f"voor {doelen[0]}."
        ),
        doel="\n".join(_zin(doel) for doel in doelen),
        omschrijving=(
            f"{_zin(groepen[0])} en {groepen[1]} in {plaats} {doen[1]}. Dat gebeurt in "
            f"een {samenstelling()} of tijdens een {kies('bijvoeglijk')} {ander}. "
            f"{kies('waarderingen')}\n\n"
            f"De begeleiding ligt bij {uitvoerders[0]}, samen met {uitvoerders[1]}. "
            f"Zij {doen[2]}. Elke maand is er een {derde}, waar ook mensen uit "
            f"{kies('plaatsen')} welkom zijn. {kies('waarderingen')} Het resultaat is "
            f"{doelen[1]}, zo blijkt uit een {samenstelling()}."
        ),
        groepen=groepen,
        uitvoerders=uitvoerders,
        trefwoorden=[kern, random.choice((ander, derde))],
        stappen=[
            (stap, f"Neem de tijd voor een {kies('bijvoeglijk')} {ander}.")
            for stap in stappen
        ],
        duur=f"{random.randint(2, 52)} weken, {random.randint(1, 3)} keer per week",
    )


def _zin(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
