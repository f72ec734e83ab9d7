"""Four questions and reasoned advice: what fits, what does not, and why.

No question must be answered. Every answer is in the address, so going back loses
nothing and a result can be shared. The order follows from the points below and nothing
else, and each point is told to the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from aanpakken.facets import ZIJDELINGS
from aanpakken.whole import AanpakDocument
from interventies.facets import NIVEAU_ONBEKEND
from interventies.models import VERVALLEN, Erkenningsstatus
from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.memory.scores import Slices, as_slices, descending, has_score, plus
from wijkwijzer.search.registry import ZOEKEN
from wijkwijzer.search.vraag import lees_vraag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from wijkwijzer.facets.declaration import Waarde
    from wijkwijzer.facets.index import FacetIndex
    from wijkwijzer.search.index import Zoekindex, Zoekresultaat
    from wijkwijzer.wholes.stand import Stand

MAXIMUM = 8
# So many are shown however little fits; the others only when most of it does.
ALTIJD = 3


@dataclass(frozen=True)
class Wens:
    """Something a reader wants to change, in plain words.

    What fits has the value of a facet: an issue, or a theme where no issue says it.
    ``zoekterm`` narrows it. ``beeld`` is the theme whose picture stands beside it.
    """

    sleutel: str
    zin: str
    beeld: str
    facet: str
    waarde: str
    zoekterm: str = ""


# The problems and wishes that the content of the catalogue speaks of.
WENSEN = [
    Wens(
        "elkaar-kennen",
        "Buren kennen elkaar te weinig",
        "verbinding",
        *("thema", "verbinding"),
    ),
    Wens("eenzaam", "Mensen zijn eenzaam", "verbinding", *("vraagstuk", "eenzaamheid")),
    Wens(
        "ruzie",
        "Buren hebben ruzie",
        "problemen",
        *("vraagstuk", "overlast-en-conflicten", "burenruzie"),
    ),
    Wens(
        "overlast",
        "Er is overlast op straat",
        "problemen",
        *("vraagstuk", "overlast-en-conflicten", "overlast"),
    ),
    Wens(
        "schooluitval",
        "Jongeren haken af op school",
        "problemen",
        *("vraagstuk", "opvoeden-en-opgroeien", "schooluitval"),
    ),
    Wens(
        "opvoeden",
        "Ouders willen steun bij het opvoeden",
        "verbinding",
        *("vraagstuk", "opvoeden-en-opgroeien", "opvoeden"),
    ),
    Wens(
        "bewegen",
        "Mensen bewegen te weinig",
        "problemen",
        *("vraagstuk", "gezond-en-in-beweging", "bewegen"),
    ),
    Wens(
        "zelfstandig",
        "Mensen hebben hulp nodig om zelfstandig te leven",
        "problemen",
        *("vraagstuk", "zelfstandig-leven"),
    ),
    Wens(
        "cultuur",
        "Meer cultuur in de wijk",
        "krachten-en-talenten",
        *("vraagstuk", "samen-maken"),
    ),
    Wens(
        "talent",
        "Bewoners laten zien wat ze kunnen",
        "krachten-en-talenten",
        *("thema", "krachten-en-talenten"),
    ),
    Wens(
        "meebeslissen",
        "Bewoners willen meebeslissen",
        "zeggenschap",
        *("vraagstuk", "meebeslissen"),
    ),
    Wens(
        "taak-overnemen",
        "Bewoners willen iets zelf doen",
        "zeggenschap",
        *("vraagstuk", "meebeslissen", "uitdaagrecht"),
    ),
]

# How much certainty a reader needs: the levels that are enough.
ZEKERHEDEN = {
    "maakt-niet-uit": ("Dat maakt mij niet uit", ()),
    "beschreven": (
        "Een databank heeft het bekeken",
        ("goed-beschreven", "goed-onderbouwd", "effectief"),
    ),
    "onderbouwd": (
        "Er is een goede onderbouwing",
        ("goed-onderbouwd", "effectief"),
    ),
    "effectief": ("Onderzoek laat een effect zien", ("effectief",)),
}

# Points for what fits. What a reader wants to change weighs more than all the rest.
PUNTEN = {"wens": 16, "wens-breed": 3, "voor": 6, "ik": 4, "zekerheid": 5}


@dataclass(frozen=True)
class Vraag:
    sleutel: str
    titel: str
    uitleg: str
    opties: list[tuple[str, str]]


@dataclass(frozen=True)
class Oordeel:
    """Whether one answer fits an aanpak, in words."""

    past: bool
    tekst: str


@dataclass(frozen=True)
class Advies:
    aanpak: AanpakDocument
    oordelen: list[Oordeel]

    @property
    def redenen(self) -> list[str]:
        return [o.tekst for o in self.oordelen if o.past]

    @property
    def bezwaren(self) -> list[str]:
        return [o.tekst for o in self.oordelen if not o.past]


class Keuzehulp:
    """The questions, the answers in an address, and the advice that follows."""

    def __init__(self, query: QueryDict, stand: Stand) -> None:
        self.stand = stand
        self.index: FacetIndex = stand.index(AanpakDocument, FACETTEN)
        self.vragen = self._vragen()
        self.meldingen: list[str] = []
        self.antwoorden: dict[str, str] = {}
        for vraag in self.vragen:
            gegeven = lees_waarde(query, vraag.sleutel)
            if gegeven in dict(vraag.opties):
                self.antwoorden[vraag.sleutel] = gegeven
            elif gegeven:
                self.meldingen.append(f"Dat antwoord bestaat niet bij “{vraag.titel}”.")

    def _vragen(self) -> list[Vraag]:
        return [
            Vraag(
                "wens",
                "Wat wil je veranderen?",
                "Kies wat het meest lijkt op wat jij ziet.",
                [(wens.sleutel, wens.zin) for wens in WENSEN],
            ),
            Vraag(
                "voor",
                "Voor wie is het?",
                "Kies de groep om wie het jou gaat.",
                _opties(self.index.waarden("doelgroep").values()),
            ),
            Vraag(
                "ik",
                "Wie ben jij?",
                "Dan zie je wat mensen zoals jij doen.",
                _opties(self.index.waarden("laag").values()),
            ),
            Vraag(
                "zekerheid",
                "Hoe zeker wil je zijn dat het werkt?",
                "Databanken geven een niveau. Vaak is het niveau niet bekend.",
                [(sleutel, zin) for sleutel, (zin, _) in ZEKERHEDEN.items()],
            ),
        ]

    @cached_property
    def wens(self) -> Wens | None:
        sleutel = self.antwoorden.get("wens")
        return next((wens for wens in WENSEN if wens.sleutel == sleutel), None)

    @cached_property
    def _gevonden(self) -> Zoekresultaat | None:
        """What the search term of the wish finds, if it has one."""
        if not self.wens or not self.wens.zoekterm:
            return None
        index: Zoekindex = self.stand.index(AanpakDocument, ZOEKEN)
        return index.zoek(lees_vraag(self.wens.zoekterm, index.analyse, af=True))

    def _past(self) -> dict[str, int]:
        """Per answer the aanpakken that fit it, as a bitmap."""
        past: dict[str, int] = {}
        if self.wens:
            breed = self.index.any_of(self.wens.facet, [self.wens.waarde])
            past["wens-breed"] = past["wens"] = breed
            if self.wens.facet == "thema":
                # What only touches on it does not fit like what is about it.
                zijdelings: FacetIndex = self.stand.index(AanpakDocument, ZIJDELINGS)
                past["wens"] &= ~zijdelings.bits(ZIJDELINGS, self.wens.waarde)
        if self._gevonden:
            gevonden = self._gevonden
            past["wens"] = 0 if gevonden.gedeeltelijk else gevonden.bits
        if doelgroep := self.antwoorden.get("voor"):
            past["voor"] = self.index.any_of("doelgroep", [doelgroep])
        if laag := self.antwoorden.get("ik"):
            past["ik"] = self.index.any_of("laag", [laag])
        _, niveaus = ZEKERHEDEN[self.antwoorden.get("zekerheid", "maakt-niet-uit")]
        if niveaus:
            # A level that lapsed, or probably did, is no evidence any more.
            staat = ~self.index.any_of("erkenning", VERVALLEN)
            past["zekerheid"] = self.index.any_of("niveau", niveaus) & staat
        return past

    def adviezen(self) -> list[Advies]:
        """The aanpakken that fit best, with everything that speaks for and against."""
        past = self._past()
        score: Slices = []
        for sleutel, bits in past.items():
            score = plus(score, as_slices(bits, PUNTEN[sleutel]))
        # Without the wish an aanpak is no answer, however well the rest fits.
        kandidaten = has_score(score)
        if "wens" in past:
            kandidaten &= past["wens"] | past["wens-breed"]
        if self._gevonden:
            # Behind the points, what speaks most of the wish comes first.
            fijn = [bits & past["wens"] for bits in self._gevonden.slices]
            score = [*fijn, *score]
        op_naam = self.index.records.in_order
        posities = list(islice(descending(score, kandidaten, op_naam), MAXIMUM))
        aanpakken = self.stand.documents(AanpakDocument, posities)
        adviezen = [
            Advies(aanpak, self._oordelen(past, positie))
            for aanpak, positie in zip(aanpakken, posities, strict=True)
        ]
        return [
            advies
            for nummer, advies in enumerate(adviezen)
            if nummer < ALTIJD or len(advies.redenen) >= len(advies.bezwaren)
        ]

    def _oordelen(self, past: dict[str, int], positie: int) -> list[Oordeel]:
        def ja(sleutel: str) -> bool:
            return bool(past[sleutel] >> positie & 1)

        oordelen = []
        if wens := self.wens:
            breed = self._label(wens.facet, wens.waarde).lower()
            if ja("wens"):
                tekst = f"Past bij “{wens.zin.lower()}”"
            elif wens.facet == "thema":
                tekst = f"Raakt alleen zijdelings aan “{wens.zin.lower()}”"
            else:
                tekst = f"Gaat over {breed}, maar niet precies “{wens.zin.lower()}”"
            oordelen.append(Oordeel(ja("wens"), tekst))
        if "voor" in past:
            groep = self._label("doelgroep", self.antwoorden["voor"]).lower()
            oordelen.append(
                Oordeel(ja("voor"), f"Is voor {groep}")
                if ja("voor")
                else Oordeel(past=False, tekst=f"Noemt {groep} niet als doelgroep")
            )
        if "ik" in past:
            ring = self._label("laag", self.antwoorden["ik"]).lower()
            oordelen.append(
                Oordeel(past=True, tekst=f"Ook {ring} voeren het uit")
                if ja("ik")
                else Oordeel(
                    past=False, tekst=f"{ring.capitalize()} voeren het niet uit"
                )
            )
        if "zekerheid" in past:
            oordelen.append(Oordeel(ja("zekerheid"), self._niveau(positie)))
        return oordelen

    def _niveau(self, positie: int) -> str:
        """The level in words, and what is known of whether it still holds."""
        niveau = next(self.index.values_at("niveau", positie), NIVEAU_ONBEKEND.slug)
        status = next(self.index.values_at("erkenning", positie), "")
        if niveau == NIVEAU_ONBEKEND.slug:
            return "Niveau: niet bekend"
        geldigheid = self._label("erkenning", status).lower()
        return f"Niveau: {self._label('niveau', niveau)}, {geldigheid}"

    def _label(self, facet: str, slug: str) -> str:
        return self.index.label(facet, slug)

    def lijstkeuze(self) -> dict[str, list[str]]:
        """The same answers as filters of the catalogue."""
        keuze: dict[str, list[str]] = {}
        if wens := self.wens:
            keuze |= (
                {"q": [wens.zoekterm]} if wens.zoekterm else {wens.facet: [wens.waarde]}
            )
        if doelgroep := self.antwoorden.get("voor"):
            keuze["doelgroep"] = [doelgroep]
        if laag := self.antwoorden.get("ik"):
            keuze["laag"] = [laag]
        _, niveaus = ZEKERHEDEN[self.antwoorden.get("zekerheid", "maakt-niet-uit")]
        if niveaus:
            keuze["niveau"] = list(niveaus)
            keuze["erkenning"] = [Erkenningsstatus.GELDIG, Erkenningsstatus.ONBEKEND]
        return keuze


def _opties(waarden: Iterable[Waarde]) -> list[tuple[str, str]]:
    return [(waarde.slug, waarde.label) for waarde in waarden]
