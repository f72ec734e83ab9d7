"""What a begrip, a praktijkvoorbeeld and a dossier consist of, as on their pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from aanpakken.models import Basis
from aanpakken.terms import ActorTerm, DoelgroepTerm, ElementTerm, ThemaTerm
from aanpakken.whole import AanpakDocument
from kennisdossier import models
from kennisdossier.opmaak import platte_tekst
from kennisdossier.terms import ContactpuntTerm, GemeenteTerm, WijkTerm
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.declaration import Info, Part, Ref, Whole
from wijkwijzer.wholes.registry import whole
from wijkwijzer.wholes.terms import BronTerm, OrganisatieTerm

# Begrippen


class VerwijzingPart(Part):
    """Where to read more about a term."""

    model = models.Begripverwijzing
    order = "volgorde"
    key = ("url", "label")

    label: str
    url: str
    opmerking: str = ""


@whole
class BegripDocument(Whole):
    model = models.Begrip
    soort = "begrip"

    naam: Annotated[str, Info(search="titel")]
    definitie: Annotated[str, Info(search="samenvatting", missing="definitie")] = ""
    toelichting: Annotated[str, Info(search="tekst", missing="toelichting")] = ""
    let_op: str = ""
    varianten: Annotated[list[str], Info(search="trefwoorden")] = []
    markeren: bool = True
    bron: Annotated[BronTerm | None, Info(missing="bron")] = None
    verwijzingen: Annotated[list[VerwijzingPart], Info(missing="verwijzing")] = []
    laatst_gecontroleerd_op: Annotated[
        date | None, Info(missing="laatst gecontroleerd")
    ] = None

    get_absolute_url = models.Begrip.get_absolute_url


# Praktijkvoorbeelden


# "Jaar van de foto" and "Openingsdatum", not "Bezoekers per jaar" or "Jaarlijks".
MOMENT = re.compile(r"\w*(jaar|datum)\b", re.IGNORECASE)
JAARTAL = re.compile(r"\b[12]\d{3}\b")


class CijferPart(Part):
    """A figure as a source gives it; it says when it was true, if that is known."""

    model = models.Cijfer
    order = "volgorde"
    key = ("kenmerk",)

    kenmerk: str
    waarde: str
    eenheid: str = ""
    peildatum: Deeldatum | None = None

    @property
    def is_moment(self) -> bool:
        """Whether it is itself a day or a year ("Jaar van de foto"), not a count."""
        return (
            not self.eenheid
            and MOMENT.match(self.kenmerk) is not None
            and JAARTAL.search(self.waarde) is not None
        )

    @property
    def gedateerd(self) -> bool:
        """Whether nobody has to ask when it was true."""
        return self.peildatum is not None or self.is_moment


class KoppelingPart(Part):
    """An aanpak that an example shows in practice, and on what that rests."""

    model = models.Voorbeeldkoppeling
    order = "volgorde"
    key = ("aanpak",)

    aanpak: Ref[AanpakDocument]
    basis: Basis
    reden: str = ""


@whole
class PraktijkvoorbeeldDocument(Whole):
    model = models.Praktijkvoorbeeld
    soort = "praktijkvoorbeeld"

    naam: Annotated[str, Info(search="titel")]
    samenvatting: Annotated[
        str, Info(search="samenvatting", missing="samenvatting")
    ] = ""
    gemeente: Annotated[
        GemeenteTerm | None, Info(search="trefwoorden", missing="gemeente")
    ] = None
    wijk: Annotated[WijkTerm | None, Info(search="trefwoorden", missing="wijk")] = None
    plaats_toelichting: str = ""
    uitgebreid_naar: list[WijkTerm] = []
    begin: Annotated[Deeldatum | None, Info(missing="begin")] = None
    eind: Deeldatum | None = None
    periode_toelichting: str = ""
    onderdeel_van: Ref[PraktijkvoorbeeldDocument] | None = None
    doelgroepen: Annotated[
        list[DoelgroepTerm], Info(search="trefwoorden", missing="doelgroepen")
    ] = []
    themas: Annotated[list[ThemaTerm], Info(missing="thema’s")] = []
    actoren: list[ActorTerm] = []
    omschrijving: Annotated[str, Info(search="tekst", missing="omschrijving")] = ""
    kernfeiten: Annotated[list[str], Info(search="tekst")] = []
    cijfers: list[CijferPart] = []
    let_op: str = ""
    elementen: list[ElementTerm] = []
    elementen_basis: Basis = Basis.EXPLICIET
    begrippen: list[Ref[BegripDocument]] = []
    koppelingen: Annotated[list[KoppelingPart], Info(missing="verwante aanpak")] = []
    bron: Annotated[BronTerm | None, Info(missing="bron")] = None
    extern_url: str = ""
    extern_feit: str = ""
    laatst_gecontroleerd_op: Annotated[
        date | None, Info(missing="laatst gecontroleerd")
    ] = None

    get_absolute_url = models.Praktijkvoorbeeld.get_absolute_url

    def aanpakken(self) -> list[tuple[AanpakDocument, KoppelingPart]]:
        """The aanpakken that readers may see, each with why it is named."""
        gekoppeld = [
            (koppeling.aanpak.get(), koppeling) for koppeling in self.koppelingen
        ]
        return [(aanpak, k) for aanpak, k in gekoppeld if aanpak]

    def nog_niet_bekend(self) -> list[str]:
        """What a reader asks of every example, and no source says of this one."""
        welke = "alle" if self.cijfers_met_peildatum() else "de"
        gevraagd = (
            ("in welke gemeente het is", self.gemeente),
            ("in welke wijk het is", self.wijk or self.plaats_toelichting),
            ("wanneer het begon", self.begin or self.eind),
            ("voor wie het is", self.doelgroepen),
            (
                f"van wanneer {welke} cijfers zijn",
                all(c.gedateerd for c in self.cijfers),
            ),
            ("uit welke bron het komt", self.bron),
            ("wanneer dit gecontroleerd is", self.laatst_gecontroleerd_op),
        )
        return [naam for naam, bekend in gevraagd if not bekend]

    def cijfers_met_peildatum(self) -> bool:
        return any(cijfer.peildatum for cijfer in self.cijfers)

    def themas_op_volgorde(self) -> list[ThemaTerm]:
        return sorted(self.themas, key=lambda thema: thema.volgorde)

    def doelgroepen_op_volgorde(self) -> list[DoelgroepTerm]:
        return sorted(self.doelgroepen, key=lambda groep: groep.volgorde)

    def actoren_op_volgorde(self) -> list[ActorTerm]:
        return sorted(self.actoren, key=lambda actor: actor.volgorde)

    def elementen_op_volgorde(self) -> list[ElementTerm]:
        return sorted(self.elementen, key=lambda element: element.volgorde)


# Dossiers


class ArtikelPart(Part):
    """A heading of the dossier's page, with text under it."""

    model = models.Artikel
    order = "volgorde"
    key = ("slug",)

    naam: Annotated[str, Info(search="trefwoorden")]
    slug: str
    tekst: Annotated[str, Info(search="tekst", words=platte_tekst)]
    bronsecties: list[str] = []
    aanpakken: list[Ref[AanpakDocument]] = []
    voorbeelden: list[Ref[PraktijkvoorbeeldDocument]] = []


class VraagPart(Part):
    model = models.Vraag
    order = "nummer"
    key = ("vraag",)

    vraag: Annotated[str, Info(search="tekst")]
    antwoord: Annotated[str, Info(search="tekst")]
    aan: str
    let_op: str = ""
    voorbeeld: Ref[PraktijkvoorbeeldDocument] | None = None


class EffectPart(Part):
    """What changed, for whom, and how sure that is."""

    model = models.Effect
    order = "volgorde"
    key = ("tekst",)

    tekst: Annotated[str, Info(search="tekst")]
    op: str
    zekerheid: str = ""
    bron: BronTerm
    aanpakken: list[Ref[AanpakDocument]] = []
    voorbeelden: list[Ref[PraktijkvoorbeeldDocument]] = []


class TipPart(Part):
    model = models.Tip
    order = "volgorde"
    key = ("tekst",)

    groep: str
    tekst: Annotated[str, Info(search="tekst")]
    bron: BronTerm
    voorbeeld: Ref[PraktijkvoorbeeldDocument] | None = None


class AandachtspuntPart(Part):
    """What a gemeente can do, or better not do."""

    model = models.Aandachtspunt
    order = "volgorde"
    key = ("kop",)

    kop: Annotated[str, Info(search="tekst")]
    tekst: Annotated[str, Info(search="tekst")]
    bron: BronTerm


class FinancieringPart(Part):
    """Who pays, for how long, and what was learned about money."""

    model = models.Financiering
    order = "volgorde"
    key = ("tekst",)

    tekst: Annotated[str, Info(search="tekst")]
    financiers: list[str] = []
    in_natura: list[str] = []
    duur: str = ""
    afgewezen: str = ""
    bron: BronTerm
    url: str = ""
    aanpak: Ref[AanpakDocument] | None = None
    voorbeeld: Ref[PraktijkvoorbeeldDocument] | None = None


class DossierlinkPart(Part):
    """A publication or site to read further; its address may be unknown."""

    model = models.Dossierlink
    order = "volgorde"
    key = ("label",)

    label: str
    toelichting: str = ""
    url: str = ""
    opmerking: str = ""


@whole
class DossierDocument(Whole):
    model = models.Dossier
    soort = "dossier"

    naam: Annotated[str, Info(search="titel")]
    samenvatting: Annotated[
        str, Info(search="samenvatting", missing="samenvatting")
    ] = ""
    organisaties: Annotated[list[OrganisatieTerm], Info(missing="kennis van")] = []
    artikelen: Annotated[list[ArtikelPart], Info(missing="artikelen")] = []
    bron: Annotated[BronTerm | None, Info(missing="bron")] = None
    contactpunten: Annotated[list[ContactpuntTerm], Info(missing="contactpunt")] = []
    effecten: list[EffectPart] = []
    elementen: list[ElementTerm] = []
    tips: list[TipPart] = []
    aandachtspunten: list[AandachtspuntPart] = []
    financieringen: list[FinancieringPart] = []
    links: list[DossierlinkPart] = []
    vragen: list[VraagPart] = []
    volgorde: int = 0
    laatst_gecontroleerd_op: Annotated[
        date | None, Info(missing="laatst gecontroleerd")
    ] = None

    get_absolute_url = models.Dossier.get_absolute_url

    def nog_niet_bekend(self) -> list[str]:
        """What a reader asks of every dossier, and no source says of this one."""
        gevraagd = (
            ("uit welke bron het komt", self.bron),
            ("van wanneer de bron is", not self.bron or self.bron.datum),
            ("wanneer dit gecontroleerd is", self.laatst_gecontroleerd_op),
        )
        return [naam for naam, bekend in gevraagd if not bekend]

    def links_zonder_adres(self) -> bool:
        return any(not link.url for link in self.links)

    def elementen_op_volgorde(self) -> list[ElementTerm]:
        return sorted(self.elementen, key=lambda element: element.volgorde)

    def contactpunten_op_volgorde(self) -> list[ContactpuntTerm]:
        return sorted(self.contactpunten, key=lambda punt: punt.volgorde)

    def organisaties_op_naam(self) -> list[OrganisatieTerm]:
        return sorted(self.organisaties, key=lambda organisatie: organisatie.naam)
