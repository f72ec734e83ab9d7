"""Reading and raising the numbers that say whether readers can see something new."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, connections, transaction

from wijkwijzer.memory.models import Nummer, Nummersoort, Wijziging
from wijkwijzer.memory.router import reading

if TYPE_CHECKING:
    from django.apps import AppConfig

# From so many changes on, they are counted once and no longer listed.
VOUW_VANAF = 500

# The name of the table, when anything can have changed.
ANYTHING = ""

READ = (
    "SELECT n.soort, n.basis, count(w.id) FROM memory_nummer n "
    "LEFT JOIN memory_wijziging w ON w.soort = n.soort GROUP BY n.soort, n.basis"
)
READ_CHANGES = (
    "SELECT n.basis, w.id, w.tabel, w.rij FROM memory_nummer n "
    "LEFT JOIN memory_wijziging w ON w.soort = n.soort WHERE n.soort = %s "
    # PostgreSQL gives rows as they lie, also where others were taken away.
    "ORDER BY w.id"
)


class Nummers(NamedTuple):
    """How often the content, and what readers say of it, changed so far."""

    inhoud: int = 0
    reacties: int = 0

    def is_before(self, other: Nummers) -> bool:
        """Whether ``other`` knows of something that these do not."""
        return self.inhoud < other.inhoud or self.reacties < other.reacties


class Change(NamedTuple):
    """One change of the content; ``row`` is None when it is not of one row."""

    id: int
    table: str
    row: int | None


class Changes(NamedTuple):
    """All changes that are listed, and how many there were before them."""

    base: int
    listed: tuple[Change, ...]

    @property
    def number(self) -> int:
        return self.base + len(self.listed)


def read(using: str | None = None) -> Nummers:
    """The numbers now; one query, without the ORM, which takes ten times as long.

    ``using``: the alias of a database, if not the one that this thread reads from.
    """
    with connections[using or reading.get()].cursor() as cursor:
        cursor.execute(READ)
        found = {soort: basis + listed for soort, basis, listed in cursor.fetchall()}
    return Nummers(
        found.get(Nummersoort.INHOUD.value, 0), found.get(Nummersoort.REACTIES.value, 0)
    )


def read_changes() -> Changes:
    """The changes of the content, as one moment saw them; one query."""
    with connections[reading.get()].cursor() as cursor:
        cursor.execute(READ_CHANGES, [Nummersoort.INHOUD.value])
        rows = cursor.fetchall()
    base = rows[0][0] if rows else 0
    return Changes(base, tuple(Change(*row[1:]) for row in rows if row[1] is not None))


def raise_number(soort: Nummersoort, what: str = ANYTHING) -> None:
    """Say that something changed which no trigger sees; ``what`` is for who looks."""
    Wijziging.objects.create(soort=soort, tabel=what)


def never_came() -> int:
    """A number that no count of changes ever came to: they take over a millisecond."""
    return int(time() * 1000)


def start_over() -> None:
    """Let all numbers be higher than anybody has seen, for what was lost.

    A replica that took over may miss the last changes. Processes that saw those would
    hold what they kept for newer than what there is.
    """
    Nummer.objects.update(basis=never_came())


def go_on(*, app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After a migration anything can have changed. Runs once per database.

    When the numbers are gone, as after a `flush`, they start where no count ever came:
    nobody takes what is new for something old.
    """
    if app_config.label != "memory":
        return
    if Nummer._meta.db_table not in connections[using].introspection.table_names():
        return
    for soort in Nummersoort:
        Nummer.objects.using(using).get_or_create(
            soort=soort, defaults={"basis": never_came()}
        )
    if kwargs.get("plan"):
        Wijziging.objects.using(using).create(soort=Nummersoort.INHOUD, tabel=ANYTHING)


def fold() -> None:
    """Count what is listed into the base, when that has become long.

    Only one at a time, and nobody waits: another is doing it, or will.
    """
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        rows = Nummer.objects.select_for_update(skip_locked=skip).order_by("pk")
        for nummer in rows:
            listed = Wijziging.objects.filter(soort=nummer.soort)
            if listed.count() < VOUW_VANAF:
                continue
            # Those that are there now: others may come while we count.
            ids = list(listed.values_list("pk", flat=True))
            for start in range(0, len(ids), VOUW_VANAF):
                listed.filter(pk__in=ids[start : start + VOUW_VANAF]).delete()
            nummer.basis += len(ids)
            nummer.save(update_fields=["basis"])


def fold_later() -> None:
    """Fold once this transaction is committed. What fails then fails only that."""
    transaction.on_commit(fold, robust=True)
