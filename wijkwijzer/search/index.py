"""An index in memory: per word the documents that have it, as bitmaps.

Everything is arithmetic on bitmaps (Python integers, bit *i* is document *i*), and
scores are bit slices (``core.scores``): no document is looked at one by one. So a query
costs about the same for twenty hits as for fifty thousand. See docs/adr/0004.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wijkwijzer.core.facetten import Bitmaps, leeg
from wijkwijzer.core.scores import Slices, aflopend, als_slices, heeft_score, plus
from wijkwijzer.core.teksten import zonder_accenten
from wijkwijzer.search.analyse import WOORD, huidige_analyse, tokens
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.vraag import lees_vraag

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    from wijkwijzer.search.analyse import Analyse, Lemmas, Woord
    from wijkwijzer.search.vraag import Term, Zoekvraag

VELDEN = ("titel", "samenvatting", "trefwoorden", "tekst")

# Score per field for a match by: the word as typed, its lemma or a prefix, a part of a
# compound, a synonym. Title over summary over target group and tags over body; exact
# over derived. Chosen on the golden set (tests/search/golden.yaml).
GEWICHTEN: dict[str, tuple[int, int, int, int]] = {
    "titel": (60, 52, 40, 28),
    "samenvatting": (24, 20, 14, 12),
    "trefwoorden": (16, 14, 10, 8),
    "tekst": (8, 6, 4, 3),
}
VOORVOEGSEL_MAX = 400
# Short words have many neighbours at distance two, and the shortest even at one.
KORT_WOORD = 5
KORTSTE_TYPEFOUT = 4


# Word pairs are kept by a short hash: whole pairs would take more memory than all the
# rest. A document that has both words, but apart, can be taken for one with the phrase,
# about once in 2000 times: once in PAREN for each pair of words that it has.
PAREN = 1 << 17
MASKER = PAREN - 1


def _paar(links: str, rechts: str) -> int:
    return crc32(f"{links} {rechts}".encode()) & MASKER


class _Gelezen(dict[str, tuple["Woord", int, bytes]]):
    """The words that were read so far, each analysed once.

    With each word what is needed of it for the hash of a pair: the digest of the first
    word goes on with the bytes of the second one, so that no pair is written out.
    """

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse

    def __missing__(self, token: str) -> tuple[Woord, int, bytes]:
        woord = self._analyse.woord(token)
        kaal = woord.exact.encode()
        self[token] = gelezen = (woord, crc32(kaal + b" "), kaal)
        return gelezen


@dataclass(frozen=True)
class Zoekdocument:
    """The text of one record, by weight."""

    titel: str
    samenvatting: str = ""
    trefwoorden: str = ""
    tekst: str = ""
    url: str = ""


@dataclass(frozen=True)
class Zoekresultaat:
    """Which documents fit, and how well."""

    bits: int
    slices: Slices
    # No document has every word; these have some of them.
    gedeeltelijk: bool = False

    def volgorde(self) -> Iterator[int]:
        """The positions of the hits, best first; equal scores in index order."""
        return aflopend(self.slices, self.bits)


class Zoekindex:
    """The words of a number of documents, ready to be searched."""

    def __init__(
        self,
        documenten: Iterable[tuple[int, Zoekdocument]],
        lengte: int,
        analyse: Analyse,
    ) -> None:
        """Read (position, document) pairs, in any order, with ``lengte`` positions."""
        self.analyse = analyse
        self._exact: dict[str, Bitmaps[str]] = {veld: Bitmaps() for veld in VELDEN}
        self._lemma: dict[str, Bitmaps[str]] = {veld: Bitmaps() for veld in VELDEN}
        self._deel: dict[str, Bitmaps[str]] = {veld: Bitmaps() for veld in VELDEN}
        self._paren: Bitmaps[int] = Bitmaps()
        self._schrijfwijze: dict[str, str] = {}
        self._lees(documenten)
        for lijst in self._lijsten():
            lijst.sluit(lengte)
        self.alle = (1 << lengte) - 1
        woorden = {w for veld in VELDEN for w in self._exact[veld]} - STOPWOORDEN
        self.woordenschat = sorted(woorden)
        # What a reader can have meant: also a synonym that no document has.
        self._bedoelbaar = sorted(woorden | analyse.synoniemwoorden)

    def __getstate__(self) -> dict[str, Any]:
        # With the dictionaries of a language, and of this process.
        return {naam: deel for naam, deel in vars(self).items() if naam != "analyse"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the analysis of now; two queries. Another one means another index."""
        self.__dict__.update(state, analyse=huidige_analyse())

    def _lijsten(self) -> Iterator[Bitmaps[Any]]:
        for soort in (self._exact, self._lemma, self._deel):
            yield from soort.values()
        yield self._paren

    def _lees(self, documenten: Iterable[tuple[int, Zoekdocument]]) -> None:
        """Note where each word is, and only then what follows from the word."""
        gevonden: dict[str, defaultdict[Woord, array[int]]] = {
            veld: defaultdict(leeg) for veld in VELDEN
        }
        gelezen = _Gelezen(self.analyse)
        for positie, document in documenten:
            for veld, plekken in gevonden.items():
                woorden = [gelezen[token] for token in tokens(getattr(document, veld))]
                # Every word once, however often the text has it.
                for woord in {woord for woord, _, _ in woorden}:
                    plekken[woord].append(positie)
                paren = {
                    crc32(kaal, links) & MASKER
                    for (_, links, _), (_, _, kaal) in pairwise(woorden)
                }
                self._paren.voeg_toe(paren, positie)
        for veld, plekken in gevonden.items():
            for woord, posities in plekken.items():
                self._exact[veld].voeg_posities_toe(woord.exact, posities)
                if woord.vorm != woord.exact:
                    self._schrijfwijze[woord.exact] = woord.vorm
                if woord.lemma != woord.exact:
                    self._lemma[veld].voeg_posities_toe(woord.lemma, posities)
                for onderdeel in woord.delen:
                    self._deel[veld].voeg_posities_toe(onderdeel, posities)

    # Searching

    def zoek(
        self,
        vraag: Zoekvraag,
        basis: int | None = None,
        velden: tuple[str, ...] = VELDEN,
    ) -> Zoekresultaat:
        """The documents of ``basis`` that have all of what is asked, else some of it.

        Phrases must always be there and excluded words never.
        """
        over = self.alle if basis is None else basis
        for weg in vraag.uitgesloten:
            over &= ~(self._heeft(weg[0]) if len(weg) == 1 else self._frase(weg))
        scores: list[Slices] = []
        for frase in vraag.frases:
            over &= self._frase(frase)
            scores += [
                self._woordscore(woord, velden, (), voorvoegsel=False)
                for woord in frase
                if woord.exact not in STOPWOORDEN
            ]
        per_term = [self._score(term, velden) for term in vraag.termen]
        alle = enkele = over
        if per_term:
            treffers = [heeft_score(score) for score in per_term]
            enkele = 0
            for bits in treffers:
                alle &= bits
                enkele |= bits
            enkele &= over
        slices: Slices = []
        for score in (*scores, *per_term):
            slices = plus(slices, score)
        gedeeltelijk = not alle and bool(enkele)
        return Zoekresultaat(enkele if gedeeltelijk else alle, slices, gedeeltelijk)

    def verbeterd(self, vraag: Zoekvraag) -> str | None:
        """The query with its unknown words replaced by near ones, or None.

        Up to two letters may be wrong, missing, extra or swapped; one in a short word.
        A word that exists in Dutch is right, even when nothing here has it.
        """
        vervang = {
            woord.exact: nabij
            for term in vraag.termen
            for woord in term.woorden
            if not self._bekend(woord, term) and (nabij := self._nabij(woord.exact))
        }
        if not vervang:
            return None
        return WOORD.sub(
            lambda match: vervang.get(zonder_accenten(match.group()), match.group()),
            vraag.tekst,
        )

    def _bekend(self, woord: Woord, term: Term) -> bool:
        if term.synoniemen or self.analyse.is_bestaand(woord):
            return True
        score = self._woordscore(woord, VELDEN, (), voorvoegsel=term.voorvoegsel)
        return bool(heeft_score(score))

    def _nabij(self, woord: str) -> str | None:
        """The nearest word that finds something, as it is written."""
        if len(woord) < KORTSTE_TYPEFOUT:
            return None
        afstand = 1 if len(woord) <= KORT_WOORD else 2
        gevonden = process.extract(
            woord,
            self._bedoelbaar,
            scorer=OSA.distance,
            score_cutoff=afstand,
            limit=10,
        )
        # Near first, then what most documents have, then by alphabet: always the same.
        op_volgorde = sorted(
            gevonden,
            key=lambda g: (
                g[1],
                -max(self._exact[v].aantal(g[0]) for v in VELDEN),
                g[0],
            ),
        )
        for nabij, *_ in op_volgorde:
            if self.zoek(lees_vraag(nabij, self.analyse, af=True)).bits:
                return self._schrijfwijze.get(nabij, nabij)
        return None

    def _score(self, term: Term, velden: tuple[str, ...]) -> Slices:
        """The score of every document for one term."""
        eerste, *rest = term.woorden
        if not rest:
            return self._woordscore(
                eerste, velden, term.synoniemen, voorvoegsel=term.voorvoegsel
            )
        # Several words that mean one thing: all of them, or else a synonym.
        samen: Slices = []
        alle = self.alle
        for woord in term.woorden:
            half = term.voorvoegsel and woord is term.woorden[-1]
            score = self._woordscore(woord, velden, (), voorvoegsel=half)
            alle &= heeft_score(score)
            samen = plus(samen, score)
        via = self._synoniemscore(term.synoniemen, velden, ~alle)
        return plus([bits & alle for bits in samen], via)

    def _woordscore(
        self,
        woord: Woord,
        velden: tuple[str, ...],
        synoniemen: tuple[Lemmas, ...],
        *,
        voorvoegsel: bool,
    ) -> Slices:
        totaal: Slices = []
        gevonden = 0
        for veld in velden:
            exact, lemma, deel, _ = GEWICHTEN[veld]
            precies = self._exact[veld].bits(woord.exact)
            vormen = self._vormen(veld, woord.lemma)
            if voorvoegsel:
                vormen |= self._met_voorvoegsel(veld, woord.exact)
            vormen &= ~precies
            delen = self._deel[veld].bits(woord.lemma) & ~precies & ~vormen
            for bits, gewicht in ((precies, exact), (vormen, lemma), (delen, deel)):
                totaal = plus(totaal, als_slices(bits, gewicht))
                gevonden |= bits
        via = self._synoniemscore(synoniemen, velden, ~0)
        if not gevonden and not via and woord.delen:
            # Written as one word here ("eigenkrachtconferentie"), as more there.
            return als_slices(self._losgeschreven(woord.delen), GEWICHTEN["tekst"][2])
        return plus(totaal, via)

    def _vormen(self, veld: str, lemma: str) -> int:
        """Documents with any form of the lemma, the lemma itself included."""
        return self._lemma[veld].bits(lemma) | self._exact[veld].bits(lemma)

    def _met_voorvoegsel(self, veld: str, voorvoegsel: str) -> int:
        plek = bisect_left(self.woordenschat, voorvoegsel)
        woorden = self.woordenschat[plek : plek + VOORVOEGSEL_MAX]
        return self._exact[veld].een_van(
            takewhile(lambda woord: woord.startswith(voorvoegsel), woorden)
        )

    def _losgeschreven(self, delen: Lemmas) -> int:
        """Documents with the parts of a compound as words next to each other."""
        bits = self.alle
        for links, rechts in pairwise(delen):
            bits &= self._naast_elkaar(links, rechts)
        return bits

    def _synoniemscore(
        self, synoniemen: tuple[Lemmas, ...], velden: tuple[str, ...], masker: int
    ) -> Slices:
        totaal: Slices = []
        for veld in velden:
            losse = [synoniem[0] for synoniem in synoniemen if len(synoniem) == 1]
            bits = self._lemma[veld].een_van(losse) | self._exact[veld].een_van(losse)
            for synoniem in synoniemen:
                if len(synoniem) > 1:
                    samen = self.alle
                    for lemma in synoniem:
                        samen &= self._vormen(veld, lemma)
                    bits |= samen
            totaal = plus(totaal, als_slices(bits & masker, GEWICHTEN[veld][3]))
        return totaal

    def _heeft(self, woord: Woord) -> int:
        """Documents with the word in any form or as part, anywhere."""
        bits = 0
        for veld in VELDEN:
            bits |= self._exact[veld].bits(woord.exact)
            bits |= self._vormen(veld, woord.lemma) | self._deel[veld].bits(woord.lemma)
        return bits

    def _naast_elkaar(self, links: str, rechts: str) -> int:
        bits = self._paren.bits(_paar(links, rechts))
        for woord in (links, rechts):
            ergens = 0
            for veld in VELDEN:
                ergens |= self._exact[veld].bits(woord)
            bits &= ergens
        return bits

    def _frase(self, woorden: tuple[Woord, ...]) -> int:
        """Documents with these words, as written, next to each other."""
        if len(woorden) == 1:
            bits = 0
            for veld in VELDEN:
                bits |= self._exact[veld].bits(woorden[0].exact)
            return bits
        bits = self.alle
        for links, rechts in pairwise(woorden):
            bits &= self._naast_elkaar(links.exact, rechts.exact)
        return bits
