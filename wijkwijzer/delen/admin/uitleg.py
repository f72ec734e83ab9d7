"""What the admin says with the fields of who may embed."""

from __future__ import annotations

from wijkwijzer.core.uitleg import leg_uit

leg_uit(
    "delen",
    {
        "Insluitdomein.domein": (
            "De naam van de site, bijvoorbeeld “www.zuid.nl”. Een adres plakken mag "
            "ook. Met en zonder “www.” zijn twee sites: meld ze allebei aan."
        ),
        "Insluitdomein.van": (
            "Van wie de site is, bijvoorbeeld “Gemeente Zuid”. Lezers zien dit niet."
        ),
    },
)
