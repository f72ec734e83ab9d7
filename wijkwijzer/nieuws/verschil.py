"""What differs between two documents of a record, in the words of readers.

What readers cannot see any more is not shown again: it may be gone for a reason. So of
free text only what stands there now is told, and of choices, terms and dates also what
it was (docs/adr/0027).
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from wijkwijzer.core.teksten import beginkapitaal
from wijkwijzer.wholes.declaration import Kind
from wijkwijzer.wholes.difference import How, difference
from wijkwijzer.wholes.words import SeenNames, Words, field_at, is_free_text

if TYPE_CHECKING:
    from wijkwijzer.wholes.declaration import Data, Whole
    from wijkwijzer.wholes.difference import Change
    from wijkwijzer.wholes.stand import Stand

# Longer texts are told by the words around what differs: so many on either side, and no
# more than so many in all.
KORT, EROMHEEN, HOOGSTENS = 24, 5, 40
# One word may be as long as an address.
MAX_TEKENS = 400
# What a page is sorted or found by, and shows nowhere.
ONZICHTBAAR = {"sorteernaam", "volgorde", "volgorde_in_bron", "markeren"}


class Verschil(NamedTuple):
    """One difference: of what, and what it was and is; empty where nothing is told."""

    waarvan: str
    was: str
    nu: str
    how: How

    @property
    def erbij(self) -> bool:
        return self.how is How.ADDED

    @property
    def weg(self) -> bool:
        return self.how is How.REMOVED

    @property
    def verplaatst(self) -> bool:
        return self.how is How.MOVED


def verschillen(
    stand: Stand, declared: type[Whole], before: Data, after: Data
) -> list[Verschil]:
    """What readers see differently, each once, in the order of the page."""
    woorden = Words(SeenNames(stand), whole=False)
    found = (
        _verteld(woorden, declared, change, after)
        for change in difference(declared, before, after)
        if change.place[-1] not in ONZICHTBAAR
    )
    return [*dict.fromkeys(found)]


def _verteld(
    woorden: Words, declared: type[Whole], change: Change, document: Data
) -> Verschil:
    f = field_at(declared, change.place)
    heel = change.how is How.CHANGED
    waarvan = woorden.where(declared, change.place, document, whole=heel)
    if change.how is How.MOVED:
        # Of all that moved at once: that the order is another one.
        return Verschil(beginkapitaal(f.label), "", "", How.MOVED)
    was, nu = (woorden.value(f, value) for value in (change.old, change.new))
    how = change.how
    if how is How.CHANGED and not (was and nu):
        how = How.ADDED if nu else How.REMOVED
    was, nu = _kern(was, nu)
    if is_free_text(f) and change.place != ("naam",):
        was = ""
    elif f.kind is Kind.PARTS:
        was = woorden.value(f, change.old, without_text=True)
    return Verschil(beginkapitaal(waarvan), was[:MAX_TEKENS], nu[:MAX_TEKENS], how)


def _kern(was: str, nu: str) -> tuple[str, str]:
    """Two texts; of long ones the words around what differs."""
    a, b = was.split(), nu.split()
    if max(len(a), len(b)) <= KORT:
        return was, nu
    voor = _gelijk(a, b)
    na = _gelijk(a[voor:][::-1], b[voor:][::-1])
    return _deel(a, voor, len(a) - na), _deel(b, voor, len(b) - na)


def _gelijk(a: list[str], b: list[str]) -> int:
    return sum(
        1 for _ in takewhile(lambda paar: paar[0] == paar[1], zip(a, b, strict=False))
    )


def _deel(woorden: list[str], van: int, tot: int) -> str:
    van = max(van - EROMHEEN, 0)
    tot = min(tot + EROMHEEN, van + HOOGSTENS, len(woorden))
    begin, eind = "… " if van else "", " …" if tot < len(woorden) else ""
    return f"{begin}{' '.join(woorden[van:tot])}{eind}"
