"""Marks terms of the glossary where a text uses them, without touching what is kept."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kennisdossier.whole import BegripDocument

# Markup, and the text between it.
STUKKEN = re.compile(r"(<[^>]*>)")
ELEMENT = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
# A link cannot hold a link, and a heading with a button in it is hard to listen to.
NIET_IN = frozenset({"a", "h1", "h2", "h3", "h4", "th", "caption", "button"})
# An abbreviation is only itself in capitals: ABCD, PBS.
AFKORTING = re.compile(r"[A-Z]{2,}")


class Term(NamedTuple):
    """What a marked word shows."""

    slug: str
    naam: str
    definitie: str
    url: str


class Begrippenlijst:
    """The published terms, ready to be found in texts."""

    def __init__(self, begrippen: Iterable[BegripDocument]) -> None:
        self.termen: list[Term] = []
        self._per_vorm: dict[str, Term] = {}
        for begrip in begrippen:
            term = Term(
                begrip.slug, begrip.naam, begrip.definitie, begrip.get_absolute_url()
            )
            self.termen.append(term)
            if begrip.markeren:
                for vorm in (begrip.naam, *begrip.varianten):
                    self._per_vorm.setdefault(_sleutel(escape(vorm, quote=False)), term)
        # The longest first: "third place" before "place".
        vormen = sorted(self._per_vorm, key=len, reverse=True)
        self._patroon = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, vormen))})(?![\w-])", re.IGNORECASE
        )

    def zoek(self, tekst: str, begin: int) -> tuple[re.Match[str], Term] | None:
        """The first term in escaped text from ``begin`` on."""
        if not self._per_vorm:
            return None
        for gevonden in self._patroon.finditer(tekst, begin):
            if term := self._per_vorm.get(_sleutel(gevonden[0])):
                return gevonden, term
        return None

    def markering(self, behalve: str = "") -> Markering:
        """A marking for one page; ``behalve``: the slug whose own page it is."""
        return Markering(self, behalve)


class Markering:
    """Marks each term once on a page, over all texts that it is called with."""

    do_not_call_in_templates = True

    def __init__(self, lijst: Begrippenlijst, behalve: str = "") -> None:
        self._lijst = lijst
        self._gehad = {behalve}

    def __call__(self, html: str) -> SafeString:
        """Safe HTML with a link and a toggletip at the first place of each term."""
        uit: list[str] = []
        diepte = 0
        for stuk in STUKKEN.split(html):
            if element := ELEMENT.match(stuk):
                if element[2].lower() in NIET_IN:
                    diepte += -1 if element[1] else 1
                uit.append(stuk)
            else:
                uit.append(self._markeer(stuk) if diepte == 0 else stuk)
        # Safe came in, ours is escaped.
        return mark_safe("".join(uit))  # noqa: S308  # nosec B308 B703

    def _markeer(self, tekst: str) -> str:
        uit, begin = "", 0
        plek = 0
        while gevonden := self._lijst.zoek(tekst, plek):
            match, term = gevonden
            plek = match.end()
            if term.slug not in self._gehad:
                self._gehad.add(term.slug)
                uit += tekst[begin : match.start()] + _toggletip(match[0], term)
                begin = plek
        return uit + tekst[begin:]


def _sleutel(vorm: str) -> str:
    return vorm if AFKORTING.fullmatch(vorm) else vorm.casefold()


def _toggletip(woord: str, term: Term) -> str:
    """The word as a link, and a button that opens its definition without a script."""
    naam, definitie = escape(term.naam), escape(term.definitie)
    return (
        f'<a href="{term.url}">{woord}</a>'
        f'<button class="tip" type="button" popovertarget="begrip-{term.slug}"'
        f' aria-label="Wat is {naam}?">?</button>'
        f'<span class="tip-text" popover id="begrip-{term.slug}">'
        f"<strong>{naam}</strong>: {definitie}</span>"
    )
