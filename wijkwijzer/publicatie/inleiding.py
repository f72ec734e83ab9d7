"""What the overview says before and after its entries, in words of this site."""

TITEL = "Aanpakken voor een leefbare wijk"
ONDERTITEL = "Overzicht van interventies en andere methodische aanpakken"

INLEIDING = (
    "Een leefbare wijk is een plek waar mensen graag wonen, zich veilig voelen, "
    "anderen kennen en meedoen. Bewoners kunnen daar zelf veel aan doen. Dit "
    "overzicht beschrijft aanpakken waarmee je dat samen met hen doet. Het is er voor "
    "actieve bewoners, voor professionals in de wijk en voor gemeenten.",
    "De aanpakken zijn methodisch: ze werken volgens een plan naar een doel toe. "
    "Daarom kun je ze overdragen en op een andere plek gebruiken.",
    "Na de aanpakken lees je voorbeelden uit de praktijk, dossiers met kennis en wat "
    "begrippen betekenen.",
    "Leefbaarheid is de mate waarin een gebied voldoet aan wat bewoners wensen of "
    "eisen. Het gaat over de omgeving, zoals woningen, groen en voorzieningen. En het "
    "gaat over mensen, zoals contact, hulp en veiligheid.",
)
KEUZE = "Elke aanpak in dit overzicht voldoet aan drie criteria:"
LEESWIJZER = (
    "Elke aanpak heeft dezelfde velden, in dezelfde volgorde. Wat geen bron vertelt, "
    "staat achter “Nog niet bekend”. Waar iets vandaan komt, staat onderaan de "
    "pagina."
)
RINGEN = (
    "De drie ringen laten zien wie een aanpak uitvoert. In de kern staan bewoners, in "
    "de middelste ring professionals, in de buitenste ring de gemeente en grote "
    "organisaties."
)
REDACTIE = (
    "Bij wat de redactie zelf toevoegde, staat “redactie”. Wat daar niet bij staat, "
    "noemt een bron."
)
MERK = (
    "De stippen geven het niveau van erkenning aan: één voor Goed Beschreven, twee "
    "voor Goed Onderbouwd, drie voor Effectief. Is een erkenning verlopen of "
    "waarschijnlijk verlopen, dan zijn de stippen leeg en staat het erbij."
)
RUBRIEKEN = {
    "interventie": (
        "Interventies",
        "Deze aanpakken noemt het overzicht van december 2024 interventies. Of een "
        "erkenning nu nog geldt, staat bij elke aanpak.",
    ),
    "methodische-aanpak": (
        "Andere methodische aanpakken",
        "Deze aanpakken stonden in december 2024 niet in de databanken, soms eerder "
        "wel. Ze steunen op algemene principes en globale stappen.",
    ),
}
# By kind of record, after the aanpakken.
VERDER = {
    "interventie": (
        "Verder in het register",
        "Van deze interventies heeft WijkWijzer geen beschrijving als aanpak. Dit "
        "zeggen databanken erover.",
    ),
    "praktijkvoorbeeld": (
        "Praktijkvoorbeelden",
        "Zo gaat het ergens in Nederland. Een voorbeeld is geen aanpak: het laat zien "
        "wat mensen op één plek deden.",
    ),
    "dossier": (
        "Kennisdossier",
        "Wat er bekend is over werken aan een leefbare wijk, in eigen woorden verteld.",
    ),
    "begrip": (
        "Begrippen",
        "Wat woorden in dit overzicht betekenen.",
    ),
}
REFLECTIE = (
    "De aanpakken verschillen sterk van elkaar. Toch komen vier thema’s steeds terug. "
    "Ze hebben niet overal dezelfde functie en zijn niet overal even zichtbaar."
)
VERANTWOORDING = (
    "We vullen niets in wat een bron niet zegt. Bij elke aanpak staat uit welke "
    "bronnen de tekst komt, en bij losse feiten waar ze staan. Spreken bronnen elkaar "
    "tegen, dan staat allebei er.",
    "Een erkenning geldt voor een aantal jaren. Noemt een bron een einddatum, dan "
    "nemen we die over. Noemt geen bron er een, dan rekenen we met de gewone termijn "
    "van de databank. Is die voorbij, dan staat er “waarschijnlijk verlopen”. Dat is "
    "een verwachting van ons, geen besluit.",
    "De keuze van de aanpakken en de indeling in rubrieken komen uit het overzicht "
    "van december 2024. De rubriek, een plaats in een databank en een erkenning zijn "
    "drie verschillende gegevens. Het een volgt niet uit het ander.",
)
LICENTIE = (
    "Je mag de inhoud overnemen en aanpassen als je WijkWijzer noemt (CC BY 4.0)."
)
LICENTIE_KORT = "CC BY 4.0"
