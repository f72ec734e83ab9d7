"""Who may do what in the admin: four roles, declared here and nowhere else.

From this table come the groups (``core.groepen``), what each of them may do, and the
page that editors read (/admin/rollen/). Every model in the admin is in one part: a test
says which is forgotten. What depends on the record is said in the parts, and done by
the admin of that record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Recht(StrEnum):
    """What somebody may do with records, as Django calls it."""

    BEKIJKEN = "view"
    TOEVOEGEN = "add"
    WIJZIGEN = "change"
    VERWIJDEREN = "delete"

    @property
    def in_woorden(self) -> str:
        return self.name.lower()


class Rol(StrEnum):
    """Its value is the name of the group."""

    SCHRIJVER = "Schrijver"
    REDACTEUR = "Redacteur"
    MODERATOR = "Moderator"
    BEHEERDER = "Beheerder"

    @property
    def uitleg(self) -> str:
        return UITLEG[self]


UITLEG = {
    Rol.SCHRIJVER: "Schrijft en wijzigt teksten, en dient ze in.",
    Rol.REDACTEUR: "Schrijft ook, en publiceert, plant en trekt in.",
    Rol.MODERATOR: "Beslist over wat lezers sturen.",
    Rol.BEHEERDER: "Beheert mensen, woordenlijsten en instellingen.",
}

BEKIJKEN = frozenset({Recht.BEKIJKEN})
SCHRIJVEN = BEKIJKEN | {Recht.TOEVOEGEN, Recht.WIJZIGEN}
ALLES = frozenset(Recht)
PUBLICEREN = "wholes.publiceren"


@dataclass(frozen=True)
class Onderdeel:
    """Models of which a role may do the same, or one right that is of no model."""

    titel: str
    wie: dict[Rol, frozenset[Recht]]
    modellen: tuple[str, ...] = ()
    # A right apart: whoever stands in ``wie`` has it.
    recht: str = ""
    let_op: str = ""
    # What nobody can do with these, whatever his rights are.
    nooit: dict[str, frozenset[Recht]] = field(default_factory=dict)

    def mag(self, rol: Rol, model: str = "") -> frozenset[Recht]:
        return self.wie.get(rol, frozenset()) - self.nooit.get(model, frozenset())


def _van(app: str, namen: str) -> tuple[str, ...]:
    return tuple(f"{app}.{naam}" for naam in namen.split())


ONDERDELEN = (
    Onderdeel(
        "Aanpakken, interventies, dossiers, begrippen en praktijkvoorbeelden",
        {
            Rol.SCHRIJVER: ALLES,
            Rol.REDACTEUR: ALLES,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: BEKIJKEN,
        },
        (
            *_van("aanpakken", "aanpak trefwoordkoppeling aspectkoppeling begin"),
            *_van("aanpakken", "doelgroepkoppeling elementkoppeling feit link"),
            *_van("aanpakken", "richtvraag stap themakoppeling uitvoering"),
            *_van("aanpakken", "vraagstukkoppeling"),
            *_van("interventies", "interventie erkenning databankvermelding"),
            *_van("kennisdossier", "dossier artikel dossierlink tip effect"),
            *_van("kennisdossier", "aandachtspunt financiering vraag begrip"),
            *_van("kennisdossier", "begripverwijzing praktijkvoorbeeld cijfer"),
            *_van("kennisdossier", "voorbeeldkoppeling"),
        ),
        let_op=(
            "Een Schrijver wijzigt concepten en werkversies, ook van een collega; "
            "lezers zien dat pas als een Redacteur publiceert. Verwijderen kan een "
            "Schrijver alleen een concept waar niemand anders aan werkte. Wat lezers "
            "ooit zagen, kan niemand verwijderen: dat trek je in."
        ),
    ),
    Onderdeel(
        "Publiceren, plannen, intrekken en terugsturen",
        {Rol.REDACTEUR: frozenset()},
        recht=PUBLICEREN,
    ),
    # Each row of a file takes the right on that kind as well.
    Onderdeel(
        "Bestanden inlezen",
        {Rol.REDACTEUR: frozenset(), Rol.BEHEERDER: frozenset()},
        ("uitwisseling.invoer",),
        recht="uitwisseling.importeren",
        let_op=(
            "Je leest alleen in wat je zelf ook mag wijzigen. Exporteren kan iedereen, "
            "van wat hij mag bekijken."
        ),
    ),
    Onderdeel(
        "Bronnen, organisaties, afbeeldingen, trefwoorden, gemeenten en wijken",
        {
            Rol.SCHRIJVER: SCHRIJVEN,
            Rol.REDACTEUR: ALLES,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: BEKIJKEN,
        },
        (
            *_van("core", "bron broncorrectie organisatie adrescontrole"),
            *_van("kennisdossier", "afbeelding gemeente wijk"),
            "taggit.tag",
        ),
    ),
    Onderdeel(
        "Woordenlijsten",
        {
            Rol.SCHRIJVER: BEKIJKEN,
            Rol.REDACTEUR: BEKIJKEN,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: ALLES,
        },
        (
            "core.organisatierol",
            *_van("interventies", "databank niveau geldigheidsregel"),
            *_van("aanpakken", "vorm leefbaarheidsaspect criterium doelgroep"),
            *_van("aanpakken", "werkzaamelement actorlaag actor reflectiethema"),
            "aanpakken.vraagstuk",
        ),
        let_op="Een woord dat in een versie staat, kan niemand verwijderen.",
    ),
    Onderdeel(
        "De zoeker, en wie vragen van lezers krijgt",
        {
            Rol.SCHRIJVER: BEKIJKEN,
            Rol.REDACTEUR: BEKIJKEN,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: ALLES,
        },
        (
            *_van("search", "synoniemgroep woorddeel verwant zoekwoord"),
            "kennisdossier.contactpunt",
        ),
        nooit={"search.zoekwoord": frozenset({Recht.TOEVOEGEN})},
    ),
    Onderdeel(
        "Sites die onze pagina’s mogen insluiten",
        {
            Rol.SCHRIJVER: BEKIJKEN,
            Rol.REDACTEUR: BEKIJKEN,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: ALLES,
        },
        ("delen.insluitdomein",),
        let_op="Een wijziging geldt binnen een seconde, ook voor wat al is ingesloten.",
    ),
    Onderdeel(
        "Edities van het overzicht",
        {
            Rol.SCHRIJVER: BEKIJKEN,
            Rol.REDACTEUR: ALLES,
            Rol.MODERATOR: BEKIJKEN,
            Rol.BEHEERDER: BEKIJKEN,
        },
        ("publicatie.editie",),
        let_op="Een editie die bevroren is, kan niemand wijzigen of verwijderen.",
    ),
    Onderdeel(
        "Wat lezers sturen: reacties, meldingen, waarderingen, voorbeelden en mails",
        {Rol.MODERATOR: frozenset({*ALLES} - {Recht.TOEVOEGEN})},
        _van("deelname", "reactie reactiemelding stem inzending bericht"),
        let_op=(
            "Alleen een Moderator ziet namen en e-mailadressen van lezers. Een "
            "Moderator maakt van een ingestuurd voorbeeld een concept."
        ),
        nooit={"deelname.stem": frozenset({Recht.WIJZIGEN})},
    ),
    Onderdeel(
        "Versies, wat ingediend en gepland is, en oude adressen",
        dict.fromkeys(Rol, BEKIJKEN),
        (*_van("wholes", "versie beoordeling gepland"), "core.vorigeslug"),
    ),
    Onderdeel(
        "Mensen en hun rollen",
        {Rol.BEHEERDER: SCHRIJVEN},
        ("auth.user",),
        let_op=(
            "Je geeft alleen een rol waarvan je zelf alle rechten hebt, en wijzigt "
            "niemand die meer mag dan jij. Je eigen rollen wijzigt een ander."
        ),
    ),
    # In the admin everybody sees what happened to what he may look at.
    Onderdeel(
        "Wat er veranderde, in alles wat je mag bekijken",
        dict.fromkeys(Rol, BEKIJKEN),
        ("admin.logentry",),
    ),
)


def onderdeel_van(model: str) -> Onderdeel:
    """The part with this model. Raises LookupError."""
    for onderdeel in ONDERDELEN:
        if model in onderdeel.modellen:
            return onderdeel
    raise LookupError(f"{model} is in no part of core/rollen.py")


def rechten_van(rol: Rol) -> set[str]:
    """All that a role may do, as Django names it: ``aanpakken.change_aanpak``."""
    rechten = set()
    for onderdeel in ONDERDELEN:
        if onderdeel.recht and rol in onderdeel.wie:
            rechten.add(onderdeel.recht)
        for model in onderdeel.modellen:
            app, naam = model.split(".")
            rechten |= {f"{app}.{r}_{naam}" for r in onderdeel.mag(rol, model)}
    return rechten
