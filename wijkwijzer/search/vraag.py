"""What a reader typed: words, phrases in quotes, and words to leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkwijzer.core.tekens import een_regel
from wijkwijzer.search import woordenboek
from wijkwijzer.search.taal import STOPWOORDEN

if TYPE_CHECKING:
    from wijkwijzer.search.analyse import Analyse, Lemmas, Woord

# More words than this are not a question but a pasted text.
MAX_WOORDEN = 12
MAX_TEKENS = 200
# A prefix shorter than this fits almost every word.
KORTSTE_VOORVOEGSEL = 3
# So many words at most may be one word that was typed apart.
MEESTE_DELEN = 4
AANHALING = '"“”„'
STUK = re.compile(
    rf"(?P<min>(?<!\S)-)?"
    rf"(?:[{AANHALING}](?P<frase>[^{AANHALING}]*)[{AANHALING}]?"
    rf"|(?P<los>[^\s{AANHALING}]+))"
)


@dataclass(frozen=True)
class Term:
    """One thing that must be found: a word, or several words that mean one thing."""

    woorden: tuple[Woord, ...]
    synoniemen: tuple[tuple[str, ...], ...] = ()
    # The last word may still be half typed: "jongerenw" finds jongerenwerkers.
    voorvoegsel: bool = False
    # Written as one word with its neighbours, and what of the query that is:
    # ("vanharte", "van harte").
    aaneen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Zoekvraag:
    tekst: str
    termen: tuple[Term, ...] = ()
    # All words that are loose, stop words included: together they may be a name.
    los: tuple[Woord, ...] = ()
    frases: tuple[tuple[Woord, ...], ...] = ()
    # A word, or a phrase that must not be there as a whole.
    uitgesloten: tuple[tuple[Woord, ...], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.termen or self.frases or self.uitgesloten)

    @property
    def naam(self) -> str:
        """The query as a name: written as one word, so that spaces do not matter."""
        if self.frases or self.uitgesloten:
            return ""
        return "".join(woord.exact for woord in self.los)


def schone_zoekterm(tekst: str) -> str:
    """Any text as a query: what shows nothing is left out, as are soft hyphens."""
    return een_regel(tekst, MAX_TEKENS)


def lees_vraag(tekst: str, analyse: Analyse, *, af: bool = False) -> Zoekvraag:
    """Understand a query. Never fails: what makes no sense is left out.

    ``af``: the text is complete, so its last word is not half typed.
    """
    tekst = " ".join(tekst[:MAX_TEKENS].split())
    los: list[Woord] = []
    frases: list[tuple[Woord, ...]] = []
    uitgesloten: list[tuple[Woord, ...]] = []
    for stuk in STUK.finditer(tekst):
        woorden = tuple(analyse.woorden(stuk["frase"] or stuk["los"] or ""))
        if stuk["min"]:
            uitgesloten += [woorden] if woorden else []
        elif stuk["frase"] is not None:
            frases += [woorden] if woorden else []
        else:
            los += woorden
    inhoud = [woord for woord in los if woord.exact not in STOPWOORDEN]
    if not inhoud and not frases:
        inhoud = los
    # Only a word at the very end can still be half typed.
    half = not af and bool(inhoud) and inhoud[-1] is los[-1] and tekst[-1:].isalnum()
    return Zoekvraag(
        tekst=tekst,
        termen=tuple(
            _termen(inhoud[:MAX_WOORDEN], analyse, half, _aaneen(los[:MAX_WOORDEN]))
        ),
        los=tuple(los),
        frases=tuple(frases[:MAX_WOORDEN]),
        uitgesloten=tuple(uitgesloten[:MAX_WOORDEN]),
    )


def _aaneen(los: list[Woord]) -> dict[Woord, dict[str, str]]:
    """Per word what it is written together with its neighbours, and as typed.

    A stop word begins none that exists: "voor ouders" does not ask for voorouders.
    """
    gevonden: dict[Woord, dict[str, str]] = {woord: {} for woord in los}
    for begin, eerste in enumerate(los):
        for einde in range(begin + 2, min(begin + MEESTE_DELEN, len(los)) + 1):
            stuk = los[begin:einde]
            aaneen = "".join(woord.exact for woord in stuk)
            if eerste.exact in STOPWOORDEN and woordenboek.is_woord(aaneen):
                continue
            for woord in stuk:
                gevonden[woord][aaneen] = " ".join(w.vorm for w in stuk)
    return gevonden


def _termen(
    woorden: list[Woord],
    analyse: Analyse,
    half: bool,
    aaneen: dict[Woord, dict[str, str]],
) -> list[Term]:
    """Group words that have a synonym together ("samen eten"), longest group first."""
    termen = []
    plek = 0
    while plek < len(woorden):
        rest = len(woorden) - plek
        langste = max(analyse.langste_synoniem, MEESTE_DELEN)
        for lengte in range(min(langste, rest), 0, -1):
            groep = tuple(woorden[plek : plek + lengte])
            synoniemen = _synoniemen(groep, analyse)
            if synoniemen or lengte == 1:
                termen.append(
                    Term(
                        groep,
                        tuple(synoniemen),
                        voorvoegsel=half
                        and lengte == rest
                        and len(groep[-1].exact) >= KORTSTE_VOORVOEGSEL,
                        aaneen=_van_alle(groep, aaneen),
                    )
                )
                plek += lengte
                break
    return termen


def _synoniemen(groep: tuple[Woord, ...], analyse: Analyse) -> list[Lemmas]:
    """What means the same as these words, also when they are written as one.

    Of foreign words no lemma is known: "neighbour" is asked as "neighbours" is.
    """
    lemmas = tuple(woord.lemma for woord in groep)
    if gevonden := analyse.synoniemen.get(lemmas):
        return gevonden
    if len(groep) == 1 and (los := analyse.synoniem_aaneen.get(groep[0].exact)):
        return [los, *analyse.synoniemen.get(los, [])]
    samen = ("".join(woord.exact for woord in groep),)
    if len(groep) > 1 and samen in analyse.synoniemen:
        return [samen, *analyse.synoniemen[samen]]
    *voor, laatste = lemmas
    for vorm in (groep[-1].exact, f"{laatste}s", laatste.removesuffix("s")):
        ander = (*voor, vorm)
        if ander in analyse.synoniemen:
            return [ander, *analyse.synoniemen[ander]]
    return []


def _van_alle(
    groep: tuple[Woord, ...], aaneen: dict[Woord, dict[str, str]]
) -> tuple[tuple[str, str], ...]:
    """What is written together with all words of a term."""
    eerste, *rest = (aaneen.get(woord, {}) for woord in groep)
    return tuple(
        item for item in eerste.items() if all(item[0] in ander for ander in rest)
    )
