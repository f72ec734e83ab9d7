"""simplemma's Dutch words in a file that all processes share.

simplemma reads its words into a dictionary of bytes: 45 MB for each process, after
0.7 s of work. Here they are a table in a file (``memory.large``), made once, as fast to
look things up in and opened in no time.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import simplemma
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from wijkwijzer.memory.large import DamagedError, Packed, save, shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wijkwijzer.memory.large import Held

logger = logging.getLogger(__name__)

TAAL = "nl"
# The parts of words that may be compounds; a page of hits has a few thousand of them.
ONTHOUDEN = 10_000


class Woordenboek(Packed, Mapping[str, str]):
    """Words and their lemmas as a hash table in two buffers."""

    def __init__(self, lemmas: Mapping[str, str]) -> None:
        # At most half full: then the first or second place is nearly always the one.
        aantal = 1 << (2 * len(lemmas)).bit_length()
        plekken = array("I", bytes(array("I").itemsize * aantal))
        # Place 0 is no word but an empty place.
        regels = bytearray(1)
        for woord, lemma in lemmas.items():
            sleutel, waarde = woord.encode(), lemma.encode()
            plek = crc32(sleutel) & aantal - 1
            while plekken[plek]:
                plek = plek + 1 & aantal - 1
            plekken[plek] = len(regels)
            regels += bytes([len(sleutel), len(waarde)]) + sleutel + waarde
        self._aantal = len(lemmas)
        self._plekken, self._regels = memoryview(plekken), memoryview(regels)

    def get(self, woord: str, anders: Any = None, /) -> Any:
        """Not by way of KeyError: most of what is looked up is no word."""
        sleutel = woord.encode()
        regels, plekken = self._regels, self._plekken
        plek = crc32(sleutel) & len(plekken) - 1
        while begin := plekken[plek]:
            midden = begin + 2 + len(sleutel)
            if regels[begin] == len(sleutel) and regels[begin + 2 : midden] == sleutel:
                return str(regels[midden : midden + regels[begin + 1]], "utf-8")
            plek = plek + 1 & len(plekken) - 1
        return anders

    def __getitem__(self, woord: str) -> str:
        if (lemma := self.get(woord)) is None:
            raise KeyError(woord)
        return str(lemma)

    def __iter__(self) -> Iterator[str]:
        begin = 1
        while begin < len(self._regels):
            midden = begin + 2 + self._regels[begin]
            yield str(self._regels[begin + 2 : midden], "utf-8")
            begin = midden + self._regels[begin + 1]

    def __len__(self) -> int:
        return self._aantal


class _Woordenboeken:
    """Gives simplemma its dictionary; it asks for it with every word."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        return woordenboek()


def woordenboek() -> Woordenboek:
    """The Dutch words, from a file in which nobody wrote since it was opened."""
    boek, held = _geopend()
    if held and not held.is_intact():
        logger.error("Het bestand onder het woordenboek is veranderd.")
        _geopend.cache_clear()
        boek, _ = _geopend()
    return boek


@cache
def _geopend() -> tuple[Woordenboek, Held | None]:
    """The words and their file; who comes first makes it."""

    def maak(pad: Path) -> None:
        save(_van_simplemma(), pad)

    try:
        return shared("woordenboek", simplemma.__version__, maak)
    except (DamagedError, OSError) as fout:
        logger.warning("Het woordenboek wordt niet gedeeld: %s", fout)
        return _van_simplemma(), None


def _van_simplemma() -> Woordenboek:
    return Woordenboek(DefaultDictionaryFactory().get_dictionary(TAAL))


_lemmas = simplemma.Lemmatizer(
    cache_max_size=ONTHOUDEN,
    lemmatization_strategy=DefaultStrategy(dictionary_factory=_Woordenboeken()),
)
_woorden = DictionaryLookupStrategy(_Woordenboeken())


def lemma(woord: str) -> str:
    return _lemmas.lemmatize(woord, TAAL)


def is_woord(woord: str) -> bool:
    """Whether the dictionary has it, in this form or as a name."""
    return _woorden.get_lemma(woord, TAAL) is not None
