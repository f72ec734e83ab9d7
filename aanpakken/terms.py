"""The controlled lists of the catalogue."""

from __future__ import annotations

from aanpakken import models
from wijkwijzer.wholes.declaration import TermPart
from wijkwijzer.wholes.registry import term
from wijkwijzer.wholes.terms import BronTerm, Vocabulaireterm


@term
class ThemaTerm(Vocabulaireterm):
    model = models.Reflectiethema

    kort: str
    uitleg: str
    opmerking: str = ""

    get_absolute_url = models.Reflectiethema.get_absolute_url


class RichtvraagPart(TermPart):
    model = models.Richtvraag
    order = "volgorde"
    key = ("vraag",)

    vraag: str


@term
class LaagTerm(Vocabulaireterm):
    """One of the three rings; ``volgorde`` is its number, counted from the core."""

    model = models.Actorlaag

    kort: str
    ring: str
    kenmerk: str = ""
    uitleg: str = ""
    richtvragen: list[RichtvraagPart]


@term
class ActorTerm(Vocabulaireterm):
    model = models.Actor

    laag: LaagTerm

    get_absolute_url = models.Actor.get_absolute_url


@term
class VraagstukTerm(Vocabulaireterm):
    model = models.Vraagstuk


@term
class DoelgroepTerm(Vocabulaireterm):
    model = models.Doelgroep


@term
class VormTerm(Vocabulaireterm):
    model = models.Vorm


@term
class AspectTerm(Vocabulaireterm):
    model = models.Leefbaarheidsaspect


@term
class CriteriumTerm(Vocabulaireterm):
    model = models.Criterium


@term
class ElementTerm(Vocabulaireterm):
    model = models.WerkzaamElement

    groep: str
    bron: BronTerm
