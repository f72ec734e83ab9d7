"""Dutch text as words that can be compared. The one analysis for texts and for queries.

A text becomes :class:`Woord` objects: the form as written, its lemma ("kinderen" is
"kind") and, for a compound, the lemmas of its parts ("wijktheater": wijk, theater). No
database is involved, so every database gives the same results in the same order.

Lemmas come from simplemma; parts from the editors' list (:class:`Woorddeel`) with
simplemma's word list for what stands beside them; synonyms from :class:`Synoniemgroep`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkwijzer.core.teksten import zonder_accenten
from wijkwijzer.search import woordenboek
from wijkwijzer.search.spelling import is_nederlands
from wijkwijzer.search.taal import (
    GEEN_DEEL,
    KLINKERS,
    LEMMA_CORRECTIES,
    STOPWOORDEN,
    VERBINDINGEN,
)
from wijkwijzer.search.terms import SynoniemgroepTerm, WoorddeelTerm

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wijkwijzer.wholes.stand import Stand

# What stands inside words and nobody types: soft hyphens and the like, and accents that
# are a sign of their own.
ONZICHTBAAR = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
LOS_ACCENT = "\u0300-\u036f"
APOSTROF = "'\u2018\u2019\u02bc`\u00b4"
# A word as it stands in a text. "T.O.S." is one, and so is "thema's"; "&" says "en".
WOORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
    rf"|[^\W_]++(?:[{ONZICHTBAAR}{LOS_ACCENT}]++[^\W_]++|[{LOS_ACCENT}]++)*+"
    rf"(?:[{APOSTROF}]s(?![^\W_]))?"
    r"|&"
)
# Few lines have a word that is more than letters in a row; the others are read faster.
BIJZONDER = re.compile(rf"[&{ONZICHTBAAR}{LOS_ACCENT}]|[{APOSTROF}]s|\.[^\W\d_]\.")
GEEN_LETTER = re.compile(rf"[{ONZICHTBAAR}{LOS_ACCENT}{APOSTROF}.]")
GEWOON = re.compile(r"[^\W_]+")
# "Organizing", not "verhuizing": Dutch has a vowel before such a z.
ENGELSE_Z = re.compile(r"(?<=[^\W\daeiouy])iz(?=(?:e[drs]?|ers|ing|ations?)$)")
KORTSTE_DEEL = 3
# Outside the editors' list only longer words count as a part: short ones stand in
# almost any word by accident.
KORTSTE_GEWONE_DEEL = 4
# Words that stay analysed, at 400 bytes each: those of the hits that readers see.
ONTHOUDEN = 20_000
# Longer "words" are noise (or an attack) and are cut.
LANGSTE_WOORD = 60

Lemmas = tuple[str, ...]


# Every form is one object (see ``Analyse.woord``), so identity is enough and fast.
@dataclass(frozen=True, slots=True, eq=False)
class Woord:
    exact: str
    lemma: str
    delen: Lemmas
    # As written, in lower case but with its accents and its apostrophe.
    vorm: str


class Analyse:
    """The analysis with one state of the editors' lists."""

    def __init__(
        self, woorddelen: Iterable[str], synoniemgroepen: Collection[Collection[str]]
    ) -> None:
        self.woord = lru_cache(maxsize=ONTHOUDEN)(self._woord)
        # A word as WOORD finds it in a text.
        self.gelezen = lru_cache(maxsize=ONTHOUDEN)(self._gelezen)
        # Asked of one word for every kind of record.
        self.is_samengesteld = lru_cache(maxsize=100)(self._is_samengesteld)
        self._domein = {self._lemma(woord.casefold()) for woord in woorddelen}
        self.synoniemen = self._lees_synoniemen(synoniemgroepen)
        self.synoniemwoorden = {
            woord.exact
            for groep in synoniemgroepen
            for term in groep
            for woord in self.woorden(term)
            if woord.exact not in STOPWOORDEN
        }
        # A synonym of several words, written as one: "sameneten".
        self.synoniem_aaneen = self._lees_aaneen(synoniemgroepen)
        self.langste_synoniem = max(map(len, self.synoniemen), default=1)

    def woorden(self, tekst: str) -> Iterator[Woord]:
        """Every word of a text, stop words included, in order."""
        return map(self.woord, tokens(tekst))

    def _gelezen(self, geschreven: str) -> Woord:
        return self.woord(tokens(geschreven)[0])

    def inhoudslemmas(self, tekst: str) -> Lemmas:
        """The lemmas that carry meaning; all of them when nothing else is left."""
        woorden = list(self.woorden(tekst))
        inhoud = [w for w in woorden if w.exact not in STOPWOORDEN]
        return tuple(w.lemma for w in inhoud or woorden)

    def _woord(self, geschreven: str) -> Woord:
        token = _met_s(geschreven)
        lemma = self._lemma(token)
        # A word that the editors list is one word, also when it could be split.
        delen = () if lemma in self._domein else self._delen(lemma)
        if not delen and lemma not in self._domein:
            delen = self._delen(token)
        if delen and not woordenboek.is_woord(token):
            # An unknown compound has the inflection of its last part.
            lemma = self._lemma_van_samenstelling(token) or lemma
        vorm = _met_apostrof(geschreven)
        return Woord(zonder_accenten(token), lemma, delen, vorm)

    def _lemma(self, token: str) -> str:
        if token in LEMMA_CORRECTIES:
            return LEMMA_CORRECTIES[token]
        # simplemma writes the lemma of a separable verb as "op_nemen".
        lemma = woordenboek.lemma(_met_apostrof(token))
        return zonder_accenten(lemma.replace("_", ""))

    def _lemma_van_samenstelling(self, token: str) -> str | None:
        for lengte in range(len(token) - KORTSTE_DEEL, KORTSTE_DEEL - 1, -1):
            laatste = token[lengte:]
            lemma = self._lemma(laatste)
            if lemma in self._domein:
                return zonder_accenten(token[:lengte]) + lemma
        return None

    def _delen(self, woord: str) -> Lemmas:
        """The lemmas of the parts, or () when it is no compound.

        The split with the fewest parts wins, then the one with most of the editors'
        words; at least one part is theirs.
        """
        splitsingen = self._splits(woord)
        meerdelig = [s for s in splitsingen if len(s) > 1 and self._domein & set(s)]
        return min(
            meerdelig, key=lambda s: (len(s), -len(self._domein & set(s))), default=()
        )

    def _splits(self, rest: str, diepte: int = 4) -> list[Lemmas]:
        """Every way to read ``rest`` as a row of at most ``diepte`` parts."""
        manieren: list[Lemmas] = [(deel,)] if (deel := self._deel(rest)) else []
        if diepte > 1:
            for lengte in range(KORTSTE_DEEL, len(rest) - KORTSTE_DEEL + 1):
                if not (deel := self._deel_met_verbinding(rest[:lengte])):
                    continue
                achter = self._splits(rest[lengte:], diepte - 1)
                manieren += [(deel, *splitsing) for splitsing in achter]
        return manieren

    def _deel(self, tekst: str) -> str | None:
        if len(tekst) < KORTSTE_DEEL:
            return None
        lemma = self._lemma(tekst)
        if lemma in self._domein:
            return lemma
        gewoon = (
            len(tekst) >= KORTSTE_GEWONE_DEEL
            and tekst not in GEEN_DEEL
            and woordenboek.is_woord(tekst)
        )
        return lemma if gewoon else None

    def is_bestaand(self, woord: Woord) -> bool:
        """Whether it is a Dutch word, or one of the editors: no typing error.

        A compound of words of theirs is one; of others it may be an accident.
        """
        return (
            (bool(woord.delen) and self._domein.issuperset(woord.delen))
            or woordenboek.is_woord(woord.vorm)
            or woord.lemma in self._domein
            or woord.exact in self.synoniemwoorden
            or is_nederlands(woord.vorm)
        )

    def _is_samengesteld(self, woord: str) -> bool:
        """Whether it is a word of the editors before or after one that exists.

        By accident so is one typing error in a hundred.
        """
        return any(
            self._lemma(deel) in self._domein and _bestaat(rest)
            for links, rechts in _in_tweeen(woord)
            for deel, rest in ((links, rechts), (rechts, links))
        )

    def delen_zoals_getypt(self, woord: Woord) -> list[str]:
        """The parts of a compound that editors list, the last in the form it has."""
        if not woord.delen:
            return []
        *voor, laatste = woord.delen
        einden = (rechts for _, rechts in _in_tweeen(woord.vorm))
        vorm = next((e for e in einden if self._lemma(e) == laatste), laatste)
        delen = (*zip(voor, voor, strict=True), (laatste, vorm))
        return [getypt for deel, getypt in delen if deel in self._domein]

    def _deel_met_verbinding(self, tekst: str) -> str | None:
        for verbinding in VERBINDINGEN:
            if tekst.endswith(verbinding):
                kaal = tekst.removesuffix(verbinding) if verbinding else tekst
                if deel := self._deel(kaal):
                    return deel
        return None

    def _lees_synoniemen(
        self, groepen: Iterable[Iterable[str]]
    ) -> dict[Lemmas, list[Lemmas]]:
        """Per term (as lemmas) the other terms of its groups, without repeats."""
        anderen: dict[Lemmas, dict[Lemmas, None]] = defaultdict(dict)
        for groep in groepen:
            termen = list(dict.fromkeys(map(self.inhoudslemmas, groep)))
            for term in termen:
                anderen[term].update((t, None) for t in termen if t and t != term)
        return {term: list(lijst) for term, lijst in anderen.items() if term}

    def _lees_aaneen(self, groepen: Iterable[Iterable[str]]) -> dict[str, Lemmas]:
        """Per term of several words, written together, its lemmas."""
        termen = {term: [*self.woorden(term)] for groep in groepen for term in groep}
        return {
            "".join(woord.exact for woord in woorden): self.inhoudslemmas(term)
            for term, woorden in termen.items()
            if len(woorden) > 1
        }


def _in_tweeen(woord: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a word in two that may be words."""
    for plek in range(KORTSTE_DEEL, len(woord) - KORTSTE_DEEL + 1):
        yield woord[:plek], woord[plek:]


def _bestaat(deel: str) -> bool:
    """Whether what stands beside a word of the editors is a word too."""
    return deel not in GEEN_DEEL and woordenboek.is_woord(deel)


def tokens(tekst: str) -> list[str]:
    """The words of a text in lower case, accents kept."""
    klein = tekst.casefold()
    if not BIJZONDER.search(klein):
        return [woord[:LANGSTE_WOORD] for woord in GEWOON.findall(klein)]
    woorden: list[str] = []
    for regel in klein.splitlines():
        if BIJZONDER.search(regel):
            woorden += map(_letters, WOORD.findall(regel))
        else:
            woorden += [woord[:LANGSTE_WOORD] for woord in GEWOON.findall(regel)]
    return woorden


def _letters(woord: str) -> str:
    """A word of :data:`WOORD` as letters in a row."""
    if woord.isalnum():
        return woord[:LANGSTE_WOORD]
    if woord == "&":
        return "en"
    return GEEN_LETTER.sub("", unicodedata.normalize("NFC", woord))[:LANGSTE_WOORD]


def _met_s(token: str) -> str:
    """An English word with "ize" as one with "ise": people write both."""
    if ENGELSE_Z.search(token) and not woordenboek.is_woord(token):
        return ENGELSE_Z.sub("is", token)
    return token


def _met_apostrof(token: str) -> str:
    """As the dictionary has it: "thema's" for "themas"."""
    if (
        token[-1:] == "s"
        and token[-2:-1] in KLINKERS
        and not woordenboek.is_woord(token)
    ):
        spelling = f"{token[:-1]}'s"
        if woordenboek.is_woord(spelling):
            return spelling
    return token


@lru_cache(maxsize=2)
def _analyse(woorddelen: Lemmas, groepen: tuple[Lemmas, ...]) -> Analyse:
    return Analyse(woorddelen, groepen)


def analyse_van(stand: Stand) -> Analyse:
    """The analysis with the editors' lists of a stand.

    The same object as long as the lists are the same, so that words which were
    analysed once stay analysed.
    """
    return _analyse(
        woorddelen_van(stand),
        tuple(tuple(groep.termen) for groep in stand.terms(SynoniemgroepTerm)),
    )


def woorddelen_van(stand: Stand) -> Lemmas:
    """The editors' parts of compounds: another list, and words are read otherwise."""
    return tuple(deel.woord for deel in stand.terms(WoorddeelTerm))
