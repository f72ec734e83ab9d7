"""The texts of a kind of record, read word by word and packed for the search."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from wijkwijzer.memory.bitmaps import Bitmaps, empty
from wijkwijzer.search.analyse import tokens
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.tekst import VELDEN, zoekdocument

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    from wijkwijzer.search.analyse import Analyse, Woord
    from wijkwijzer.search.tekst import Zoekdocument

# Word pairs are kept by a short hash: whole pairs would take more memory than all the
# rest. A document that has both words, but apart, can be taken for one with the phrase,
# about once in 2000 times: once in PAREN for each pair of words that it has.
PAREN = 1 << 17
MASKER = PAREN - 1


def naam(woorden: Iterable[Woord]) -> int:
    """A name by a short hash, the same when it is written together or apart."""
    return crc32("".join(woord.exact for woord in woorden).encode())


def korte_naam(woorden: Iterable[Woord]) -> int:
    """A name of which the little words were left out: "moedervadercentra"."""
    return crc32("".join(woord.exact for woord in woorden).encode(), 1)


def paar(links: str, rechts: str) -> int:
    return crc32(f"{links} {rechts}".encode()) & MASKER


def _genoemd(woorden: list[Woord]) -> Iterator[int]:
    """A name; and without its little words, if more than one is left."""
    yield naam(woorden)
    inhoud = [woord for woord in woorden if woord.exact not in STOPWOORDEN]
    if 1 < len(inhoud) < len(woorden):
        yield korte_naam(inhoud)


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


class Woorden(NamedTuple):
    """What is packed of the words of a kind of record."""

    exact: dict[str, Bitmaps[str]]
    lemma: dict[str, Bitmaps[str]]
    deel: dict[str, Bitmaps[str]]
    paren: Bitmaps[int]
    namen: Bitmaps[int]
    # How words without their accents are written.
    schrijfwijze: dict[str, str]
    alle: list[str]


class Woordlezer:
    """Notes where each word is, and only at the end what follows from the word."""

    def __init__(self, analyse: Analyse) -> None:
        self._gevonden: dict[str, defaultdict[Woord, array[int]]] = {
            veld: defaultdict(empty) for veld in VELDEN
        }
        self._gelezen = _Gelezen(analyse)
        self._paren: Bitmaps[int] = Bitmaps()
        self._namen: Bitmaps[int] = Bitmaps()

    def add(self, position: int, document: Any) -> None:
        self.lees(position, zoekdocument(document))

    def lees(self, positie: int, document: Zoekdocument) -> None:
        for veld, plekken in self._gevonden.items():
            tekst = document.woorden_van(veld)
            woorden = [self._gelezen[token] for token in tokens(tekst)]
            # Every word once, however often the text has it.
            for woord in {woord for woord, _, _ in woorden}:
                plekken[woord].append(positie)
            paren = {
                crc32(kaal, links) & MASKER
                for (_, links, _), (_, _, kaal) in pairwise(woorden)
            }
            self._paren.add(paren, positie)
        namen = (
            [self._gelezen[token][0] for token in tokens(naam)]
            for naam in document.namen()
        )
        self._namen.add(
            {kort for woorden in namen if woorden for kort in _genoemd(woorden)},
            positie,
        )

    def close(self, length: int) -> Woorden:
        exact, lemma, deel = (
            {veld: Bitmaps[str]() for veld in VELDEN} for _ in range(3)
        )
        schrijfwijze: dict[str, str] = {}
        for veld, plekken in self._gevonden.items():
            for woord, posities in plekken.items():
                exact[veld].add_positions(woord.exact, posities)
                if woord.vorm != woord.exact:
                    schrijfwijze[woord.exact] = woord.vorm
                if woord.lemma != woord.exact:
                    lemma[veld].add_positions(woord.lemma, posities)
                for onderdeel in woord.delen:
                    deel[veld].add_positions(onderdeel, posities)
        self._gevonden.clear()
        for soort in (exact, lemma, deel):
            for bitmaps in soort.values():
                bitmaps.close(length)
        alle = {woord for veld in VELDEN for woord in exact[veld]} - STOPWOORDEN
        return Woorden(
            exact,
            lemma,
            deel,
            self._paren.close(length),
            self._namen.close(length),
            schrijfwijze,
            sorted(alle),
        )
