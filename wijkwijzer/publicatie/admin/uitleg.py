"""What the admin says with the fields of an edition."""

from __future__ import annotations

from wijkwijzer.core.uitleg import leg_uit

leg_uit(
    "publicatie",
    {
        "Editie.nummer": "Het nummer op de voorkant: 1 voor de eerste editie.",
        "Editie.datum": "De dag op de voorkant, bijvoorbeeld 1 december 2026.",
        "Editie.voorwoord": (
            "Gewone tekst voor de inleiding. Een lege regel begint een nieuwe alinea."
        ),
    },
)
