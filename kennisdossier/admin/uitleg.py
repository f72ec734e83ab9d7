"""What the admin says with the fields of the kennisdossier."""

from __future__ import annotations

from wijkwijzer.core.uitleg import geef_voorbeelden, leg_uit

leg_uit(
    "kennisdossier",
    {
        "Afbeelding.bestand": "Een foto of tekening, bijvoorbeeld een jpg of png.",
        "Afbeelding.maker": "Wie het maakte en of het mag: “Foto: Jan Jansen, CC BY”.",
        "Artikel.naam": "De kop boven het artikel.",
        "Artikel.tekst": "De tekst, met kopjes, lijsten en links waar dat helpt.",
        "Begrip.naam": "Het woord dat je uitlegt, bijvoorbeeld “leefbaarheid”.",
        "Contactpunt.dossiers": "Bij welke dossiers lezers dit zien.",
        "Dossier.naam": "De titel van het dossier.",
        "Dossier.bron": "Het verslag of boek waar het dossier op rust.",
        "Vraag.antwoord": "Het antwoord in gewone taal (B1).",
        "Aandachtspunt.kop": "Het punt in een paar woorden.",
        "Effect.op": "Bij wie het effect is gezien, bijvoorbeeld “deelnemers”.",
        "Financiering.duur": "Hoe lang er geld was, bijvoorbeeld “3 jaar”.",
        "Financiering.afgewezen": "Wie niet meebetaalde, als de bron dat zegt.",
        "Gemeente.provincie": "De provincie waar de gemeente in ligt.",
        "Wijk.toelichting": "Waar de wijk ligt, als de naam dat niet zegt.",
        "Cijfer.kenmerk": "Wat er geteld is, bijvoorbeeld “deelnemers”.",
        "Cijfer.waarde": "Het getal zoals de bron het geeft, bijvoorbeeld “ruim 40”.",
        "Cijfer.eenheid": "Bijvoorbeeld “per jaar”. Leeg als het een aantal is.",
        "Praktijkvoorbeeld.plaats_toelichting": "Als de plaats meer uitleg vraagt.",
        "Praktijkvoorbeeld.uitgebreid_naar": "De gemeenten waar het later ook begon.",
        "Praktijkvoorbeeld.periode_toelichting": "Bijvoorbeeld “elk jaar in de zomer”.",
        "Praktijkvoorbeeld.onderdeel_van": "Het grotere geheel waar dit bij hoort.",
        "Praktijkvoorbeeld.begrippen": "De begrippen die de bron hierbij uitlegt.",
        "Praktijkvoorbeeld.extern_url": "Een pagina van een ander over dit voorbeeld.",
        "Praktijkvoorbeeld.extern_feit": "Wat die pagina extra vertelt, in één zin.",
    },
)

geef_voorbeelden(
    "kennisdossier",
    {
        "Begrip.definitie": "Hoe prettig mensen hun wijk vinden om in te wonen.",
        "Begrip.varianten": "leefbare wijk",
        "Praktijkvoorbeeld.samenvatting": "Buren koken samen in het buurthuis.",
        "Praktijkvoorbeeld.plaats_toelichting": "in de straten rond het station",
        "Praktijkvoorbeeld.kernfeiten": "Elke week eten er buren mee",
        "Praktijkvoorbeeld.extern_feit": "Het begon met één straat.",
        "Dossier.naam": "Sport in de wijk",
        "Dossier.samenvatting": "Wat sport kan doen voor een wijk.",
        "Artikel.naam": "Wat werkt?",
        "Artikel.slug": "wat-werkt",
        "Artikel.bronsecties": "Werkzame elementen",
        "Vraag.vraag": "Hoe bereik je wie nooit komt?",
        "Vraag.aan": "cultuurcoach",
        "Tip.groep": "gemeente",
        "Tip.tekst": "Begin met wat er al is.",
        "Aandachtspunt.kop": "Geld voor langere tijd",
        "Effect.tekst": "Meer mensen kennen hun buren.",
        "Financiering.financiers": "gemeente",
        "Financiering.in_natura": "ruimte in het buurthuis",
        "Financiering.afgewezen": "een fonds",
    },
)
