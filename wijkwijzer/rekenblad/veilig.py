"""What makes a text safe in a cell, and back.

Two conventions, both undone when the file comes back:

- In csv a text that a spreadsheet could take for a formula gets an apostrophe before
  it. So does one that already looks like that: ``=1`` is ``'=1``, and ``'=1`` is
  ``''=1``. Other texts with an apostrophe ('s avonds) stay as they are. In xlsx and ods
  a cell says itself that it is text, and readers would see the apostrophe: there only
  the second gets one, so that all that comes back is read alike.
- A character that no spreadsheet can hold is written as ``\\u000b``.
"""

from __future__ import annotations

import re
import unicodedata

# Also the minus sign of mathematics, which is no variant of "-" to Unicode.
FORMULE = frozenset("=+-@\u2212")
BEGINT_ANDERS = ("\t", "\r", "\n")
ONZICHTBAAR = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
# Beside control characters what openpyxl and Excel themselves use as an escape.
NIET_IN_EEN_CEL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]"
    r"|\\(?=u[0-9a-f]{4})|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)"
)
TERUG = re.compile(r"\\u([0-9a-f]{4})")


def is_formule(tekst: str) -> bool:
    """Whether a spreadsheet could run it, whatever invisible stands before it."""
    kaal = tekst.lstrip("'")
    if kaal.startswith(BEGINT_ANDERS):
        return True
    for teken in kaal:
        if unicodedata.category(teken) not in ONZICHTBAAR:
            # Full width and small signs are formulas to some spreadsheets too.
            return unicodedata.normalize("NFKC", teken)[:1] in FORMULE
    return False


def veilig(tekst: str) -> str:
    return f"'{tekst}" if is_formule(tekst) else tekst


def als_tekst(tekst: str) -> str:
    """The same for a cell that says that it is text."""
    return veilig(tekst) if tekst.startswith("'") else tekst


def onveilig(tekst: str) -> str:
    """What :func:`veilig` or :func:`als_tekst` was given."""
    return tekst[1:] if tekst.startswith("'") and is_formule(tekst) else tekst


def schrijfbaar(tekst: str) -> str:
    return NIET_IN_EEN_CEL.sub(lambda teken: f"\\u{ord(teken[0]):04x}", tekst)


def teruggelezen(tekst: str) -> str:
    return TERUG.sub(lambda code: chr(int(code[1], 16)), tekst)
