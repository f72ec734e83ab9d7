"""Text with headings, lists, links, tables and pictures, safe wherever it is shown."""

from kennisdossier.opmaak.schoonmaak import (
    Anker,
    met_ankers,
    platte_tekst,
    problemen,
    schoon,
)
from kennisdossier.opmaak.velden import (
    OpgemaakteTekstField,
    OpgemaakteTekstFormField,
    OpmaakWidget,
)

__all__ = [
    "Anker",
    "OpgemaakteTekstField",
    "OpgemaakteTekstFormField",
    "OpmaakWidget",
    "met_ankers",
    "platte_tekst",
    "problemen",
    "schoon",
]
