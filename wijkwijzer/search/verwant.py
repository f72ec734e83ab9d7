"""For words that nothing is about: what comes nearest, as editors have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkwijzer.search.analyse import analyse_van
from wijkwijzer.search.registry import ingangen, zoekbronnen
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.terms import VerwantTerm
from wijkwijzer.search.vraag import lees_vraag

if TYPE_CHECKING:
    from wijkwijzer.search.analyse import Analyse, Lemmas, Woord
    from wijkwijzer.search.registry import Pagina
    from wijkwijzer.wholes.stand import Stand


# Of a long word: a short one would lose what it means.
UITGANG = re.compile(r"(?<=\w{6})(?:heden|heid|ing|en|er|e|s)$")


@dataclass(frozen=True)
class Verwijzing:
    """Words of a query without any hit, and where to look instead."""

    woorden: str
    zoekterm: str
    paginas: tuple[Pagina, ...] = ()


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
            if (term := _bij(bekend, analyse, stuk)) and term not in gevonden:
                getypt = " ".join(woord.vorm for woord in stuk)
                if not ergens(stand, getypt):
                    gevonden[term] = getypt
    return [_verwijzing(stand, term, getypt) for term, getypt in gevonden.items()]


def van_delen(stand: Stand, tekst: str) -> list[Verwijzing]:
    """For compounds that nothing is about: what is about a part, the last one first.

    "Muziekoverlast" is a kind of overlast, and "buurtvaders" are vaders.
    """
    analyse = analyse_van(stand)
    onbekend = [w for w in analyse.woorden(tekst) if not ergens(stand, w.vorm)]
    gevonden = (
        Verwijzing(woord.vorm, deel)
        for woord in onbekend
        if (deel := _bekend_deel(stand, analyse, woord))
    )
    return list(dict.fromkeys(gevonden))


def _bekend_deel(stand: Stand, analyse: Analyse, woord: Woord) -> str | None:
    delen = analyse.delen_zoals_getypt(woord)
    return next((d for d in reversed(delen) if _onderscheidt(stand, d)), None)


def _onderscheidt(stand: Stand, woord: str) -> bool:
    """Whether some records are about a word, and not nearly all: "wijk" says little."""
    gevonden = alle = 0
    for bron in zoekbronnen():
        index = bron.index(stand)
        resultaat = index.zoek(lees_vraag(woord, index.analyse, af=True))
        gevonden += resultaat.bits.bit_count()
        alle += index.alle.bit_count()
    return 0 < gevonden <= alle / 3


def pagina(stand: Stand, adres: str) -> Pagina | None:
    """A page that the search knows, by its address."""
    gevonden = (bron.pagina(stand, adres) for bron in zoekbronnen())
    begin = (p for p in ingangen(stand) if p.url == adres)
    return next(filter(None, (*gevonden, *begin)), None)


def _per_woord(stand: Stand) -> dict[Lemmas, VerwantTerm]:
    """By its words, and by the stem of a single word; the words themselves win."""
    analyse = analyse_van(stand)
    woorden = {
        analyse.inhoudslemmas(woord): term
        for term in stand.terms(VerwantTerm)
        for woord in term.woorden
    }
    stammen = {
        (_stam(lemmas[0]),): term
        for lemmas, term in woorden.items()
        if len(lemmas) == 1
    }
    return stammen | woorden


def _bij(
    bekend: dict[Lemmas, VerwantTerm], analyse: Analyse, stuk: list[Woord]
) -> VerwantTerm | None:
    """Of these words or their synonyms.

    Of one word also by its stem, and by the parts of a compound.
    """
    lemmas = tuple(woord.lemma for woord in stuk)
    gelijk = [lemmas, *analyse.synoniemen.get(lemmas, ())]
    if term := next(filter(None, map(bekend.get, gelijk)), None):
        return term
    if len(stuk) > 1:
        return None
    (woord,) = stuk
    anders = [_stam(woord.lemma), *reversed(woord.delen)]
    return next(filter(None, (bekend.get((vorm,)) for vorm in anders)), None)


def _stam(lemma: str) -> str:
    """What "laaggeletterd", "laaggeletterden" and "laaggeletterdheid" share."""
    return UITGANG.sub("", lemma)


def ergens(stand: Stand, tekst: str) -> bool:
    """Whether anything is found for these words."""
    for bron in zoekbronnen():
        index = bron.index(stand)
        resultaat = index.zoek(lees_vraag(tekst, index.analyse, af=True))
        if resultaat.bits and not resultaat.gedeeltelijk:
            return True
    return False


def _verwijzing(stand: Stand, term: VerwantTerm, getypt: str) -> Verwijzing:
    paginas = (pagina(stand, adres) for adres in term.paginas)
    return Verwijzing(getypt, term.zoekterm, (*filter(None, paginas),))
