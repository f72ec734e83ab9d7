"""Fair use: how many answers one connection may let us make in a minute.

Only what Django makes counts: what the door keeps costs next to nothing, and is not
limited. Each process counts by itself, so that reading writes nothing and nobody waits;
so who is sent to several processes may ask more than we promise, never less. Of an
address nothing stays: it is in memory for a minute at most.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.conf import settings

VENSTER = 60
# A bound on memory: with so many at a time, those of this minute begin anew.
MEESTE_ADRESSEN = 50_000


class Stand(NamedTuple):
    """How much may still be asked, and in how many seconds that begins anew."""

    over: int
    seconden: int
    te_veel: bool = False

    def kopregels(self) -> dict[str, str]:
        wacht = {"Retry-After": str(self.seconden)} if self.te_veel else {}
        return wacht | {
            "RateLimit": f'"vragen";r={self.over};t={self.seconden}',
            "RateLimit-Remaining": str(self.over),
            "RateLimit-Reset": str(self.seconden),
        }


class Limiet:
    def __init__(self) -> None:
        self._slot = Lock()
        self._venster = 0
        self._geteld: dict[str, int] = {}

    def tel(self, adres: str) -> Stand:
        """Count one question of an address."""
        nu = monotonic()
        venster, seconden = int(nu // VENSTER), VENSTER - int(nu % VENSTER)
        mag = settings.API_PER_MINUUT
        with self._slot:
            if venster != self._venster or len(self._geteld) >= MEESTE_ADRESSEN:
                self._venster, self._geteld = venster, {}
            aantal = self._geteld[adres] = self._geteld.get(adres, 0) + 1
        return Stand(max(mag - aantal, 0), seconden, te_veel=aantal > mag)

    def vergeet(self) -> None:
        """Begin anew. For tests."""
        with self._slot:
            self._geteld = {}


limiet = Limiet()


def vaste_kopregels() -> dict[str, str]:
    """What holds for everybody, and so may stand on an answer that is kept."""
    mag = settings.API_PER_MINUUT
    return {
        "RateLimit-Policy": f'"vragen";q={mag};w={VENSTER}',
        "RateLimit-Limit": str(mag),
    }
