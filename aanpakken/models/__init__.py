"""The catalogue: aanpakken, and everything that says what, for whom and by whom."""

from aanpakken.models.aanpak import Aanpak, AanpakQuerySet, Rubriek, Trefwoordkoppeling
from aanpakken.models.aspect import Aspectkoppeling, Leefbaarheidsaspect
from aanpakken.models.basis import Basis, Koppeling
from aanpakken.models.begin import Begin, Beginsoort
from aanpakken.models.criterium import Criterium
from aanpakken.models.doelgroep import (
    MAX_LEEFTIJD,
    Doelgroep,
    Doelgroepkoppeling,
    Doelgroeprol,
)
from aanpakken.models.element import Elementkoppeling, WerkzaamElement
from aanpakken.models.feit import Feit, Feitsoort
from aanpakken.models.link import Link, Linksoort
from aanpakken.models.ring import Actor, Actorlaag, Richtvraag
from aanpakken.models.stap import Stap
from aanpakken.models.thema import Reflectiethema, Sterkte, Themafunctie, Themakoppeling
from aanpakken.models.uitvoering import Laagbasis, Uitvoering, Uitvoeringsrol
from aanpakken.models.vorm import Vorm
from aanpakken.models.vraagstuk import Vraagstuk, Vraagstukkoppeling

__all__ = [
    "MAX_LEEFTIJD",
    "Aanpak",
    "AanpakQuerySet",
    "Actor",
    "Actorlaag",
    "Aspectkoppeling",
    "Basis",
    "Begin",
    "Beginsoort",
    "Criterium",
    "Doelgroep",
    "Doelgroepkoppeling",
    "Doelgroeprol",
    "Elementkoppeling",
    "Feit",
    "Feitsoort",
    "Koppeling",
    "Laagbasis",
    "Leefbaarheidsaspect",
    "Link",
    "Linksoort",
    "Reflectiethema",
    "Richtvraag",
    "Rubriek",
    "Stap",
    "Sterkte",
    "Themafunctie",
    "Themakoppeling",
    "Trefwoordkoppeling",
    "Uitvoering",
    "Uitvoeringsrol",
    "Vorm",
    "Vraagstuk",
    "Vraagstukkoppeling",
    "WerkzaamElement",
]
