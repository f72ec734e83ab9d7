"""An index in memory: per word the documents that have it, as bitmaps.

Everything is arithmetic on bitmaps (Python integers, bit *i* is document *i*), and
scores are bit slices (``memory.scores``): no document is looked at one by one. So a
query costs about the same for twenty hits as for fifty thousand. See docs/adr/0004.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wijkwijzer.memory.bitmaps import Bitmaps, Bits, layered, positions
from wijkwijzer.memory.scores import Slices, as_slices, descending, has_score, plus
from wijkwijzer.search.analyse import WOORD, analyse_van, woorddelen_van
from wijkwijzer.search.losgeschreven import losgeschreven
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.tekst import VELDEN
from wijkwijzer.search.vraag import lees_vraag
from wijkwijzer.search.woordlezer import Woordlezer, korte_naam, naam, paar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wijkwijzer.search.analyse import Analyse, Lemmas, Woord
    from wijkwijzer.search.tekst import Zoekdocument
    from wijkwijzer.search.vraag import Term, Zoekvraag
    from wijkwijzer.search.woordlezer import Woorden
    from wijkwijzer.wholes.records import Records
    from wijkwijzer.wholes.stand import Stand

# Score per field for a match by: the word as typed, its lemma or a prefix, a part of a
# compound, a synonym. Title over summary over target group and tags over body; exact
# over derived. Chosen on the golden set (tests/search/golden.yaml).
GEWICHTEN: dict[str, tuple[int, int, int, int]] = {
    "titel": (60, 52, 40, 28),
    "samenvatting": (24, 20, 14, 12),
    "trefwoorden": (16, 14, 10, 8),
    "tekst": (8, 6, 4, 3),
}
# What is asked is what a document is called: before all that only has the words.
GEWICHT_NAAM = 120
# Where names stand: of records, of places and tags.
NAAMVELDEN = ("titel", "samenvatting", "trefwoorden")
VOORVOEGSEL_MAX = 400
# Short words have many neighbours at distance two, and the shortest even at one.
KORT_WOORD = 7
KORTSTE_TYPEFOUT = 4


@dataclass(frozen=True)
class Zoekresultaat:
    """Which documents fit, and how well."""

    bits: int
    slices: Slices
    # Those of a bitmap in the order that they have otherwise.
    in_order: Callable[[int], Iterator[int]]
    # No document has every word; these have some of them.
    gedeeltelijk: bool = False

    def volgorde(self, bits: int | None = None) -> Iterator[int]:
        """The positions of the hits (or of these), best first."""
        return descending(
            self.slices, self.bits if bits is None else bits, self.in_order
        )


class ZoekIndexer:
    """Makes the search index of one kind of record (``wholes.stand.Indexer``)."""

    def start(self, stand: Stand) -> Woordlezer:
        return Woordlezer(analyse_van(stand))

    def layer(
        self, stand: Stand, base: Woorden, top: Woorden | None, records: Records
    ) -> Zoekindex:
        return Zoekindex(
            base, top, records.gone, analyse_van(stand), records.all, records.in_order
        )

    def stamp(self, stand: Stand) -> object:
        return woorddelen_van(stand)


class Zoekindex:
    """The words of a number of documents, ready to be searched."""

    def __init__(
        self,
        base: Woorden,
        top: Woorden | None,
        gone: int,
        analyse: Analyse,
        alle: int,
        in_order: Callable[[int], Iterator[int]] = positions,
    ) -> None:
        def lagen(soort: str) -> dict[str, Bits[str]]:
            onder: dict[str, Bitmaps[str]] = getattr(base, soort)
            boven: dict[str, Bitmaps[str]] = getattr(top, soort) if top else {}
            return {v: layered(onder[v], boven.get(v), gone) for v in VELDEN}

        self.analyse, self.alle, self.in_order = analyse, alle, in_order
        self._exact, self._lemma, self._deel = (
            lagen(soort) for soort in ("exact", "lemma", "deel")
        )
        self._paren = layered(base.paren, top.paren if top else None, gone)
        self._namen = layered(base.namen, top.namen if top else None, gone)
        self._schrijfwijze = base.schrijfwijze | (top.schrijfwijze if top else {})
        nieuw = {*top.alle}.difference(base.alle) if top else set()
        self.woordenschat = sorted([*base.alle, *nieuw]) if nieuw else base.alle

    @classmethod
    def van(cls, documenten: Sequence[Zoekdocument], analyse: Analyse) -> Zoekindex:
        """The index of some documents, of a kind that has no other."""
        lezer = Woordlezer(analyse)
        for positie, document in enumerate(documenten):
            lezer.lees(positie, document)
        lengte = len(documenten)
        return cls(lezer.close(lengte), None, 0, analyse, (1 << lengte) - 1)

    @cached_property
    def _bedoelbaar(self) -> list[str]:
        """What a reader can have meant: also a synonym that no document has."""
        return sorted({*self.woordenschat, *self.analyse.synoniemwoorden})

    # Searching

    def zoek(
        self,
        vraag: Zoekvraag,
        basis: int | None = None,
        velden: tuple[str, ...] = VELDEN,
    ) -> Zoekresultaat:
        """The documents of ``basis`` that have all of what is asked, else some of it.

        Phrases must always be there and excluded words never. A name of several words
        is asked as a whole: who asks for "thuis op straat" wants no other streets.
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
            treffers = [has_score(score) for score in per_term]
            enkele = 0
            for bits in treffers:
                alle &= bits
                enkele |= bits
            enkele &= over
        slices: Slices = []
        for score in (*scores, *per_term):
            slices = plus(slices, score)
        if naam := self._zo_genoemd(vraag) & over:
            alle = naam | (alle & self._als_geheel(vraag))
            slices = plus(slices, as_slices(naam, GEWICHT_NAAM))
        gedeeltelijk = not alle and bool(enkele)
        bits = enkele if gedeeltelijk else alle
        return Zoekresultaat(bits, slices, self.in_order, gedeeltelijk)

    def verbeterd(self, vraag: Zoekvraag) -> str | None:
        """The query with its unknown words replaced by near ones, or None.

        Up to two letters may be wrong, missing, extra or swapped; one in a short word,
        and never the first one of two. A word that exists in Dutch is right, even when
        nothing here has it. A short word, and one with two errors, is only near to what
        names something: in a running text there is hardly one without a neighbour.
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
            lambda match: vervang.get(
                self.analyse.gelezen(match.group()).exact, match.group()
            ),
            vraag.tekst,
        )

    def _bekend(self, woord: Woord, term: Term) -> bool:
        if term.synoniemen or self.analyse.is_bestaand(woord):
            return True
        score = self._woordscore(woord, VELDEN, (), voorvoegsel=term.voorvoegsel)
        return bool(has_score(score))

    def _nabij(self, woord: str) -> str | None:
        """The nearest word that finds something, as it is written."""
        if len(woord) < KORTSTE_TYPEFOUT:
            return None
        kort = len(woord) <= KORT_WOORD
        afstand = 1 if kort else 2
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
                -max(self._exact[v].count(g[0]) for v in VELDEN),
                g[0],
            ),
        )
        for nabij, verschil, _ in op_volgorde:
            if verschil > 1 and (
                nabij[0] != woord[0] or self.analyse.is_samengesteld(woord)
            ):
                continue
            if (kort or verschil > 1) and not self._noemt(nabij):
                continue
            if self.zoek(lees_vraag(nabij, self.analyse, af=True)).bits:
                return self._schrijfwijze.get(nabij, nabij)
        return None

    def _noemt(self, woord: str) -> bool:
        """Whether names, summaries, tags or synonyms have the word."""
        return woord in self.analyse.synoniemwoorden or any(
            woord in self._exact[veld] for veld in NAAMVELDEN
        )

    def _zo_genoemd(self, vraag: Zoekvraag) -> int:
        """Documents of which the query is the name."""
        if not vraag.naam:
            return 0
        kort = self._namen.bits(korte_naam(vraag.los)) if len(vraag.los) == 1 else 0
        return self._namen.bits(naam(vraag.los)) | kort

    def _als_geheel(self, vraag: Zoekvraag) -> int:
        """Documents that speak of the name: its words stand next to each other."""
        return self.alle if len(vraag.termen) == 1 else self._frase(vraag.los)

    def _score(self, term: Term, velden: tuple[str, ...]) -> Slices:
        """The score of every document for one term."""
        score = self._termscore(term, velden)
        if aaneen := [woord for woord, _ in term.aaneen if self._komt_voor(woord)]:
            anders = ~has_score(score)
            for veld in velden:
                bits = self._exact[veld].any_of(aaneen) & anders
                score = plus(score, as_slices(bits, GEWICHTEN[veld][2]))
        return score

    def _komt_voor(self, woord: str) -> bool:
        return any(woord in self._exact[veld] for veld in VELDEN)

    def _termscore(self, term: Term, velden: tuple[str, ...]) -> Slices:
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
            alle &= has_score(score)
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
                totaal = plus(totaal, as_slices(bits, gewicht))
                gevonden |= bits
        aaneen = bool(gevonden)
        for veld, bits in self._los(woord, velden).items():
            # In a running text only a word that is nowhere: "voor beelden" is no name.
            if veld in NAAMVELDEN or not aaneen:
                totaal = plus(totaal, as_slices(bits & ~gevonden, GEWICHTEN[veld][2]))
                gevonden |= bits
        via = self._synoniemscore(synoniemen, velden, ~0)
        if voorvoegsel and not gevonden and not via:
            for veld, bits in self._los(woord, velden, half=True).items():
                if veld in NAAMVELDEN:
                    gewicht = GEWICHTEN[veld][2]
                    totaal = plus(totaal, as_slices(bits & ~gevonden, gewicht))
                    gevonden |= bits
        if not gevonden and not via and woord.delen:
            # Written as one word here ("eigenkrachtconferenties"), as more there.
            return as_slices(self._losgeschreven(woord.delen), GEWICHTEN["tekst"][2])
        return plus(totaal, via)

    def _los(
        self, woord: Woord, velden: tuple[str, ...], *, half: bool = False
    ) -> dict[str, int]:
        """Per field the documents that write the word as more words."""
        return losgeschreven(
            woord.exact,
            {veld: self._exact[veld] for veld in velden},
            lambda links, rechts: self._paren.bits(paar(links, rechts)),
            self._beginnen_met if half else None,
        )

    def _geheel(self, woord: Woord) -> int:
        """Documents with the word as it is, or written as more words."""
        bits = 0
        for veld in VELDEN:
            bits |= self._exact[veld].bits(woord.exact)
        for los in self._los(woord, VELDEN).values() if not bits else ():
            bits |= los
        return bits

    def _vormen(self, veld: str, lemma: str) -> int:
        """Documents with any form of the lemma, the lemma itself included."""
        return self._lemma[veld].bits(lemma) | self._exact[veld].bits(lemma)

    def _met_voorvoegsel(self, veld: str, voorvoegsel: str) -> int:
        return self._exact[veld].any_of(self._beginnen_met(voorvoegsel))

    def _beginnen_met(self, voorvoegsel: str) -> Iterator[str]:
        plek = bisect_left(self.woordenschat, voorvoegsel)
        woorden = self.woordenschat[plek : plek + VOORVOEGSEL_MAX]
        return takewhile(lambda woord: woord.startswith(voorvoegsel), woorden)

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
            bits = self._lemma[veld].any_of(losse) | self._exact[veld].any_of(losse)
            for synoniem in synoniemen:
                if len(synoniem) > 1:
                    samen = self.alle
                    for lemma in synoniem:
                        samen &= self._vormen(veld, lemma)
                    bits |= samen
            totaal = plus(totaal, as_slices(bits & masker, GEWICHTEN[veld][3]))
        return totaal

    def _heeft(self, woord: Woord) -> int:
        """Documents with the word in any form or as part, anywhere."""
        bits = self._geheel(woord)
        for veld in VELDEN:
            bits |= self._vormen(veld, woord.lemma) | self._deel[veld].bits(woord.lemma)
        return bits

    def _naast_elkaar(self, links: str, rechts: str) -> int:
        bits = self._paren.bits(paar(links, rechts))
        for woord in (links, rechts):
            ergens = 0
            for veld in VELDEN:
                ergens |= self._exact[veld].bits(woord)
            bits &= ergens
        return bits

    def _frase(self, woorden: tuple[Woord, ...]) -> int:
        """Documents with these words, as written, next to each other."""
        if len(woorden) == 1:
            return self._geheel(woorden[0])
        bits = self.alle
        for links, rechts in pairwise(woorden):
            bits &= self._naast_elkaar(links.exact, rechts.exact)
        return bits
