"""What readers searched for in vain: counted per day, of nobody in particular.

Looking writes nothing: a process counts in memory (:class:`Gemist`), and keeps that
once a minute, beside the readers. What is kept of who asks what are two hashes with a
secret of that day. The words themselves are written down only once ``GENOEG`` different
askers had the same: what one person typed, a name for instance, is nowhere to be read.
Secret and hashes go when the day is over.

A process that ends in between loses a minute, and what people behind one network ask
counts once: the numbers are "at least so many".
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextvars import ContextVar
from datetime import timedelta
from hashlib import blake2b
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from wijkwijzer.core.netwerk import HOUDER, netwerk
from wijkwijzer.search.models import Zoekdag, Zoekvrager, Zoekwoord

if TYPE_CHECKING:
    from datetime import date

# The query of the answer that is being made, when nothing here is about it.
niets_gevonden: ContextVar[str] = ContextVar("niets_gevonden", default="")

# So many different askers before words can be read by anybody.
GENOEG = 3
WEG_NA = timedelta(days=90)
# Longer is a pasted text, and no word that somebody else types as well.
LANGSTE = 60
# Addresses and numbers of people are never counted.
VAN_IEMAND = re.compile(r"@|(?:\d[\s.-]*){6}")

# Between two times that it is kept, whoever asks and whatever: about a megabyte.
MEESTE = 5000
# So many words of one asker in that time, and in a day; and of all together in a day.
MEESTE_PER_VRAGER, PER_VRAGER_PER_DAG, PER_DAG = 20, 50, 50_000
# So many go into one query.
TEGELIJK = 400


def genormaliseerd(tekst: str) -> str:
    """The same words in one way of writing; empty when they are not to be counted."""
    woord = " ".join(tekst.lower().split())
    return "" if len(woord) > LANGSTE or VAN_IEMAND.search(woord) else woord


class Gemist:
    """Who asked what in vain, in this process, since it was kept last. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: set[tuple[date, str, str]] = set()
        self._by_asker: dict[str, int] = defaultdict(int)

    def noteer(self, tekst: str, adres: str) -> None:
        """That somebody at a network address asked this."""
        if not (woord := genormaliseerd(tekst)):
            return
        vrager = netwerk(adres, HOUDER)
        one = (timezone.localdate(), woord, vrager)
        with self._lock:
            if (
                one in self._asked
                or len(self._asked) >= MEESTE
                or self._by_asker[vrager] >= MEESTE_PER_VRAGER
            ):
                return
            self._asked.add(one)
            self._by_asker[vrager] += 1

    def neem(self) -> set[tuple[date, str, str]]:
        """All of it, which this then forgets."""
        with self._lock:
            asked, self._asked = self._asked, set()
            self._by_asker.clear()
        return asked

    def bewaar(self) -> None:
        """Keep what was asked, and let go of what was kept long enough."""
        per_dag: dict[date, set[tuple[str, str]]] = defaultdict(set)
        for dag, woord, vrager in self.neem():
            per_dag[dag].add((woord, vrager))
        for dag, asked in per_dag.items():
            _bewaar(dag, asked)
        ruim_op()


@transaction.atomic
def _bewaar(dag: date, asked: set[tuple[str, str]]) -> None:
    zoekdag, _ = Zoekdag.objects.get_or_create(
        dag=dag, defaults={"zout": token_hex(32)}
    )
    words = {_hash(zoekdag, "woord", woord): woord for woord, _ in asked}
    rows = [
        Zoekvrager(
            zoekdag=zoekdag,
            woord=_hash(zoekdag, "woord", woord),
            vrager=_hash(zoekdag, "vrager", vrager),
        )
        for woord, vrager in asked
    ]
    Zoekvrager.objects.bulk_create(
        _zoveel_er_mag(zoekdag, rows), TEGELIJK, ignore_conflicts=True
    )
    keys = [*words]
    for start in range(0, len(keys), TEGELIJK):
        some = keys[start : start + TEGELIJK]
        counted = (
            Zoekvrager.objects.filter(zoekdag=zoekdag, woord__in=some)
            .values("woord")
            .annotate(vragers=Count("pk"))
            .filter(vragers__gte=GENOEG)
        )
        for row in counted:
            Zoekwoord.objects.update_or_create(
                dag=dag,
                woord=words[row["woord"]],
                defaults={"vragers": row["vragers"]},
            )


def _zoveel_er_mag(zoekdag: Zoekdag, rows: list[Zoekvrager]) -> list[Zoekvrager]:
    """Not more of one asker in a day, nor of all: nobody fills the database."""
    own = Zoekvrager.objects.filter(zoekdag=zoekdag)
    room = PER_DAG - own.count()
    askers = [*{row.vrager for row in rows}]
    before: dict[str, int] = defaultdict(int)
    for start in range(0, len(askers), TEGELIJK):
        some = own.filter(vrager__in=askers[start : start + TEGELIJK])
        before.update(some.values_list("vrager").annotate(n=Count("pk")))
    kept: list[Zoekvrager] = []
    for row in rows:
        if len(kept) < room and before[row.vrager] < PER_VRAGER_PER_DAG:
            before[row.vrager] += 1
            kept.append(row)
    return kept


def _hash(zoekdag: Zoekdag, waarvan: str, tekst: str) -> str:
    key = bytes.fromhex(zoekdag.zout)
    return blake2b(f"{waarvan}\0{tekst}".encode(), key=key, digest_size=16).hexdigest()


def ruim_op() -> None:
    """Forget who asked once the day is over, and the words after a while."""
    today = timezone.localdate()
    gone = Zoekdag.objects.filter(dag__lt=today)
    Zoekvrager.objects.filter(zoekdag__in=gone).delete()
    gone.delete()
    Zoekwoord.objects.filter(dag__lte=today - WEG_NA).delete()
