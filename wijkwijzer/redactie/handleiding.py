"""The manual of the workbench: one task after another, with the words of the screen.

What stands in “quotation marks” is on the screens that a task names; a test reads them
there, so that a button with another name is another name here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wijkwijzer.core.rollen import PUBLICEREN

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Beeld:
    """A picture of a screen, made by ``make screenshots``, and what is on it."""

    naam: str
    alt: str

    @property
    def bestand(self) -> str:
        return f"img/handleiding/{self.naam}.png"


@dataclass(frozen=True)
class Hoofdstuk:
    """How somebody does one thing.

    ``recht``: who lacks it cannot do it, and does not read it. ``schermen``: names of
    addresses of the admin where the words in quotation marks stand.
    """

    sleutel: str
    titel: str
    stappen: tuple[str, ...]
    schermen: tuple[str, ...]
    recht: str = ""
    beeld: Beeld | None = None


HOOFDSTUKKEN = (
    Hoofdstuk(
        "vandaag",
        "Zien wat er te doen is",
        (
            "Log in. Je begint bij “Vandaag”.",
            "Onder “Wat wacht” staat wat iemand moet doen, met hoeveel het is. Klik op "
            "een regel en je ziet precies die lijst.",
            "Zoek je iets? Typ een naam bij “Zoek op naam, in alles”.",
            "Wil je iets nieuws doen? Kijk onder “Wat wil je doen?”. Alles wat er is, "
            "staat bij “Alle onderdelen”.",
        ),
        ("index",),
        beeld=Beeld("vandaag", "De startpagina met wat er wacht en wat je kunt doen"),
    ),
    Hoofdstuk(
        "schrijven",
        "Een aanpak schrijven of wijzigen",
        (
            "Kies op de startpagina voor een nieuwe aanpak, of zoek een aanpak die er "
            "al is.",
            "Het formulier volgt de pagina die lezers zien. Ga met het menu naar een "
            "deel, bijvoorbeeld “Naam en adres” of “In het kort”.",
            "Weet je een dag of maand niet? Schrijf dan alleen wat je weet: “juni "
            "2022” of “2022”.",
            "Kies “Opslaan”. Lezers zien er nog niets van. Mist er iets, dan staat "
            "boven aan de pagina wat, met een link naar de plek.",
            "Valt je verbinding weg? Wat je typte, blijft in je browser staan. Open "
            "het formulier opnieuw en kies of je het terug wilt.",
        ),
        ("aanpakken_aanpak_change",),
        recht="aanpakken.change_aanpak",
        beeld=Beeld(
            "schrijven", "Het formulier van een aanpak, met links het menu van delen"
        ),
    ),
    Hoofdstuk(
        "indienen",
        "Een voorbeeld bekijken en indienen",
        (
            "Kies bij het item “Voorbeeld”. Je ziet het zoals lezers het zullen zien, "
            "op een telefoon en op een groot scherm.",
            "Wil iemand zonder account meekijken? Stuur de link. Die werkt een week.",
            "Ben je klaar? Kies “Indienen” en schrijf op waar je collega op moet "
            "letten. Het antwoord staat daarna boven aan het item.",
        ),
        ("aanpakken_aanpak_change",),
        recht="aanpakken.change_aanpak",
        beeld=Beeld(
            "voorbeeld", "Het voorbeeld van een aanpak op een telefoon en groot scherm"
        ),
    ),
    Hoofdstuk(
        "publiceren",
        "Beoordelen, publiceren, plannen en intrekken",
        (
            "Wat een collega indiende, staat bij “Vandaag” onder wat er wacht. Je "
            "ziet het verschil met wat lezers nu zien.",
            "Is het goed? Publiceer het. Is het niet goed? Stuur het terug en schrijf "
            "op wat er anders moet.",
            "Je eigen wijziging publiceer je met “Opslaan en publiceren”. Klopt er "
            "iets niet, dan zie je eerst wat, met een link naar het veld.",
            "Zijn het er meer? Zet in de lijst een vinkje bij elk, kies “Publiceer” en "
            "“Uitvoeren”. Je ziet eerst van elk wat er mis is.",
            "Moet het op een ander moment? Kies “Plannen”. Later gewijzigde tekst "
            "gaat dan niet mee.",
            "Met “Intrekken” zien lezers het niet meer. Op het oude adres staat jouw "
            "reden. In een lijst heet dat “Archiveer met een reden”.",
        ),
        ("index", "aanpakken_aanpak_change", "aanpakken_aanpak_changelist"),
        recht=PUBLICEREN,
    ),
    Hoofdstuk(
        "tegelijk",
        "Iets doen met veel items tegelijk",
        (
            "Open een lijst en zet een vinkje bij elk item. Kies daarna wat je wilt "
            "doen en klik op “Uitvoeren”.",
            "Klopt alles nog? Kies “Vandaag gecontroleerd”. Staat er bij een item ook "
            "een andere wijziging klaar, dan gaat die niet stil mee.",
            "Met “Dien in ter beoordeling” vraag je een collega te kijken. Met “Wijzig "
            "trefwoorden” zet je er een trefwoord bij, of haal je er een weg.",
            "Wat je niet in één keer kunt doen, doe je in een rekenblad: kies "
            "“Exporteer”, werk het bij en lees het weer in.",
        ),
        ("aanpakken_aanpak_changelist",),
        recht="aanpakken.change_aanpak",
    ),
    Hoofdstuk(
        "links",
        "Links die niet meer werken",
        (
            "De site kijkt zelf na of links nog werken. Wat twee keer mis ging, met "
            "een dag ertussen, wacht op de startpagina.",
            "In de lijst “Links die we nakijken” staat wat er mis is en waar de link "
            "staat. Klik op een plaats om hem daar te veranderen.",
            "Is de pagina verhuisd? Kies “Neem het nieuwe adres over”. Dan verandert "
            "de link overal waar jij mag schrijven.",
            "Werkt de link bij jou wel? Kies “Toch goed: deze link werkt”.",
            "Zolang een link kapot is, zien lezers dat erbij staan.",
        ),
        ("core_adrescontrole_changelist",),
        recht="core.change_adrescontrole",
    ),
    Hoofdstuk(
        "erkenning",
        "Een erkenning nakijken",
        (
            "Bij “Erkenningen” op de startpagina staat welke erkenning verlopen is, "
            "waarschijnlijk verlopen is, of waarvan niemand het weet.",
            "Klik op een naam onder “Begin hier:”.",
            "Kijk in de databank en vul in tot wanneer de erkenning geldt.",
            "Sla op en publiceer. Staat er ook iets anders klaar, dan zie je dat "
            "eerst.",
        ),
        ("index",),
        recht="interventies.change_interventie",
        beeld=Beeld("erkenning", "Het korte formulier om een erkenning na te kijken"),
    ),
    Hoofdstuk(
        "geschiedenis",
        "Terugkijken en terugzetten",
        (
            "Kies bij een item “Bekijk wat er veranderde”.",
            "Vergelijk twee momenten en kies “Toon het verschil”.",
            "Met “Zet dit terug in de werkversie” staat de tekst van toen weer in het "
            "formulier. Lezers zien dat pas als het gepubliceerd is.",
            "Wat er overal veranderde, en door wie, staat bij “Wat is er veranderd”.",
        ),
        (
            "aanpakken_aanpak_change",
            "aanpakken_aanpak_versies",
            "admin_logentry_changelist",
        ),
        recht="aanpakken.change_aanpak",
    ),
    Hoofdstuk(
        "lezers",
        "Wat lezers sturen",
        (
            "Reacties, meldingen en voorbeelden wachten op de startpagina.",
            "Keur een reactie goed of weiger haar met een reden.",
            "Stuurde iemand een voorbeeld? Links staat wat de lezer schreef, rechts "
            "het nieuwe concept. Neem over wat klopt, per stuk of alles.",
            "Neem het aan of weiger het. De mail die de lezer krijgt, kun je eerst "
            "aanpassen.",
            "De naam en het adres van de lezer zie alleen jij. Ze komen nooit op de "
            "site.",
        ),
        (),
        recht="deelname.change_reactie",
    ),
    Hoofdstuk(
        "uitwisselen",
        "Exporteren en inlezen",
        (
            "Ga naar “Inlezen en exporteren”.",
            "Kies wat je wilt hebben en “Maak het bestand”. Wil je een deel van een "
            "lijst, kies dan rijen in die lijst.",
            "Lees je een bestand in? Kies eerst “Kijk na”. Je ziet wat er zou "
            "veranderen en wat er mis is, per rij en kolom. Er is dan nog niets "
            "gewijzigd.",
            "Elk jaar stuurt een databank zijn besluiten. Die lees je in als "
            "“Besluiten van een databank”.",
        ),
        ("uitwisseling_invoer_changelist",),
        recht="uitwisseling.importeren",
        beeld=Beeld("uitwisselen", "De pagina om in te lezen en te exporteren"),
    ),
    Hoofdstuk(
        "inloggen",
        "Veilig inloggen",
        (
            "Ga naar “Inloggen en beveiliging”, boven aan elke pagina.",
            "Voeg een tweede stap toe met “App met codes toevoegen” of “Passkey "
            "toevoegen”. Bewaar de herstelcodes op papier.",
            "Je telefoon kwijt? Vul bij het inloggen een herstelcode in, in plaats van "
            "de code uit je app. Elke code werkt één keer. Heb je ook geen codes meer, "
            "vraag dan de beheerder om je tweede stap weg te halen.",
            "Je wachtwoord kwijt? Klik op de inlogpagina op “Wachtwoord vergeten?”. Je "
            "krijgt een link die een uur werkt.",
            "Te vaak een verkeerd wachtwoord of een verkeerde code? Dan moet je even "
            "wachten. Er staat bij tot hoe laat.",
            "Onder “Waar je bent ingelogd” staan je apparaten. Herken je er een niet? "
            "Log het uit en kies “Wachtwoord wijzigen”.",
        ),
        ("index", "beveiliging", "login"),
    ),
    Hoofdstuk(
        "mensen",
        "Accounts beheren",
        (
            "Kies op de startpagina “Beheer wie er mag inloggen”.",
            "Maak een account met een naam en een wachtwoord. Op de volgende pagina "
            "kies je de “Rollen”. Je geeft alleen rollen die je zelf ook hebt.",
            "Met sommige rollen is een tweede stap verplicht. Die maakt je collega "
            "zelf, bij de eerste keer inloggen.",
            "Gaat iemand weg? Haal het vinkje weg bij “Actief”. Wat die persoon "
            "deed, blijft in de geschiedenis staan.",
        ),
        ("index", "auth_user_change"),
        recht="auth.change_user",
    ),
    Hoofdstuk(
        "rollen",
        "Weten wie wat mag",
        (
            "Ga naar “Bekijk wie wat mag”. Daar staat van elke rol wat zij mag.",
            "Mis je een recht? Vraag het aan een beheerder.",
        ),
        ("index",),
    ),
)


def hoofdstukken(request: HttpRequest) -> list[Hoofdstuk]:
    """What somebody can do with the rights that he has."""
    user: Any = request.user
    return [h for h in HOOFDSTUKKEN if not h.recht or user.has_perm(h.recht)]
