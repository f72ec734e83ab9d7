"""A word that a text writes as more words: "denhaag" for "Den Haag".

Nothing is kept for it: the words of the index, and the pairs of words that stand next
to each other, tell in which ways a row of letters can be read.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wijkwijzer.memory.bitmaps import Bits

# A shorter row of letters is no name written together.
KORTSTE = 4

# Per field the documents of which the words so far stand next to each other.
Per = dict[str, int]


def losgeschreven(
    geheel: str,
    exact: Mapping[str, Bits[str]],
    naast: Callable[[str, str], int],
    begint: Callable[[str], Iterable[str]] | None = None,
) -> Per:
    """Per field the documents that have ``geheel`` as words next to each other.

    ``exact``: the words of each field. ``naast``: the documents in which one word
    stands before another. ``begint``: the words that begin with some letters, when the
    last one may be half typed. The cost grows with the letters, whatever they are: of
    all ways to come to a place in the row, those that end in the same word are one.
    """
    if len(geheel) < KORTSTE or geheel.isdigit():
        return {}
    # Per place in the row: the last word before it, and where the words so far are.
    bij: list[dict[str, Per]] = [{} for _ in geheel]
    bij[0][""] = {}
    klaar: Per = defaultdict(int)
    for begin, tot_hier in enumerate(bij):
        if not tot_hier:
            continue
        for woord in begint(geheel[begin:]) if begint and begin else ():
            _verder(tot_hier, woord, exact, naast, klaar)
        for einde in range(begin + 1, len(geheel) + (begin > 0)):
            woord = geheel[begin:einde]
            if not any(woord in bits for bits in exact.values()):
                continue
            doel = bij[einde].setdefault(woord, {}) if einde < len(bij) else klaar
            _verder(tot_hier, woord, exact, naast, doel)
    return {veld: bits for veld, bits in klaar.items() if bits}


def _verder(
    tot_hier: dict[str, Per],
    woord: str,
    exact: Mapping[str, Bits[str]],
    naast: Callable[[str, str], int],
    doel: Per,
) -> None:
    """Add to ``doel`` where ``woord`` comes after any of the words so far."""
    velden = [veld for veld, bits in exact.items() if woord in bits]
    for links, voor in tot_hier.items():
        for veld, bits in _samen(links, voor, woord, velden, exact, naast).items():
            doel[veld] = doel.get(veld, 0) | bits


def _samen(
    links: str,
    voor: Per,
    woord: str,
    velden: list[str],
    exact: Mapping[str, Bits[str]],
    naast: Callable[[str, str], int],
) -> Per:
    """Where the words so far go on with ``woord``."""
    if not links:
        return {veld: exact[veld].bits(woord) for veld in velden}
    if not (velden := [veld for veld in velden if voor.get(veld)]):
        return {}
    if not (paar := naast(links, woord)):
        return {}
    samen = {veld: voor[veld] & paar & exact[veld].bits(woord) for veld in velden}
    return {veld: bits for veld, bits in samen.items() if bits}
