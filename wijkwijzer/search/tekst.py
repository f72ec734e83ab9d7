"""The text of a record as the search reads it: which words weigh how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wijkwijzer.wholes.declaration import Kind, Spec, spec_of

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Field

# What stands between two names in one title: "Thuis op Straat (TOS)".
TUSSEN_NAMEN = re.compile(r"[()/:–]")
VELDEN = ("titel", "samenvatting", "trefwoorden", "tekst")


@dataclass(frozen=True)
class Zoekdocument:
    """The text of one record, by weight; each piece of text is a line.

    ``ook`` weighs like the summary, and is no part of it: other names of the record.
    """

    titel: str
    samenvatting: str = ""
    trefwoorden: str = ""
    tekst: str = ""
    ook: str = ""
    url: str = ""

    def woorden_van(self, veld: str) -> str:
        """All text of a weight."""
        tekst: str = getattr(self, veld)
        return f"{tekst}\n{self.ook}" if veld == "samenvatting" else tekst

    def namen(self) -> set[str]:
        """What it is called, also when a title gives two names at once."""
        regels = [self.titel, *self.ook.splitlines()]
        return {*regels, *(n for regel in regels for n in TUSSEN_NAMEN.split(regel))}


# What explains a hit best stands first: a running text, then a list, then parts.
VOLGORDE = {Kind.VALUE: 0, Kind.LINES: 1, Kind.PARTS: 2}
LAATST = 3


def zoekdocument(document: Any) -> Zoekdocument:
    """What the declaration of a record says of its fields (``Info.search``)."""
    regels: dict[str, list[str]] = {veld: [] for veld in (*VELDEN, "ook")}
    gevonden = sorted(_regels(document), key=lambda regel: regel[0])
    for _, veld, regel in gevonden:
        regels[veld].append(regel)
    teksten = {veld: "\n".join(gevonden) for veld, gevonden in regels.items()}
    return Zoekdocument(**teksten, url=document.get_absolute_url())


def _regels(document: Any) -> Iterator[tuple[int, str, str]]:
    """(place, weight, line) of everything that counts."""
    for f in spec_of(type(document)).fields:
        value = getattr(document, f.name)
        plaats = VOLGORDE.get(f.kind, LAATST)
        if f.kind is Kind.PARTS:
            part = spec_of(f.type)
            for instance in value:
                yield from _van_deel(part, instance, plaats)
        elif f.info.search:
            for woorden in _woorden(f, value):
                yield plaats, f.info.search, woorden


def _van_deel(part: Spec, instance: Any, plaats: int) -> Iterator[tuple[int, str, str]]:
    """One line of a part per weight: "Jongeren: jongeren tot 23 jaar".

    In running text the word of a list says less than the sentence beside it.
    """
    stukken: dict[str, list[str]] = {}
    for f in part.fields:
        if not f.info.search:
            continue
        woorden = _woorden(f, getattr(instance, f.name))
        if f.kind is Kind.TERM and f.info.search == "tekst":
            yield from ((LAATST, "tekst", woord) for woord in woorden)
        else:
            stukken.setdefault(f.info.search, []).extend(woorden)
    yield from ((plaats, veld, ": ".join(alles)) for veld, alles in stukken.items())


def _woorden(f: Field, value: Any) -> list[str]:
    values = value if f.many else [value]
    return [f.info.words(v) for v in values if v is not None and v != ""]
