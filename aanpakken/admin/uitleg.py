"""What the admin says with the fields of the catalogue."""

from __future__ import annotations

from wijkwijzer.core.uitleg import geef_voorbeelden, leg_uit

leg_uit(
    "aanpakken",
    {
        "Aanpak.volgorde_in_bron": "Het nummer in het gedrukte overzicht. Leeg mag.",
        "Aanpak.vorm_toelichting": "Als de vorm meer zegt, bijvoorbeeld “in 3 delen”.",
        "Aanpak.stappen_toelichting": "Wat voor alle stappen geldt, in één zin.",
        "Aanpak.eigenaar_bron_url": "De pagina die de eigenaar noemt.",
        "Doelgroepkoppeling.doelgroep": "Voor wie het is: kies uit de lijst.",
        "Doelgroepkoppeling.rol": "Primair: voor wie het is bedoeld. Intermediair: "
        "wie het uitvoert of doorgeeft.",
        "Vraagstukkoppeling.vraagstuk": "Welk probleem het aanpakt: kies uit de lijst.",
        "Themakoppeling.thema": "Bij welk thema het hoort: kies uit de lijst.",
        "Themakoppeling.sterkte": "Sterk: het gaat er echt over. Zwak: zijdelings.",
        "Aspectkoppeling.aspect": "Wat er beter van wordt: kies uit de lijst.",
        "Elementkoppeling.element": "Typ een deel van de naam, of kies uit de lijst.",
        "Feit.soort": "Waar het over gaat. De eerste vier staan bovenaan.",
        "Feit.tekst": "Zoals de bron het zegt, bijvoorbeeld “Duurt 3 maanden”.",
        "Stap.naam": "Wat je in deze stap doet, bijvoorbeeld “Maak een agenda”.",
        "Begin.soort": "Wat iemand ermee kan die wil beginnen.",
        "Uitvoering.laag_basis": "Hoe de ring bekend is: uit de lijst, of ingedeeld.",
        "Link.soort": "Een pagina, een document, of iets dat je zelf vond.",
        "Link.correctie_reden": "Bijvoorbeeld “de pagina is verhuisd”.",
        "Trefwoordkoppeling.tag": "Het trefwoord, bijvoorbeeld “samen eten”.",
        "Trefwoordkoppeling.content_object": "De aanpak die het trefwoord krijgt.",
        "Actorlaag.ring": "Waar de ring in het beeld staat, bijvoorbeeld “kern”.",
        "Actorlaag.kenmerk": "Wat de mensen in deze ring gelijk hebben, in één zin.",
    },
)

geef_voorbeelden(
    "aanpakken",
    {
        "Aanpak.sorteernaam": "Goede Buur",
        "Aanpak.samenvatting": "Vrijwilligers bemiddelen bij ruzie tussen buren.",
        "Aanpak.eenvoudig": "Twee buren hebben ruzie. Een vrijwilliger helpt.",
        "Aanpak.volgorde_in_bron": "7",
        "Aanpak.doel": "Buren lossen ruzie zelf op",
        "Aanpak.tags": "burenruzie, vrijwilligers",
        "Aanpak.stappen_toelichting": "De stappen lopen door elkaar.",
        "Aanpak.correcties": "In de bron staat 2012, het is 2021",
        "Doelgroepkoppeling.omschrijving": "ouderen die alleen wonen",
        "Doelgroepkoppeling.leeftijd_van": "12",
        "Doelgroepkoppeling.leeftijd_tot": "18",
        "Begin.tekst": "Lees eerst de handleiding.",
        "Uitvoering.naam": "jongerenwerkers",
        "Link.gecorrigeerd_van": "https://www.movisie.nl/oud-adres",
    },
)
