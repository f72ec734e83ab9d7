"""The number that tells caches and indexes that public content changed.

An app whose AppConfig says ``draagt_catalogus = True`` has all its tables watched
(``catalogustabellen_elders`` names more, ``niet_gevolgd`` names models to leave out). A
trigger on each raises the number inside the same transaction, so the change is seen
when, and only when, it is committed, whoever made it: the admin, a command, another
process or plain SQL. See docs/adr/0002-triggers-tellen-wijzigingen.md.
"""

from __future__ import annotations

import gc
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf
from threading import Event, Lock, Thread
from time import monotonic, thread_time
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from django.apps import apps
from django.db import Error, close_old_connections, connection, connections
from django.utils import timezone

from wijkwijzer.core.apart import haal
from wijkwijzer.core.models import Catalogusversie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")

logger = logging.getLogger(__name__)

VERHOOG = (
    "INSERT INTO core_catalogusversie (id, versie) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET versie = core_catalogusversie.versie + 1"
)
GEBEURTENISSEN = ("INSERT", "UPDATE", "DELETE")


def huidige_versie() -> int:
    """The number now; one query."""
    # Without the ORM, which takes ten times as long as the database.
    with connection.cursor() as cursor:
        cursor.execute('SELECT versie FROM "core_catalogusversie" WHERE id = 1')
        rij = cursor.fetchone()
    return rij[0] if rij else 0


def verhoog() -> None:
    """Raise the number, as a change of content would."""
    with connections["default"].cursor() as cursor:
        cursor.execute(VERHOOG)


def gevolgde_tabellen() -> Iterator[str]:
    """The tables whose change is a change of public content."""
    for app_config in apps.get_app_configs():
        if not getattr(app_config, "draagt_catalogus", False):
            continue
        niet = {"Catalogusversie", *getattr(app_config, "niet_gevolgd", ())}
        for model in app_config.get_models(include_auto_created=True):
            if model._meta.managed and model._meta.object_name not in niet:
                yield model._meta.db_table
        yield from getattr(app_config, "catalogustabellen_elders", ())


def maak_triggers(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Create the missing triggers. Runs after each migration, once per database."""
    if app_config.label != "core":
        return
    connection = connections[using]
    bestaand = set(connection.introspection.table_names())
    if Catalogusversie._meta.db_table not in bestaand:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION core_verhoog_catalogusversie() "
                f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {VERHOOG}; "
                "RETURN NULL; END $$"
            )
        for tabel in gevolgde_tabellen():
            if tabel in bestaand:
                for sql in _trigger_sql(connection, tabel):
                    cursor.execute(sql)


def ontbrekende_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """The followed tables that exist and whose changes would go unnoticed."""
    sql = {
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger "
        "WHERE tgname = 'catalogusversie'",
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' "
        "AND name LIKE 'catalogusversie_%' GROUP BY tbl_name HAVING count(*) = 3",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        gevolgd = {tabel for (tabel,) in cursor.fetchall()}
    bestaand = set(connection.introspection.table_names())
    return bestaand & set(gevolgde_tabellen()) - gevolgd


def _trigger_sql(connection: BaseDatabaseWrapper, tabel: str) -> Iterator[str]:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        # Per statement: a bulk change of 100 000 rows raises the number once.
        yield (
            f"CREATE OR REPLACE TRIGGER catalogusversie AFTER "
            f"{' OR '.join(GEBEURTENISSEN)} ON {quote(tabel)} "
            "FOR EACH STATEMENT EXECUTE FUNCTION core_verhoog_catalogusversie()"
        )
        return
    for gebeurtenis in GEBEURTENISSEN:
        naam = quote(f"catalogusversie_{tabel}_{gebeurtenis.lower()}")
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {naam} AFTER {gebeurtenis} "
            f"ON {quote(tabel)} BEGIN {VERHOOG}; END"
        )


class Peil(NamedTuple):
    """What public pages follow from: the number, and the day (validity ends)."""

    versie: int
    dag: date


class Versiewacht:
    """Knows the number as it was a moment ago, without a query per call.

    A thread of its own asks the database, at most once per ``INTERVAL`` seconds and
    only when somebody calls, so that a database that hangs holds up no reader. Whoever
    calls gets the last answer if it is younger than ``MAX_OUDERDOM``, and waits for the
    next one otherwise. After a question that failed, or had no answer within
    ``GEDULD``, the last answer counts as outdated and nobody waits, until a question
    succeeds again.
    """

    INTERVAL = 0.2
    MAX_OUDERDOM = 0.5
    GEDULD = 0.5

    def __init__(self) -> None:
        self._lock = Lock()
        self._peil: Peil | None = None
        self._gevraagd_op = self._geldig_op = float("-inf")
        self._storing = False
        self._vraag, self._klaar = Event(), Event()
        self._klaar.set()
        self._draad: Thread | None = None

    def __call__(self) -> tuple[Peil | None, bool]:
        """The last answer, None when there never was one; and whether it is current."""
        nu = monotonic()
        if nu - self._gevraagd_op >= self.INTERVAL:
            self._stel_vraag(nu)
        te_oud = nu - self._geldig_op >= self.MAX_OUDERDOM and not self._storing
        if te_oud and not self._klaar.wait(self.GEDULD):
            self._meld_storing("geen antwoord")
        return self._peil, not self._storing

    def _stel_vraag(self, nu: float) -> None:
        with self._lock:
            if not self._klaar.is_set() or nu - self._gevraagd_op < self.INTERVAL:
                return
            # In this order: whoever sees that a question is out must wait for it.
            self._klaar.clear()
            self._gevraagd_op = nu
            self._vraag.set()
            # Made here and not before: a server may fork after it loaded us.
            if self._draad is None or not self._draad.is_alive():
                self._draad = Thread(target=self._beantwoord, daemon=True)
                self._draad.start()

    def _beantwoord(self) -> None:
        while self._vraag.wait():
            self._vraag.clear()
            try:
                self._peil = Peil(huidige_versie(), timezone.localdate())
            except Error as fout:
                self._meld_storing(fout)
                connections.close_all()
            else:
                self._geldig_op = self._gevraagd_op
                if self._storing:
                    self._storing = False
                    logger.warning("De database antwoordt weer.")
                close_old_connections()
            finally:
                self._klaar.set()

    def _meld_storing(self, oorzaak: object) -> None:
        if not self._storing:
            self._storing = True
            logger.error("De database antwoordt niet: %s", oorzaak)


recente_versie = Versiewacht()


# Whether the answer that is being made uses something older than the number says: such
# an answer must not be kept under that number.
loopt_achter: ContextVar[bool] = ContextVar("loopt_achter", default=False)


_gelezen: ContextVar[int | None] = ContextVar("gelezen", default=None)


@contextmanager
def een_versie() -> Iterator[None]:
    """Read the number once: everything asked inside is of that version."""
    token = _gelezen.set(huidige_versie())
    try:
        yield
    finally:
        _gelezen.reset(token)


@dataclass(frozen=True)
class _Bouwsel(Generic[T]):
    sleutel: tuple[int, date]
    waarde: T
    seconden: float


class PerVersie(Generic[T]):
    """Something built from public content, kept until the content or the day changes.

    One per process. Calling it costs one query for the number. What builds quickly is
    built anew by the thread that comes first, while others wait. What took longer than
    ``ACHTERGROND_VANAF`` is built beside the running requests: until it is ready they
    use the one before, and then all of them the new one at once.

    With ``naam``, what ``is_groot`` calls big is built in a process of its own and
    shared by all workers of the machine (``core.apart``).
    """

    ACHTERGROND_VANAF = 2.0

    _alle: ClassVar[list[PerVersie[Any]]] = []

    def __init__(
        self,
        bouw: Callable[[date], T],
        *,
        naam: str = "",
        is_groot: Callable[[], bool] = lambda: False,
    ) -> None:
        self.bouw = bouw
        self.naam = naam
        self._is_groot = is_groot
        self._lock = Lock()
        self._bouwsel: _Bouwsel[T] | None = None
        self._alle.append(self)

    def __call__(self, versie: int | None = None) -> T:
        """The thing for now. ``versie``: the number, for who has just read it."""
        if versie is None:
            versie = _gelezen.get()
        if versie is None:
            versie = huidige_versie()
        sleutel = (versie, timezone.localdate())
        bouwsel = self._bouwsel
        if bouwsel and bouwsel.sleutel == sleutel:
            return bouwsel.waarde
        if bouwsel and bouwsel.seconden > self.ACHTERGROND_VANAF:
            if self._lock.acquire(blocking=False):
                Thread(target=self._bouw_ernaast, args=(sleutel,), daemon=True).start()
            loopt_achter.set(True)
            return bouwsel.waarde
        with self._lock:
            if not self._bouwsel or self._bouwsel.sleutel != sleutel:
                self._bouwsel = self._maak(sleutel)
            return self._bouwsel.waarde

    def _maak(self, sleutel: tuple[int, date]) -> _Bouwsel[T]:
        if self._is_groot():
            # No reader waits for another process when there is an older one to use.
            return _Bouwsel(sleutel, haal(self.naam, *sleutel), inf)
        # Processor time: a machine that is busy with other things says nothing.
        begin = thread_time()
        waarde = self.bouw(sleutel[1])
        return _Bouwsel(sleutel, waarde, thread_time() - begin)

    def _bouw_ernaast(self, sleutel: tuple[int, date]) -> None:
        """Build in a thread that holds the lock, with a connection of its own."""
        try:
            self._bouwsel = self._maak(sleutel)
            # The one before hangs in cycles, as each form knows its filters: without
            # this it would stay until Python happens to look for those.
            gc.collect()
        except Exception:
            # The one before stays in use; the next request tries again.
            logger.exception("De catalogus kon niet opnieuw worden opgebouwd.")
            raise
        finally:
            connections.close_all()
            self._lock.release()

    @classmethod
    def met_naam(cls, naam: str) -> PerVersie[Any]:
        """The one with this name; KeyError when there is none."""
        return {per_versie.naam: per_versie for per_versie in cls._alle if naam}[naam]

    @classmethod
    def vergeet_alles(cls) -> None:
        """Forget what was built. For tests, whose rolled back numbers come again."""
        for per_versie in cls._alle:
            per_versie._bouwsel = None
