"""What an aanpak consists of, in the order of its page."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, NamedTuple

from aanpakken import models
from aanpakken.models import (
    Basis,
    Beginsoort,
    Doelgroeprol,
    Feitsoort,
    Laagbasis,
    Linksoort,
    Rubriek,
    Sterkte,
    Themafunctie,
    Uitvoeringsrol,
)
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
from interventies.whole import OORDELEN, Geldigheid, InterventieDocument
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.teksten import beginkapitaal, opgesomd
from wijkwijzer.wholes.declaration import Info, Part, Ref, Whole
from wijkwijzer.wholes.registry import whole
from wijkwijzer.wholes.terms import BronTerm

if TYPE_CHECKING:
    from collections.abc import Iterator


def _oordelen(interventie: Ref[InterventieDocument]) -> str:
    """What databanks say of it, as far as readers may see the register entry."""
    return interventie.kept(OORDELEN) or ""


class DoelgroepPart(Part):
    """For whom an aanpak is. An open age bound means: the source names none."""

    model = models.Doelgroepkoppeling
    order = "volgorde"
    key = ("doelgroep", "rol")

    doelgroep: Annotated[DoelgroepTerm, Info(search="trefwoorden")]
    rol: Doelgroeprol
    omschrijving: Annotated[str, Info(search="trefwoorden")]
    leeftijd_van: int | None = None
    leeftijd_tot: int | None = None
    bovengrens_telt_niet: bool = False

    @property
    def leeftijd(self) -> str:
        """The ages in words, as the source says them; empty when it names no bound."""
        van, tot = self.leeftijd_van, self.leeftijd_tot
        if tot is None:
            return "" if van is None else f"vanaf {van} jaar"
        eind = (
            f"tot {tot} jaar" if self.bovengrens_telt_niet else f"tot en met {tot} jaar"
        )
        return eind if van is None else f"{van} {eind}"

    @property
    def leeftijden(self) -> range:
        """Every age that fits: an open bound admits all beyond it."""
        tot = models.MAX_LEEFTIJD if self.leeftijd_tot is None else self.leeftijd_tot
        return range(self.leeftijd_van or 0, tot + (not self.bovengrens_telt_niet))


class VraagstukPart(Part):
    model = models.Vraagstukkoppeling
    key = ("vraagstuk",)

    vraagstuk: Annotated[VraagstukTerm, Info(search="trefwoorden")]
    basis: Basis
    reden: Annotated[str, Info(search="tekst")] = ""


class ThemaPart(Part):
    model = models.Themakoppeling
    key = ("thema",)

    thema: Annotated[ThemaTerm, Info(search="tekst")]
    basis: Basis
    sterkte: Sterkte
    functie: Themafunctie | None = None
    reden: Annotated[str, Info(search="tekst")] = ""

    @property
    def zijdelings(self) -> bool:
        """Whether no source names the theme, and the aanpak only touches on it."""
        return self.basis != Basis.EXPLICIET and self.sterkte == Sterkte.ZWAK


class AspectPart(Part):
    model = models.Aspectkoppeling
    key = ("aspect",)

    aspect: AspectTerm
    basis: Basis
    reden: str = ""


class FeitPart(Part):
    """One fact with the source that states it."""

    model = models.Feit
    order = "volgorde"
    key = ("soort", "tekst")

    soort: Feitsoort
    tekst: Annotated[str, Info(search="tekst")]
    bron: BronTerm | None = None
    bron_url: str = ""
    bron_datum: Deeldatum | None = None


class StapPart(Part):
    model = models.Stap
    order = "nummer"
    key = ("naam",)

    naam: Annotated[str, Info(search="tekst")]
    toelichting: Annotated[str, Info(search="tekst")] = ""


class BeginPart(Part):
    """What a source says to who wants to begin."""

    model = models.Begin
    order = "volgorde"
    key = ("soort", "tekst")

    soort: Beginsoort
    tekst: str
    bron: BronTerm | None = None
    bron_url: str = ""


class UitvoeringPart(Part):
    """Who takes part in it, in which role. Its rings are those that carry it out."""

    model = models.Uitvoering
    order = "volgorde"
    key = ("naam", "rol")

    naam: Annotated[str, Info(search="tekst")]
    rol: Uitvoeringsrol
    rol_in_bron: str = ""
    basis: Basis = Basis.EXPLICIET
    laag: LaagTerm | None = None
    laag_basis: Laagbasis
    actor: Annotated[ActorTerm | None, Info(search="tekst")] = None
    opmerking: str = ""

    @property
    def gezegd(self) -> tuple[object, ...]:
        """What is remarked of who takes part: they who share that are told together."""
        wie = () if self.opmerking else (self.naam,)
        return (
            *wie,
            *(self.rol, self.rol_in_bron, self.basis, self.laag_basis),
            self.opmerking,
        )


class Deelnemer(NamedTuple):
    """One of some who take part, and what stands before its name: "a, b en c"."""

    voor: str
    naam: str
    actor: ActorTerm | None


class Deelname(NamedTuple):
    """Those who take part by the same remark, and what the first is as much as any."""

    deelnemers: list[Deelnemer]
    uitvoering: UitvoeringPart


class ElementPart(Part):
    model = models.Elementkoppeling
    key = ("element",)

    element: Annotated[ElementTerm, Info(search="tekst")]
    basis: Basis
    reden: str = ""


class LinkPart(Part):
    """Where to read more. A link whose address got lost stays, and says so."""

    model = models.Link
    order = "volgorde"
    key = ("label", "url")

    label: str
    url: str = ""
    soort: Linksoort
    gecorrigeerd_van: str = ""
    correctie_reden: str = ""
    opmerking: str = ""


@whole
class AanpakDocument(Whole):
    model = models.Aanpak
    soort = "aanpak"

    naam: Annotated[str, Info(search="titel")]
    sorteernaam: str = ""
    # An old or foreign name counts, but not like the name itself.
    naamvarianten: Annotated[list[str], Info(search="ook")] = []
    rubriek: Rubriek
    volgorde_in_bron: int | None = None
    samenvatting: Annotated[
        str, Info(search="samenvatting", missing="samenvatting")
    ] = ""
    # The same again in other words: nothing to search in.
    eenvoudig: Annotated[str, Info(missing="eenvoudige taal")] = ""
    interventie: Annotated[
        Ref[InterventieDocument] | None,
        Info(
            search="trefwoorden", words=_oordelen, missing="interventie in het register"
        ),
    ] = None
    doel: Annotated[list[str], Info(search="tekst", missing="doel")] = []
    doelgroepen: Annotated[
        list[DoelgroepPart], Info("doelgroepkoppelingen", missing="doelgroepen")
    ] = []
    vraagstukken: Annotated[
        list[VraagstukPart],
        Info("vraagstukkoppelingen", missing="vraagstukken"),
    ] = []
    themas: Annotated[list[ThemaPart], Info("themakoppelingen", missing="thema’s")] = []
    vorm: Annotated[VormTerm | None, Info(missing="vorm")] = None
    vorm_toelichting: str = ""
    aspecten: Annotated[list[AspectPart], Info("aspectkoppelingen")] = []
    omschrijving: Annotated[str, Info(search="tekst", missing="omschrijving")] = ""
    stappen_toelichting: str = ""
    stappen: Annotated[list[StapPart], Info(missing="stappen")] = []
    begin: list[BeginPart] = []
    feiten: list[FeitPart] = []
    uitvoeringen: Annotated[list[UitvoeringPart], Info(missing="uitvoerders")] = []
    elementen: Annotated[
        list[ElementPart], Info("elementkoppelingen", missing="werkzame elementen")
    ] = []
    links: Annotated[list[LinkPart], Info(missing="links")] = []
    tags: Annotated[list[str], Info(search="trefwoorden")] = []
    eigenaar: str = ""
    eigenaar_bron_url: str = ""
    bronnen: Annotated[list[BronTerm], Info(missing="bronnen")] = []
    correcties: list[str] = []
    laatst_gecontroleerd_op: Annotated[
        date | None, Info(missing="laatst gecontroleerd")
    ] = None

    get_absolute_url = models.Aanpak.get_absolute_url

    @property
    def zichtbare_interventie(self) -> InterventieDocument | None:
        """The register entry if readers may see it."""
        return self.interventie.get() if self.interventie else None

    @cached_property
    def geldigheid(self) -> Geldigheid | None:
        """The recognition that tells most today."""
        interventie = self.zichtbare_interventie
        if not self.interventie or not interventie:
            return None
        return interventie.geldigheid(self.interventie.day)

    @property
    def geldigheden(self) -> list[Geldigheid]:
        """Every recognition, and whether it holds today."""
        interventie = self.zichtbare_interventie
        if not self.interventie or not interventie:
            return []
        return interventie.geldigheden(self.interventie.day)

    def onbekend_van_databanken(self) -> list[str]:
        """What no source says of its recognitions, as the line of its page tells it."""
        if not self.interventie:
            return ["of de aanpak ergens erkend is"]
        interventie = self.zichtbare_interventie
        return interventie.nog_niet_bekend(self.interventie.day) if interventie else []

    def uitvoeringen_volgens_bron(self) -> list[UitvoeringPart]:
        """Who takes part as a source says it: only they count, in facets and rings."""
        return [u for u in self.uitvoeringen if u.basis == Basis.EXPLICIET]

    def lagen(self) -> list[LaagTerm]:
        """The rings that carry it out according to a source, from the core outward."""
        return _op_volgorde(
            [u for u in self.uitvoeringen_volgens_bron() if u.rol.voert_uit]
        )

    def uitvoeringen_per_laag(
        self,
    ) -> list[tuple[LaagTerm | None, list[UitvoeringPart]]]:
        """Who takes part in each ring, from the core outward; without a ring: last."""
        lagen = [*_op_volgorde(self.uitvoeringen), None]
        per_laag = [
            (laag, [u for u in self.uitvoeringen if u.laag is laag]) for laag in lagen
        ]
        return [(laag, uitvoeringen) for laag, uitvoeringen in per_laag if uitvoeringen]

    def deelnames_per_laag(self) -> list[tuple[LaagTerm | None, list[Deelname]]]:
        """Who takes part in each ring, told together where the remark is the same."""
        return [
            (laag, [*_deelnames(uitvoeringen)])
            for laag, uitvoeringen in self.uitvoeringen_per_laag()
        ]

    def vraagstukken_op_volgorde(self) -> list[VraagstukPart]:
        return sorted(self.vraagstukken, key=lambda v: v.vraagstuk.volgorde)

    def begin_per_soort(self) -> list[tuple[Beginsoort, list[BeginPart]]]:
        """What is known for who begins, in the order of the page."""
        per_soort = [(s, [b for b in self.begin if b.soort == s]) for s in Beginsoort]
        return [(soort, delen) for soort, delen in per_soort if delen]

    def themas_op_sterkte(self) -> list[ThemaPart]:
        """The strong ones first, then in the order of the themes."""
        return sorted(self.themas, key=lambda t: (t.sterkte, t.thema.volgorde))

    def aspecten_op_volgorde(self) -> list[AspectPart]:
        return sorted(self.aspecten, key=lambda a: a.aspect.volgorde)

    def elementen_op_volgorde(self) -> list[ElementPart]:
        return sorted(self.elementen, key=lambda e: e.element.volgorde)

    def bronnen_op_volgorde(self) -> list[BronTerm]:
        return sorted(self.bronnen, key=lambda bron: bron.volgorde)

    def primaire_doelgroepen(self) -> list[DoelgroepPart]:
        """The groups an aanpak is for; all of them if none is primary."""
        primair = [d for d in self.doelgroepen if d.rol == Doelgroeprol.PRIMAIR]
        return primair or self.doelgroepen

    def duur(self) -> list[FeitPart]:
        return self.feiten_van(Feitsoort.DUUR)

    def feiten_van(self, *soorten: str) -> list[FeitPart]:
        return [feit for feit in self.feiten if feit.soort in soorten]


def _deelnames(uitvoeringen: list[UitvoeringPart]) -> Iterator[Deelname]:
    """They keep their order: only neighbours are told of together."""
    for _, samen in groupby(uitvoeringen, lambda u: u.gezegd):
        eerste, *anderen = uitvoeringen = [*samen]
        namen = [beginkapitaal(eerste.naam), *(u.naam for u in anderen)]
        deelnemers = [
            Deelnemer(voor, naam, uitvoering.actor)
            for (voor, naam), uitvoering in zip(
                opgesomd(namen), uitvoeringen, strict=True
            )
        ]
        yield Deelname(deelnemers, eerste)


def _op_volgorde(uitvoeringen: list[UitvoeringPart]) -> list[LaagTerm]:
    """The rings of some who take part, from the core outward."""
    lagen = {u.laag for u in uitvoeringen if u.laag}
    return sorted(lagen, key=lambda laag: laag.volgorde)
