"""Small rules for text that both databases must agree on."""

from __future__ import annotations

import unicodedata


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
