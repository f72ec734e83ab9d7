"""Small rules for text that both databases must agree on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def zonder_accenten(tekst: str) -> str:
    """Lower case without diacritics: "Één" becomes "een"."""
    # The Turkish i without a dot is a letter of its own, that few can type.
    klein = tekst.casefold().replace("\u0131", "i")
    ontleed = unicodedata.normalize("NFKD", klein)
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def sorteersleutel(tekst: str) -> str:
    """Sorts names as readers expect, the same on every database and its collations."""
    return zonder_accenten(tekst)


def regels(tekst: str) -> list[str]:
    """The lines of a field that holds one item per line."""
    return [regel.strip() for regel in tekst.splitlines() if regel.strip()]


def beginkapitaal(tekst: object) -> str:
    """The first letter as a capital; the rest stays as it is."""
    woorden = str(tekst)
    return woorden[:1].upper() + woorden[1:]


def opgesomd(woorden: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word of "a, b en c", after what stands before it: nothing, ", " or " en ".

    A last word that holds an "en" itself gets a comma: "a, b, c en d".
    """
    for plaats, woord in enumerate(woorden):
        laatste = plaats == len(woorden) - 1
        voor = " en " if laatste and " en " not in woord else ", "
        yield voor if plaats else "", woord
