"""Why a record was found: its words marked in context, and a reason in plain Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wijkwijzer.search.analyse import WOORD
from wijkwijzer.search.taal import STOPWOORDEN
from wijkwijzer.search.tekst import VELDEN

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from wijkwijzer.search.analyse import Analyse, Woord
    from wijkwijzer.search.tekst import Zoekdocument
    from wijkwijzer.search.vraag import Term, Zoekvraag

FRAGMENT = 170
# How much of the fragment stands before the first match.
AANLOOP = 50


@dataclass(frozen=True)
class Uitleg:
    """What a hit shows. Every text is safe HTML with the matches in <mark>."""

    titel: SafeString
    samenvatting: SafeString
    fragment: SafeString | None
    redenen: list[str]


class Trefmarkering:
    """Recognises the words of one query in any text."""

    def __init__(self, vraag: Zoekvraag, analyse: Analyse) -> None:
        self._vraag, self._analyse = vraag, analyse
        self._exact = {w.exact for frase in vraag.frases for w in frase}
        self._lemmas: set[str] = set()
        self._voorvoegsels: tuple[str, ...] = ()
        self._synoniemen: set[str] = set()
        # What may be written apart in a text.
        self._aaneen = {t.woorden[0].exact for t in vraag.termen if len(t.woorden) == 1}
        for term in vraag.termen:
            self._exact.update(woord.exact for woord in term.woorden)
            self._exact.update(aaneen for aaneen, _ in term.aaneen)
            self._lemmas.update(woord.lemma for woord in term.woorden)
            self._synoniemen.update(lemma for s in term.synoniemen for lemma in s)
            if term.voorvoegsel:
                self._voorvoegsels += (term.woorden[-1].exact,)
        # A phrase with "in de" must not mark every "de".
        self._exact -= STOPWOORDEN

    def leg_uit(self, document: Zoekdocument) -> Uitleg:
        samenvatting, raak = self._markeer(document.samenvatting)
        fragment = None if raak else self._fragment(document)
        return Uitleg(
            titel=self._markeer(document.titel)[0],
            samenvatting=samenvatting,
            fragment=fragment,
            redenen=self._redenen(document),
        )

    def _past(self, woord: Woord) -> bool:
        return (
            woord.exact in self._exact
            or woord.lemma in self._lemmas
            or woord.lemma in self._synoniemen
            or not self._lemmas.isdisjoint(woord.delen)
            or woord.exact.startswith(self._voorvoegsels or ("\0",))
        )

    def _treffers(self, tekst: str) -> list[re.Match[str]]:
        """The words of a text that answer the query."""
        matches = list(WOORD.finditer(tekst))
        woorden = [self._analyse.gelezen(match.group()) for match in matches]
        raak = {plek for plek, woord in enumerate(woorden) if self._past(woord)}
        for gezocht in self._aaneen:
            for plekken in _los_geschreven(gezocht, woorden):
                raak.update(plekken)
        return [matches[plek] for plek in sorted(raak)]

    def _markeer(self, tekst: str) -> tuple[SafeString, bool]:
        """The text with its matches marked, and whether there were any."""
        stukken: list[str] = []
        einde = 0
        for match in self._treffers(tekst):
            stukken += [
                escape(tekst[einde : match.start()]),
                f"<mark>{escape(match.group())}</mark>",
            ]
            einde = match.end()
        stukken.append(escape(tekst[einde:]))
        # Safe: every piece of the text went through escape().
        return mark_safe("".join(stukken)), einde > 0  # noqa: S308  # nosec B308 B703

    def _fragment(self, document: Zoekdocument) -> SafeString | None:
        """The first place in the longer texts that has a match, with words around."""
        alles = f"{document.tekst}\n{document.trefwoorden}\n{document.ook}"
        for tekst in alles.splitlines():
            if not (treffers := self._treffers(tekst)):
                continue
            begin = tekst.rfind(" ", 0, max(treffers[0].start() - AANLOOP, 0)) + 1
            eind = tekst.find(" ", begin + FRAGMENT)
            stuk = tekst[begin : eind if eind > 0 else None]
            voor, na = "… " if begin else "", " …" if eind > 0 else ""
            return self._markeer(f"{voor}{stuk}{na}")[0]
        return None

    def _redenen(self, document: Zoekdocument) -> list[str]:
        """A sentence for each query word that the record does not literally have."""
        woorden = [
            woord
            for veld in VELDEN
            for woord in self._analyse.woorden(document.woorden_van(veld))
        ]
        redenen = (self._reden(term, woorden) for term in self._vraag.termen)
        return list(dict.fromkeys(filter(None, redenen)))

    def _reden(self, term: Term, woorden: list[Woord]) -> str | None:
        exact = {woord.exact for woord in woorden}
        lemmas = {woord.lemma for woord in woorden}
        gevraagd = " ".join(woord.vorm for woord in term.woorden)
        if all(w.exact in exact or w.lemma in lemmas for w in term.woorden):
            return None
        begin = " ".join(woord.exact for woord in term.woorden)
        if term.voorvoegsel and any(e.startswith(begin) for e in exact):
            return None
        for aaneen, getypt in term.aaneen:
            if aaneen in exact:
                vorm = next(woord.vorm for woord in woorden if woord.exact == aaneen)
                return f"“{getypt}” staat hier als “{vorm}”."
        if len(term.woorden) == 1:
            for plekken in _los_geschreven(term.woorden[0].exact, woorden):
                los = " ".join(woorden[plek].vorm for plek in plekken)
                return f"“{gevraagd}” staat hier als “{los}”."
        for woord in woorden:
            if term.woorden[-1].lemma in woord.delen:
                return f"“{gevraagd}” zit in het woord “{woord.vorm}”."
        for synoniem in term.synoniemen:
            if lemmas.issuperset(synoniem):
                # As the record writes it, not as the analysis does.
                vormen = {w.lemma: w.vorm for w in reversed(woorden)}
                ander = " ".join(vormen[lemma] for lemma in synoniem)
                return f"“{ander}” gaat over hetzelfde als “{gevraagd}”."
        return None


def _los_geschreven(gezocht: str, woorden: Sequence[Woord]) -> Iterator[range]:
    """Where words next to each other are one word of the query, written apart."""
    for begin, eerste in enumerate(woorden):
        # Cheap: nearly every word stops here.
        if not gezocht.startswith(eerste.exact) or gezocht == eerste.exact:
            continue
        samen, einde = eerste.exact, begin + 1
        while len(samen) < len(gezocht) and einde < len(woorden):
            samen += woorden[einde].exact
            einde += 1
        if samen == gezocht:
            yield range(begin, einde)
