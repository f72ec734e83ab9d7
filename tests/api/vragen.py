"""Queries that the description allows, drawn at random."""

from __future__ import annotations

from random import Random
from typing import Any

from django.http import QueryDict

from wijkwijzer.api.collecties import Collectie
from wijkwijzer.api.vraag import Sleutel, sleutels_van_lijst
from wijkwijzer.wholes.stand import Stand

# Words of the content, of nothing, with a typing error, and more than one.
ZOEKVRAGEN = [
    *("jongeren", "buurt", "sport", "theater", "ouderen", "qqqqzz", "buurtbemideling"),
    *("wijk bewoners", "eenzaam", '"samen met"', "kunst -jongeren", "", "é"),
]
VAN_DE_API = {"pagina", "fields"}


def waarde(sleutel: Sleutel, dice: Random) -> str:
    schema = sleutel.schema
    if "enum" in schema:
        return dice.choice(schema["enum"])
    if schema["type"] == "integer":
        return str(dice.randint(schema["minimum"], schema["maximum"]))
    return dice.choice(ZOEKVRAGEN)


def vraag(collectie: Collectie[Any], stand: Stand, dice: Random) -> QueryDict:
    """Some keys of the page with values that exist."""
    query = QueryDict(mutable=True)
    sleutels = sleutels_van_lijst(collectie, stand)
    van_pagina = [s for s in sleutels if s.naam not in VAN_DE_API]
    for sleutel in dice.sample(
        van_pagina, min(len(van_pagina), dice.choice((1, 2, 4)))
    ):
        aantal = dice.choice((1, 1, 2, 3)) if sleutel.herhaald else 1
        query.setlist(sleutel.naam, [waarde(sleutel, dice) for _ in range(aantal)])
    return query
