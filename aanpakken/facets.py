"""The facets of the catalogue: each declared once, in the order of the form.

From here follow the form, its counts and chips, the index, and the axes of the matrix.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify

from aanpakken.models import MAX_LEEFTIJD, Rubriek
from aanpakken.terms import (
    ActorTerm,
    AspectTerm,
    DoelgroepTerm,
    ElementTerm,
    LaagTerm,
    ThemaTerm,
    VormTerm,
    VraagstukTerm,
)
from aanpakken.whole import AanpakDocument
from interventies.facets import (
    ERKENNING_UITLEG,
    GEEN_ERKENNING,
    NIVEAU_ONBEKEND,
    NIVEAU_UITLEG,
    erkenningswaarden,
    niveauwaarden,
)
from interventies.terms import DatabankTerm
from interventies.whole import InterventieDocument
from wijkwijzer.core.adresvraag import lees_getal
from wijkwijzer.facets.declaration import FACETTEN, Facet, Waarde
from wijkwijzer.facets.index import FacetIndexer
from wijkwijzer.search.filters import ZoekFilterSet
from wijkwijzer.search.index import ZoekIndexer
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.wholes.collection import Collection, collect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.wholes.stand import Stand

THEMA_UITLEG = "Ook een aanpak die een thema zijdelings raakt, telt mee."
LEEFTIJD_OPEN = "open"
LEEFTIJD_FOUT = f"vul een heel getal in van 0 tot en met {MAX_LEEFTIJD}."


class LeeftijdField(forms.IntegerField):
    def __init__(self) -> None:
        fouten = dict.fromkeys(("invalid", "min_value", "max_value"), LEEFTIJD_FOUT)
        super().__init__(
            required=False, min_value=0, max_value=MAX_LEEFTIJD, error_messages=fouten
        )

    def to_python(self, value: Any) -> int | None:
        cijfers = str(value or "").strip()
        if cijfers and lees_getal(cijfers) is None:
            raise forms.ValidationError(LEEFTIJD_FOUT, code="invalid")
        return super().to_python(cijfers)


def _leeftijden(aanpak: AanpakDocument, stand: Stand) -> Iterable[str]:
    """Every age that a group names; a group without any age is left open."""
    leeftijden: set[str] = set()
    for groep in aanpak.primaire_doelgroepen():
        if groep.leeftijd:
            leeftijden.update(map(str, groep.leeftijden))
        else:
            leeftijden.add(LEEFTIJD_OPEN)
    return leeftijden or {LEEFTIJD_OPEN}


def _lagen(aanpak: AanpakDocument, stand: Stand) -> Iterable[str]:
    return [laag.key for laag in aanpak.lagen()]


def _actoren(aanpak: AanpakDocument, stand: Stand) -> Iterable[str]:
    return [u.actor.key for u in aanpak.uitvoeringen_volgens_bron() if u.actor]


def _trefwoorden(aanpak: AanpakDocument, stand: Stand) -> Iterable[Waarde]:
    return [Waarde(slugify(tag), tag) for tag in aanpak.tags]


# What the register says of an aanpak: of what readers do not see, nothing is known.
REGISTER = ("interventie", InterventieDocument)


FACETS = (
    Facet(
        "vraagstuk", "Wat speelt er?", VraagstukTerm, "vraagstukken.vraagstuk", axis=7
    ),
    Facet(
        "laag",
        "Wie doet het?",
        LaagTerm,
        read=_lagen,
        label="kort",
        axis=2,
    ),
    Facet(
        "thema",
        "Thema",
        ThemaTerm,
        "themas.thema",
        explanation=THEMA_UITLEG,
        axis=1,
    ),
    Facet(
        "doelgroep",
        "Doelgroep",
        DoelgroepTerm,
        "doelgroepen.doelgroep",
        axis=3,
    ),
    Facet(
        "leeftijd",
        "Leeftijd",
        read=_leeftijden,
        counts=False,
        field=LeeftijdField,
        left_open=LEEFTIJD_OPEN,
    ),
    Facet(
        "niveau",
        "Niveau van erkenning",
        niveauwaarden,
        via=REGISTER,
        empty=NIVEAU_ONBEKEND,
        explanation=NIVEAU_UITLEG,
        axis=5,
    ),
    Facet(
        "erkenning",
        "Geldt de erkenning nog?",
        erkenningswaarden,
        via=REGISTER,
        empty=GEEN_ERKENNING,
        explanation=ERKENNING_UITLEG,
    ),
    Facet("soort", "Soort", Rubriek, "rubriek", open=False),
    Facet("vorm", "Vorm", VormTerm, "vorm", open=False, axis=6),
    Facet(
        "aspect",
        "Leefbaarheid",
        AspectTerm,
        "aspecten.aspect",
        open=False,
        axis=4,
    ),
    Facet("databank", "Staat nu in databank", DatabankTerm, via=REGISTER, open=False),
    Facet(
        "actor",
        "Actor",
        ActorTerm,
        read=_actoren,
        open=False,
    ),
    Facet("element", "Werkzaam element", ElementTerm, "elementen.element", open=False),
    Facet("tag", "Trefwoord", named=_trefwoorden, visible=False, counts=False),
)

# Which themes an aanpak only touches on: an index of its own, no reader filters by it.
ZIJDELINGS = "zijdelings"


def _zijdelings(aanpak: AanpakDocument, stand: Stand) -> Iterable[str]:
    return [koppeling.thema.key for koppeling in aanpak.themas if koppeling.zijdelings]


collect(
    AanpakDocument,
    Collection(
        sort_name=lambda aanpak: aanpak.sorteernaam or aanpak.naam,
        indexers={
            FACETTEN: FacetIndexer(FACETS),
            ZIJDELINGS: FacetIndexer(
                (Facet(ZIJDELINGS, "Zijdelings", ThemaTerm, read=_zijdelings),)
            ),
            ZOEKEN: ZoekIndexer(),
        },
    ),
)


class AanpakFilter(ZoekFilterSet):
    declared = AanpakDocument
    facets = FACETS

    @cached_property
    def volop(self) -> int:
        """What is about a chosen theme, and more than touches on it, as a bitmap.

        All when no theme was chosen, and for who asks what changed last: that is told
        in its order.
        """
        gekozen = self.selectie["thema"]
        if not gekozen or self.sorteer == "recent":
            return self.index.all
        zijdelings: FacetIndex = self.stand.index(AanpakDocument, ZIJDELINGS)
        over = 0
        for thema in gekozen:
            raakt = zijdelings.bits(ZIJDELINGS, thema)
            over |= self.index.bits("thema", thema) & ~raakt
        return over

    @property
    def eerst(self) -> Sequence[int]:
        return (self.named, self.volop)

    def waardelabel(self, sleutel: str, waarde: str) -> str:
        if sleutel == "leeftijd":
            return f"{waarde} jaar"
        return super().waardelabel(sleutel, waarde)
