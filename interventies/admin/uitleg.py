"""What the admin says with the fields of the register."""

from __future__ import annotations

from wijkwijzer.core.uitleg import geef_voorbeelden, leg_uit

leg_uit(
    "interventies",
    {
        "Databank.afkorting": "Bijvoorbeeld “NJi”. Leeg als er geen is.",
        "Databank.organisatie": "Wie de databank beheert.",
        "Databank.werkveld": "Waar de databank over gaat, bijvoorbeeld “jeugd”.",
        "Databank.werkveld_bron": "De pagina die dat zegt.",
        "Geldigheidsregel.jaren": "Hoe lang het meestal geldt, bijvoorbeeld 5.",
        "Niveau.hoofdniveau": "Het niveau waar dit onder valt. Leeg mag.",
        "Interventie.eigenaar_bron_url": "De pagina die de eigenaar noemt.",
        "Erkenning.orgaan": "De commissie, als de databank die noemt.",
        "Databankvermelding.soort": "Hoe de databank het noemt.",
    },
)

geef_voorbeelden(
    "interventies",
    {
        "Erkenning.orgaan": "Erkenningscommissie Interventies",
    },
)
