"""Dutch words that simplemma does not know: who types one made no typing error.

They are those of OpenTaal's list (2020, by Debian's ``wdutch`` 2.20.19) that simplemma
lacks, of 4 to 16 letters, in small letters, with and without their accents.
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

BESTAND = Path(__file__).with_name("nederlands.txt.xz")


@cache
def _woorden() -> bytes:
    """One a line, by alphabet, 2 MB; read when somebody first asks for a strange word.

    A list of words would take five times as much.
    """
    return lzma.decompress(BESTAND.read_bytes())


def is_nederlands(woord: str) -> bool:
    """Whether OpenTaal has the word: by halves, some twenty steps."""
    gezocht, woorden = woord.encode(), _woorden()
    # Every word stands between two line ends; the file begins with one.
    begin, eind = 0, len(woorden) - 1
    while begin < eind:
        midden = woorden.rfind(b"\n", begin, (begin + eind) // 2 + 1)
        volgende = woorden.find(b"\n", midden + 1)
        gevonden = woorden[midden + 1 : volgende]
        if gevonden == gezocht:
            return True
        if gevonden < gezocht:
            begin = volgende
        else:
            eind = midden
    return False
