"""An age that a reader typed as words, to choose as the filter that it is.

Few texts name every age that they are for, so who types "14 jaar" finds little of what
fits. The words stay what they are: this only offers the filter.
"""

from __future__ import annotations

import re

from django.urls import reverse

from aanpakken.facets import AanpakFilter
from aanpakken.models import MAX_LEEFTIJD
from wijkwijzer.search.registry import Gerichter

GETAL = r"(?<![\d.,])(\d{1,3})(?![\d.,]*\d)"
STREEP = r"-|–|t/m|tot(?:\s+en\s+met)?"
TOT = rf"\s*(?:{STREEP}|en)\s*{GETAL}"
JAAR = r"[\s-]*(?:jaar|jarigen?|jarige|jr)\b(?:\s+oud)?"
VAN = r"\b(?:van|vanaf|tussen|rond|boven|onder|tot)\s+"
# "14 jaar", "12- tot 18-jarigen"; "jongeren van 14"; "12 tot 18".
LEEFTIJD = re.compile(
    rf"(?:{VAN})?{GETAL}(?:-?{TOT})?{JAAR}|{VAN}{GETAL}(?:{TOT})?\s*$|"
    rf"{GETAL}\s*(?:{STREEP})\s*{GETAL}",
    re.IGNORECASE,
)


def lees_leeftijden(tekst: str) -> tuple[list[int], str]:
    """The ages in a query, at most two, and the words beside them."""
    gevonden = LEEFTIJD.search(tekst)
    getallen = [int(getal) for getal in gevonden.groups() if getal] if gevonden else []
    # From large to small is a score, or a code.
    if not gevonden or getallen != sorted({*getallen}):
        return [], tekst
    rest = f"{tekst[: gevonden.start()]} {tekst[gevonden.end() :]}"
    leeftijden = [getal for getal in getallen if getal <= MAX_LEEFTIJD]
    return leeftijden, " ".join(rest.split())


def gerichter(filterset: AanpakFilter) -> list[Gerichter]:
    """The list with each age in the query as a filter, as far as it finds anything.

    First with the other words, then without: those say little of an age.
    """
    if filterset.form.cleaned_data.get("leeftijd") is not None:
        return []
    leeftijden, rest = lees_leeftijden(filterset.zoekterm)
    met_woorden = leeftijden and filterset.heeft_woord(rest, filterset.stand)
    lijsten = [
        _lijst(filterset, leeftijd, woorden)
        for woorden in ([rest, ""] if met_woorden else [""])
        for leeftijd in leeftijden
    ]
    return [lijst for lijst in lijsten if lijst.aantal]


def _lijst(filterset: AanpakFilter, leeftijd: int, woorden: str) -> Gerichter:
    query = filterset.query(q=[woorden] * bool(woorden), leeftijd=[str(leeftijd)])
    anders = AanpakFilter(query, filterset.stand)
    raak = not woorden or not (
        anders.zoekresultaat.gedeeltelijk or anders.toont_bedoeld
    )
    return Gerichter(
        f"“{woorden}”, {leeftijd} jaar" if woorden else f"{leeftijd} jaar",
        len(anders.treffers()) if raak else 0,
        f"{reverse('aanpakken:list')}?{anders.query().urlencode()}",
    )
