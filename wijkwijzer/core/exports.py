"""Rules for files that a spreadsheet opens."""

from __future__ import annotations

# A cell that starts with one of these is a formula to a spreadsheet.
FORMULE = ("=", "+", "-", "@", "\t", "\r")


def veilige_cel(tekst: str) -> str:
    """The text with a quote before it when a spreadsheet would run it."""
    return f"'{tekst}" if tekst.startswith(FORMULE) else tekst
