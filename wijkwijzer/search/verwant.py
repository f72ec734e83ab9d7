"""For words that nothing is about: what comes nearest, as editors have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkwijzer.search.analyse import analyse_van
from wijkwijzer.search.registry import zoekbronnen
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.terms import VerwantTerm
from wijkwijzer.search.vraag import lees_vraag

if TYPE_CHECKING:
    from wijkwijzer.search.analyse import Lemmas, Woord
    from wijkwijzer.search.registry import Pagina
    from wijkwijzer.wholes.stand import Stand


@dataclass(frozen=True)
class Verwijzing:
    """Words of a query without any hit, and where to look instead."""

    woorden: str
    zoekterm: str
    paginas: list[Pagina]


def verwijzingen(stand: Stand, tekst: str) -> list[Verwijzing]:
    """What comes near the words of a query that nothing is about."""
    bekend = stand.derived(_per_woord)
    analyse = analyse_van(stand)
    woorden = [w for w in analyse.woorden(tekst) if w.exact not in STOPWOORDEN]
    langste = max(map(len, bekend), default=0)
    gevonden: dict[VerwantTerm, str] = {}
    for begin in range(len(woorden)):
        for einde in range(min(begin + langste, len(woorden)), begin, -1):
            stuk = woorden[begin:einde]
            if (term := _bij(bekend, stuk)) and term not in gevonden:
                getypt = " ".join(woord.vorm for woord in stuk)
                if not _ergens(stand, getypt):
                    gevonden[term] = getypt
    return [_verwijzing(stand, term, getypt) for term, getypt in gevonden.items()]


def pagina(stand: Stand, adres: str) -> Pagina | None:
    """A page that the search knows, by its address."""
    gevonden = (bron.pagina(stand, adres) for bron in zoekbronnen())
    return next(filter(None, gevonden), None)


def _per_woord(stand: Stand) -> dict[Lemmas, VerwantTerm]:
    analyse = analyse_van(stand)
    return {
        analyse.inhoudslemmas(woord): term
        for term in stand.terms(VerwantTerm)
        for woord in term.woorden
    }


def _bij(bekend: dict[Lemmas, VerwantTerm], stuk: list[Woord]) -> VerwantTerm | None:
    """Of these words; of a compound also what a part of it is about."""
    if term := bekend.get(tuple(woord.lemma for woord in stuk)):
        return term
    delen = stuk[0].delen if len(stuk) == 1 else ()
    return next(filter(None, (bekend.get((deel,)) for deel in reversed(delen))), None)


def _ergens(stand: Stand, tekst: str) -> bool:
    """Whether anything is found for these words."""
    for bron in zoekbronnen():
        index = bron.index(stand)
        resultaat = index.zoek(lees_vraag(tekst, index.analyse, af=True))
        if resultaat.bits and not resultaat.gedeeltelijk:
            return True
    return False


def _verwijzing(stand: Stand, term: VerwantTerm, getypt: str) -> Verwijzing:
    paginas = (pagina(stand, adres) for adres in term.paginas)
    return Verwijzing(getypt, term.zoekterm, [*filter(None, paginas)])
