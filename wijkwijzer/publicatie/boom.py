"""What is printed, as a tree of blocks: text with a meaning, and no markup at all.

The templates read it as JSON. So whatever a record holds stays text there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.publicatie.tekens import zetbaar

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a reader may open from paper: nothing else becomes a link.
ADRESSEN = ("https://", "http://", "mailto:")
LEESTEKENS = (",", ".", ":", ";", ")")


class Stuk(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a line.

    ``noot`` is where it comes from. A record numbers its notes (``noten``): then ``nr``
    is which one it is, and ``opnieuw`` that it was said before.
    """

    tekst: str
    vet: bool = False
    zacht: bool = False
    # Said with stress, as it is in a text.
    schuin: bool = False
    # An editor inferred it; no source says so.
    redactie: bool = False
    url: str = ""
    # The entry of another record, for who reads it in a document that has that too.
    anker: str = ""
    # The name of a theme, of which the mark stands before the text.
    merk: str = ""
    noot: tuple[Stuk, ...] = ()
    nr: int = 0
    opnieuw: bool = False


class Alinea(msgspec.Struct, frozen=True, tag_field="soort", tag="alinea"):
    stukken: list[Stuk]


class Lijst(msgspec.Struct, frozen=True, tag_field="soort", tag="lijst"):
    punten: list[list[Stuk]]
    genummerd: bool = False


class Punten(msgspec.Struct, frozen=True, tag_field="soort", tag="punten"):
    """A list of which an item has paragraphs, or a list of its own."""

    punten: list[list[Blok]]
    genummerd: bool = False
    begin: int = 1


class Citaat(msgspec.Struct, frozen=True, tag_field="soort", tag="citaat"):
    blokken: list[Blok]


class Tabel(msgspec.Struct, frozen=True, tag_field="soort", tag="tabel"):
    """Rows that are all as long; ``kop`` is the first, where columns have a name."""

    naam: str
    kop: list[list[Blok]]
    rijen: list[list[list[Blok]]]
    # Whether the first cell of a row is its name.
    rijkoppen: bool = False


class Kop(msgspec.Struct, frozen=True, tag_field="soort", tag="kop"):
    """A heading inside a field: it is no part of the contents."""

    tekst: str


class Beeld(msgspec.Struct, frozen=True, tag_field="soort", tag="beeld"):
    """A picture of ours, by its name among the media; what it shows is always told."""

    naam: str
    beschrijving: str


Blok = Alinea | Lijst | Punten | Citaat | Tabel | Kop | Beeld


class Veld(msgspec.Struct, frozen=True):
    """A field of a record, with what it is called."""

    kop: str
    blokken: list[Blok]
    # A text to read: its name stands above it.
    breed: bool = False


def stuk(
    tekst: object,
    *,
    vet: bool = False,
    zacht: bool = False,
    redactie: bool = False,
    url: str = "",
    anker: str = "",
    merk: str = "",
    noot: Iterable[Stuk] = (),
) -> Stuk:
    """A piece of text that can be printed, on one line."""
    return Stuk(
        zetbaar(" ".join(str(tekst).split())),
        vet=vet,
        zacht=zacht,
        redactie=redactie,
        url=adres(url),
        anker=anker,
        merk=merk,
        noot=tuple(aaneen(noot)),
    )


def adres(url: str) -> str:
    """An address that may be opened; nothing when it is none."""
    return zetbaar(url) if url.startswith(ADRESSEN) else ""


def anker(soort: str, slug: str) -> str:
    """The place of a record in a document that has it."""
    return f"{soort}-{slug}"


def zin(tekst: object, *, vet: bool = False) -> Stuk:
    """Like :func:`stuk`, beginning with a capital."""
    return stuk(beginkapitaal(tekst), vet=vet)


def aaneen(stukken: Iterable[Stuk]) -> list[Stuk]:
    """Pieces that make a line: a space between them, but none before a comma."""
    regel: list[Stuk] = []
    for deel in stukken:
        if not deel.tekst:
            continue
        los = bool(regel) and not deel.tekst.startswith(LEESTEKENS)
        regel.append(
            msgspec.structs.replace(deel, tekst=f" {deel.tekst}") if los else deel
        )
    return regel


def alinea(*stukken: Stuk) -> Alinea:
    return Alinea(aaneen(stukken))


def alineas(tekst: str, *, zacht: bool = False) -> list[Blok]:
    """Text of an editor: empty lines part its paragraphs."""
    delen = tekst.replace("\r\n", "\n").split("\n\n")
    return [alinea(stuk(deel, zacht=zacht)) for deel in delen if deel.strip()]


def lijst(punten: Iterable[Iterable[Stuk]], *, genummerd: bool = False) -> list[Blok]:
    """Some items. A single one needs no list, unless it is a step."""
    gevuld = [eigen for punt in punten if (eigen := aaneen(punt))]
    if len(gevuld) == 1 and not genummerd:
        return [Alinea(gevuld[0])]
    return [Lijst(gevuld, genummerd)] if gevuld else []
