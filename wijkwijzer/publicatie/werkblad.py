"""What the wijkplan asks: the seven building blocks, and the three rings of a wijk.

The names of the blocks are those of the handreiking *Hoe maak ik een buurtagenda?*;
what is asked of each ring follows the dossier of LKCA. The other questions are ours, as
the page says.
"""

from __future__ import annotations

from dataclasses import dataclass

TITEL = "Wijkplan"
MAX_REGEL, MAX_TEKST, MAX_REDEN, MAX_TAAK = 120, 1500, 600, 160
# So many lines for who does what.
TAKEN = 6
TAAKVELDEN = {"wat": "Wat", "wie": "Wie", "wanneer": "Wanneer"}


@dataclass(frozen=True)
class Vak:
    """One question to answer, with smaller ones that help; ``ring``: whom it is of."""

    naam: str
    kop: str
    hulp: str
    ring: int = 0

    @property
    def ringen(self) -> set[int]:
        """As the picture of the rings takes it."""
        return {self.ring}


@dataclass(frozen=True)
class Bouwsteen:
    nummer: int
    naam: str
    vakken: tuple[Vak, ...]


BOUWSTENEN = (
    Bouwsteen(
        1,
        "Urgentie",
        (
            Vak(
                "urgentie",
                "Wat is er aan de hand?",
                "Wie merkt het, en waaraan? Waarom wil je er nu iets mee? Is er ook "
                "een kans om op voort te bouwen?",
            ),
        ),
    ),
    Bouwsteen(
        2,
        "Buurtscan",
        (
            Vak(
                "bewoners",
                "Wie wonen hier?",
                "Waar kom je bewoners vaak tegen, en wanneer? Wie doet altijd mee? Wie "
                "blijft buiten beeld?",
                ring=1,
            ),
            Vak(
                "professionals",
                "Wie werken hier?",
                "Welke professionals, clubs en winkels zijn er? Wat doen ze voor de "
                "wijk?",
                ring=2,
            ),
            Vak(
                "gemeente",
                "Wat willen de gemeente en grote organisaties?",
                "Welke plannen zijn er voor deze wijk? Wat lukt nog niet?",
                ring=3,
            ),
        ),
    ),
    Bouwsteen(
        3,
        "Partijen samenbrengen",
        (
            Vak(
                "partijen",
                "Wie nodig je uit?",
                "Wie moet er zeker bij zijn? Wie kent veel mensen en krijgt ze mee?",
            ),
        ),
    ),
    Bouwsteen(
        4,
        "Verhalen ophalen",
        (
            Vak(
                "verhalen",
                "Wat vertellen bewoners?",
                "Waar zijn ze trots op? Wat missen ze? Wie sprak je nog niet?",
            ),
        ),
    ),
    Bouwsteen(
        5,
        "Tellen en vertellen verbinden",
        (
            Vak(
                "cijfers",
                "Wat zeggen de cijfers?",
                "Welke cijfers heb je over de wijk? Passen ze bij wat bewoners "
                "vertellen?",
            ),
        ),
    ),
    Bouwsteen(
        6,
        "Ideeën aan gemeentebeleid koppelen",
        (
            Vak(
                "beleid",
                "Bij welk beleid past jullie idee?",
                "Welk plan van de gemeente helpt jullie verder? Wat vraag je van haar?",
            ),
        ),
    ),
    Bouwsteen(
        7,
        "Agenda opstellen",
        (
            Vak(
                "merken",
                "Waaraan merk je dat het werkt?",
                "Wat is er dan anders in de wijk? Wie ziet dat?",
            ),
            Vak(
                "terugkijken",
                "Wanneer kijk je terug?",
                "Op welke dag, en met wie? Wat doe je als het niet werkt?",
            ),
        ),
    ),
)
