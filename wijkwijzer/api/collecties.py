"""The collections of the API: each declared once.

From a :class:`Collectie` follow its addresses, what may be asked of it, the answer, the
description and the page about it. Its fields follow from the declaration of the record
(``velden``), its filters from the facets of its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.http import Http404, QueryDict

from aanpakken.facets import AanpakFilter
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
from interventies.facets import InterventieFilter
from interventies.terms import DatabankTerm, NiveauTerm
from interventies.whole import InterventieDocument
from kennisdossier.facets import BegripFilter, DossierFilter, VoorbeeldFilter
from kennisdossier.terms import ContactpuntTerm, GemeenteTerm, WijkTerm
from kennisdossier.whole import (
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from wijkwijzer.api import erkenningen
from wijkwijzer.api.adres import LICENTIE, VRIJ, WORTEL
from wijkwijzer.api.erkenningen import Erkenning, ErkenningFilter, alle_erkenningen
from wijkwijzer.api.velden import (
    ADRES,
    MOMENT,
    Veld,
    met_titel,
    moment,
    velden_van,
)
from wijkwijzer.wholes.declaration import Term, Whole
from wijkwijzer.wholes.permalinks import find, instead_of
from wijkwijzer.wholes.terms import BronTerm, OrganisatierolTerm, OrganisatieTerm

if TYPE_CHECKING:
    from uuid import UUID

    from wijkwijzer.facets.filters import FacetFilterSet
    from wijkwijzer.wholes.permalinks import Gone, Instead
    from wijkwijzer.wholes.stand import Stand

PAGINA = met_titel("adres van de pagina", ADRES)
EERST = met_titel("wanneer lezers het voor het eerst zagen", MOMENT)
LAATST = met_titel("wanneer deze versie gepubliceerd is", MOMENT)
R = TypeVar("R")
W = TypeVar("W", bound=Whole)
T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Gevonden(Generic[R]):
    """What is at an address of the API; without a record it was withdrawn."""

    record: R | None
    moved: bool = False
    # The kind and uuid of what was withdrawn.
    was: tuple[type[Whole], Any] | None = None


class Collectie(Generic[R]):
    """Records of one kind: how they are found, and what an answer says of them."""

    naam: str
    titel: str
    # One of them, as a sentence has it: "een aanpak".
    een: str
    # In the path of one record.
    sleutels: tuple[str, ...] = ("slug",)
    licentie: str = LICENTIE
    # Its filters, if its page has any.
    filter: type[FacetFilterSet] | None = None

    @cached_property
    def velden(self) -> tuple[Veld, ...]:
        licentie = met_titel("onder welke licentie", ADRES | {"const": self.licentie})
        zelf = met_titel("adres in de API", ADRES)
        return (
            Veld("zelf", zelf, lambda record, o: o.adres(self.adres(record))),
            *self.eigen_velden(),
            Veld("licentie", licentie, lambda record, o: self.licentie),
        )

    def eigen_velden(self) -> Iterable[Veld]:
        raise NotImplementedError

    def adres(self, record: R) -> str:
        """The path of one record in the API."""
        return f"{WORTEL}/{self.naam}/{self.sleutel(record)}"

    def sleutel(self, record: R) -> str:
        raise NotImplementedError

    def plaatsen(self, stand: Stand) -> Sequence[int]:
        """The places of all its records, in the order of its page."""
        if self.filter is None:
            raise NotImplementedError
        return self.filter(QueryDict(), stand).treffers()

    def records(self, stand: Stand, plaatsen: Iterable[int]) -> list[R]:
        raise NotImplementedError

    def elk(self, stand: Stand, plaatsen: Iterable[int]) -> Iterable[R]:
        """The same for very many: none of them stays in memory."""
        return self.records(stand, plaatsen)

    def nummers(self, stand: Stand, plaatsen: Iterable[int]) -> dict[UUID, int]:
        """Which version each of these is, of what has versions. One query."""
        return {}

    def vind(self, stand: Stand, sleutel: str) -> Gevonden[R]:
        """What is there, now or before. Raises Http404 of what never was."""
        raise NotImplementedError

    def alternatieven(self, stand: Stand, was: Gone) -> Sequence[Instead]:
        """What may help instead of what was withdrawn."""
        return []


class Geheelcollectie(Collectie[W]):
    """Records with versions: an answer is the document, and which version that is."""

    def __init__(
        self,
        naam: str,
        titel: str,
        een: str,
        declared: type[W],
        filter_: type[FacetFilterSet],
    ) -> None:
        self.naam, self.titel, self.een = naam, titel, een
        self.declared, self.filter = declared, filter_

    def eigen_velden(self) -> Iterable[Veld]:
        return (
            Veld(
                "uri",
                met_titel("adres dat blijft", ADRES),
                lambda d, o: o.uri(d.soort, d.uuid),
            ),
            Veld("pagina", PAGINA, lambda d, o: o.adres(d.get_absolute_url())),
            *velden_van(self.declared),
            Veld(
                "versienummer",
                met_titel("de hoeveelste versie", {"type": "integer", "minimum": 1}),
                lambda d, o: o.nummer(d),
            ),
            Veld("gepubliceerdOp", EERST, lambda d, o: moment(o.stand.first_at(d))),
            Veld("gewijzigdOp", LAATST, lambda d, o: moment(o.stand.changed_at(d))),
        )

    def sleutel(self, record: W) -> str:
        return record.slug

    def records(self, stand: Stand, plaatsen: Iterable[int]) -> list[W]:
        return stand.documents(self.declared, plaatsen)

    def elk(self, stand: Stand, plaatsen: Iterable[int]) -> Iterable[W]:
        return stand.each(self.declared, plaatsen)

    def nummers(self, stand: Stand, plaatsen: Iterable[int]) -> dict[UUID, int]:
        return stand.numbers_of(self.declared, plaatsen)

    def vind(self, stand: Stand, sleutel: str) -> Gevonden[W]:
        found = find(stand, self.declared, sleutel)
        return Gevonden(found.document, found.moved, (self.declared, found.uuid))

    def alternatieven(self, stand: Stand, was: Gone) -> Sequence[Instead]:
        return instead_of(stand, self.declared, was)


class Termcollectie(Collectie[T]):
    """The words of a controlled list, in the order of the editors."""

    licentie = VRIJ

    def __init__(self, naam: str, titel: str, een: str, declared: type[T]) -> None:
        self.naam, self.titel, self.een, self.declared = naam, titel, een, declared
        self.sleutels = tuple(p.partition("__")[0] for p in declared.key_fields)

    def eigen_velden(self) -> Iterable[Veld]:
        if hasattr(self.declared, "get_absolute_url"):
            yield Veld("pagina", PAGINA, lambda t, o: o.adres(t.get_absolute_url()))
        yield from velden_van(self.declared)

    def sleutel(self, record: T) -> str:
        return record.key

    def plaatsen(self, stand: Stand) -> Sequence[int]:
        return range(len(stand.terms(self.declared)))

    def records(self, stand: Stand, plaatsen: Iterable[int]) -> list[T]:
        termen = stand.terms(self.declared)
        return [termen[plaats] for plaats in plaatsen]

    def vind(self, stand: Stand, sleutel: str) -> Gevonden[T]:
        if term := stand.vocabulary.get(self.declared, sleutel):
            return Gevonden(term)
        if term := stand.vocabulary.get(self.declared, sleutel.lower()):
            return Gevonden(term, moved=True)
        raise Http404(f"no {self.naam} at {sleutel!r}")


class Erkenningcollectie(Collectie[Erkenning]):
    naam, titel, een = "erkenningen", "Erkenningen", "een erkenning"
    sleutels = ("id",)
    filter = ErkenningFilter

    def eigen_velden(self) -> Iterable[Veld]:
        return erkenningen.VELDEN

    def sleutel(self, record: Erkenning) -> str:
        return record.id

    def records(self, stand: Stand, plaatsen: Iterable[int]) -> list[Erkenning]:
        lijst = stand.derived(alle_erkenningen).lijst
        return [lijst[plaats] for plaats in plaatsen]

    def vind(self, stand: Stand, sleutel: str) -> Gevonden[Erkenning]:
        alle = stand.derived(alle_erkenningen)
        if (plaats := alle.plaats.get(sleutel)) is None:
            raise Http404(f"no recognition {sleutel!r}")
        return Gevonden(alle.lijst[plaats])


ALLE: tuple[Collectie[Any], ...] = (
    Geheelcollectie(
        "aanpakken", "Aanpakken", "een aanpak", AanpakDocument, AanpakFilter
    ),
    Geheelcollectie(
        "interventies",
        "Register van interventies",
        "een interventie",
        InterventieDocument,
        InterventieFilter,
    ),
    Erkenningcollectie(),
    Termcollectie("databanken", "Databanken", "een databank", DatabankTerm),
    Termcollectie("themas", "Thema’s", "een thema", ThemaTerm),
    Termcollectie("actoren", "Actoren", "een actor", ActorTerm),
    Termcollectie("doelgroepen", "Doelgroepen", "een doelgroep", DoelgroepTerm),
    Geheelcollectie(
        "praktijkvoorbeelden",
        "Praktijkvoorbeelden",
        "een praktijkvoorbeeld",
        PraktijkvoorbeeldDocument,
        VoorbeeldFilter,
    ),
    Geheelcollectie(
        "begrippen", "Begrippen", "een begrip", BegripDocument, BegripFilter
    ),
    Geheelcollectie(
        "dossiers", "Kennisdossiers", "een dossier", DossierDocument, DossierFilter
    ),
    # What answers name by a key, so that nobody has to guess what it means.
    Termcollectie("lagen", "Ringen", "een ring", LaagTerm),
    Termcollectie("niveaus", "Niveaus van erkenning", "een niveau", NiveauTerm),
    Termcollectie("vraagstukken", "Vraagstukken", "een vraagstuk", VraagstukTerm),
    Termcollectie("vormen", "Vormen", "een vorm", VormTerm),
    Termcollectie("aspecten", "Leefbaarheid", "een aspect", AspectTerm),
    Termcollectie(
        "elementen", "Werkzame elementen", "een werkzaam element", ElementTerm
    ),
    Termcollectie("bronnen", "Bronnen", "een bron", BronTerm),
    Termcollectie("organisaties", "Organisaties", "een organisatie", OrganisatieTerm),
    Termcollectie(
        "organisatierollen",
        "Rollen van organisaties",
        "een rol van organisaties",
        OrganisatierolTerm,
    ),
    Termcollectie("contactpunten", "Contactpunten", "een contactpunt", ContactpuntTerm),
    Termcollectie("gemeenten", "Gemeenten", "een gemeente", GemeenteTerm),
    Termcollectie("wijken", "Wijken", "een wijk", WijkTerm),
)
OP_NAAM = {collectie.naam: collectie for collectie in ALLE}
