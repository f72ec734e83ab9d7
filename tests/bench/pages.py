"""The addresses that are measured. Their words and values exist at every size."""

from __future__ import annotations

LIST = "/aanpakken/"
API = "/api/v1/aanpakken"

FILTERED = [
    f"{LIST}?{query}"
    for query in (
        "thema=verbinding&doelgroep=jongeren",
        "laag=bewoner&leeftijd=40",
        "soort=interventie&erkenning=onbekend",
        "thema=zeggenschap&thema=verbinding&sorteer=recent",
        "niveau=onbekend&doelgroep=ouderen",
    )
]
SEARCH = [
    f"{LIST}?q={query}"
    for query in (
        "eenzaamheid",
        "jongeren wijk",
        "buurtbemiddeling",
        "ouders met kinderen",
        "theater in de buurt&thema=verbinding",
        "bewoners&doelgroep=ouderen",
    )
]


def pages(slug: str) -> dict[str, list[str]]:
    return {
        "list": [LIST],
        "detail": [f"{LIST}{slug}/"],
        "home": ["/"],
        "api": [API],
        "filtered": FILTERED,
        "search": SEARCH,
    }
