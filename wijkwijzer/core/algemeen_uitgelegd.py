"""What the admin says with fields that many models have, and with those of the base."""

from __future__ import annotations

from wijkwijzer.core.uitleg import geef_voorbeelden, leg_overal_uit, leg_uit

leg_overal_uit(
    {
        "naam": "Zoals lezers het zien, bijvoorbeeld “Buurtbemiddeling”.",
        "slug": "Het laatste deel van het adres. Bijvoorbeeld: buurtbemiddeling.",
        "volgorde": "De plaats tussen de andere: 1 staat vooraan.",
        "nummer": "De plaats tussen de andere: 1 staat vooraan.",
        "bron": "Waar dit staat. Staat je bron er niet bij, maak hem dan eerst.",
        "bronnen": "Elke bron waar dit in staat. Typ een deel van de titel.",
        "url": "Het hele adres, bijvoorbeeld https://www.movisie.nl/artikel.",
        "bron_url": "De pagina waar dit staat, bijvoorbeeld https://www.movisie.nl/.",
        "bron_stelt": "Wat daar staat, zo letterlijk als kan.",
        "basis": "Staat het in de bron, of voegde de redactie het toe?",
        "reden": "Waarom dit erbij hoort, in één zin. Leeg mag ook.",
        "opmerking": "Wat een collega moet weten, bijvoorbeeld “adres nagebeld”.",
        "toelichting": "Uitleg in één of twee zinnen in gewone taal (B1).",
        "let_op": "Wat er nog niet klopt of onzeker is. Leeg als er niets is.",
        "aanpak": "Typ een deel van de naam, bijvoorbeeld “bemiddeling”.",
        "aanpakken": "Typ een deel van de naam, bijvoorbeeld “bemiddeling”.",
        "voorbeeld": "Typ een deel van de naam van het praktijkvoorbeeld.",
        "voorbeelden": "Typ een deel van de naam van elk praktijkvoorbeeld.",
        "begrip": "Het begrip waar dit bij hoort.",
        "dossier": "Het dossier waar dit bij hoort.",
        "interventie": "Typ een deel van de naam, zoals die in het register staat.",
        "databank": "De databank die dit zegt, bijvoorbeeld “Movisie”.",
        "niveau": "Het niveau, zoals de databank het noemt.",
        "organisatie": "Typ een deel van de naam, bijvoorbeeld “LKCA”.",
        "elementen": "Typ een deel van de naam, bijvoorbeeld “vertrouwen”.",
        "label": "De woorden van de link, bijvoorbeeld “Lees meer bij Movisie”.",
        "kort": "Een korte naam voor smalle plekken, bijvoorbeeld “Samen”.",
        "uitleg": "Een paar zinnen in gewone taal (B1).",
        "tekst": "Eén of twee zinnen in gewone taal (B1).",
        "groep": "Het kopje waar dit onder staat, zoals in de bron.",
        "laag": "In welke ring van de wijk dit hoort.",
        "gemeente": "Typ een deel van de naam, bijvoorbeeld “Leiden”.",
        "vraag": "Zoals iemand het zou vragen, met een vraagteken.",
        "afgehandeld": "Zet aan als je hier niets meer mee hoeft te doen.",
    }
)

leg_uit(
    "core",
    {
        "Bron.titel": "De titel, zoals die op de bron staat.",
        "Bron.ondertitel": "De ondertitel, als de bron die heeft.",
        "Bron.uitgever": "Wie het uitgaf, bijvoorbeeld “LKCA”.",
        "Bron.datum_opmerking": "Bijvoorbeeld “datum van de bijeenkomst”.",
        "Bron.url_opmerking": "Bijvoorbeeld “alleen met een account”.",
        "Bron.leestijd_minuten": "Een getal, bijvoorbeeld 15. Leeg: niet bekend.",
        "Broncorrectie.soort": "Wat voor fout, bijvoorbeeld “spelling” of “adres”.",
        "Broncorrectie.gevonden": "Precies zoals het in de bron staat.",
        "Organisatie.voluit": "De hele naam, als de naam een afkorting is.",
        "Organisatie.rollen": "Wat de organisatie doet, bijvoorbeeld “databank”.",
        "Organisatie.toelichting": "Wat de organisatie doet, in één zin.",
        "Organisatie.bronnen": "De bronnen die de organisatie noemen.",
        "Adrescontrole.adres": "Het hele adres dat is bekeken.",
        "Adrescontrole.status": "Of de pagina nog werkt.",
    },
)

geef_voorbeelden(
    "",
    {
        "slug": "buurtbemiddeling",
        "eigenaar": "Movisie",
        "eigenaar_bron_url": "https://www.movisie.nl/",
        "extern_url": "https://www.movisie.nl/artikel",
        "url": "https://www.movisie.nl/artikel",
        "publicatie": "Titel van het boek, Movisie, 2021, pagina 12",
        "eigenaar_publicatie": "Titel van het boek, Movisie, 2021, pagina 12",
        "bron_stelt": "Erkend op 4 maart 2020",
        "laatst_gecontroleerd_op": "4-3-2026",
        "geldig_tot": "juni 2026",
        "peildatum": "juni 2022",
        "naamvarianten": "Burenbemiddeling",
        "reden": "De bron noemt ouderen die alleen wonen",
        "let_op": "Het jaartal verschilt per bron",
    },
)
