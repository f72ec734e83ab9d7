"""Which stand this process uses, and how it comes to the next one.

A change is laid over the base in the time of a few queries. Only when very much changed
is the base built anew, by a thread beside the readers (and apart from the process, when
it is large), while the stand before answers: then a change shows when that is ready.
When it cannot be built, all that changed is laid over the base before, whatever that
costs: nobody goes on seeing what was withdrawn. It is tried again after a pause.
"""

from __future__ import annotations

import gc
import logging
from contextvars import ContextVar
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from wijkwijzer.core.databases import DEFAULT
from wijkwijzer.memory.asking import ask_numbers
from wijkwijzer.memory.breaker import breaker, breaker_of
from wijkwijzer.memory.large import (
    BuildError,
    DamagedError,
    build_apart,
    is_large,
    newest,
)
from wijkwijzer.memory.number import Changes, Nummers, read, read_changes
from wijkwijzer.memory.replicas import use_primary
from wijkwijzer.memory.router import reading
from wijkwijzer.memory.watch import Watch
from wijkwijzer.wholes.base import Base, build_base
from wijkwijzer.wholes.layers import changed_rows, lay_over, preview
from wijkwijzer.wholes.models import Publicatie
from wijkwijzer.wholes.stand import Stand

if TYPE_CHECKING:
    from datetime import date

    from wijkwijzer.memory.breaker import Breaker
    from wijkwijzer.wholes.layers import Shown

logger = logging.getLogger(__name__)

FILE = "inhoud"
# With so many changes over it, a base is built anew before it costs time.
RENEW_FROM = 300
# In seconds, from a build that failed to the next.
PAUSE = 30.0
# In seconds, how often stands of before are looked for at most.
TIDY = 30.0

# The stand that the answer being made is made of; its page is kept under its number.
used: ContextVar[Stand | None] = ContextVar("used", default=None)
# What the answer being made is made of instead: a preview, for who asked for that.
instead: ContextVar[Stand | None] = ContextVar("instead", default=None)


class Current:
    """The stand in use. It only ever goes forward, in number or in day."""

    def __init__(self) -> None:
        self._stand: Stand | None = None
        self._base: Base | None = None
        # The base that could not take more changes, until there is another one.
        self._full: Base | None = None
        # When building failed, for as long as none succeeded since.
        self._failed_at: float | None = None
        # Whether a stand was replaced since the ones of before were let go, and when.
        self._replaced = False
        self._tidied_at = float("-inf")
        self._lock = Lock()
        self._building = Lock()

    def tidy(self) -> None:
        """Let go of the stands of before.

        A stand and its documents name each other, and Python looks for such cycles
        seldom on a server (``web.door.warm``): each publication would keep a stand.
        """
        if self._replaced and monotonic() - self._tidied_at >= TIDY:
            self._replaced, self._tidied_at = False, monotonic()
            gc.collect()

    @property
    def in_use(self) -> Stand | None:
        """The stand that answers are made of now; asks nothing."""
        return self._stand

    @property
    def is_intact(self) -> bool:
        """Whether the stand in use can be read: nobody wrote in the file under it."""
        return self._base is None or self._base.is_intact

    def __call__(self) -> Stand:
        """The stand of now: one query, and some more when something changed.

        While the database does not answer, the last one there was, if any.
        """
        if other := instead.get():
            return other
        try:
            number = read().inhoud
            stand = self.at(number)
        except (OperationalError, InterfaceError) as error:
            if reading.get() != DEFAULT:
                breaker_of(reading.get()).open(error)
                use_primary()
                return self()
            if self._stand is None:
                raise
            breaker.open(error)
            stand = self._stand
        else:
            if stand.number > number:
                # Another thread has come further than the replica that this one reads.
                use_primary()
        used.set(stand)
        return stand

    def preview(self, shown: Shown) -> Stand:
        """What readers would see if a working copy were published now.

        It is used by who asks for it, and by nobody else.
        """
        self()
        with self._lock:
            base, stand = self._base, self._stand
        if base is None or stand is None:
            raise RuntimeError("there is a stand, and so a base")
        return preview(base, stand, shown)

    def at(self, number: int) -> Stand:
        """A stand of ``number`` or later; an earlier one while its base is built."""
        day = timezone.localdate()
        if stand := self._as_asked(number, day):
            return stand
        with self._lock:
            return self._as_asked(number, day) or self._go_on(day)

    def _as_asked(self, number: int, day: date) -> Stand | None:
        stand = self._stand
        if not stand or stand.day < day or stand.number < number:
            return None
        return stand if self.is_intact and not self._is_due else None

    def _go_on(self, day: date) -> Stand:
        """Make the next stand. Called with the lock."""
        changes = read_changes()
        if self._base is None or self._stand is None:
            self._use(self._make_base(day, wanted=True))
        elif not self._base.is_intact:
            # What it holds cannot be looked at any more: better late than not at all.
            logger.error("Het bestand onder de catalogus is veranderd.")
            self._use(self._make_base(day, wanted=True))
        elif self._base.day < day:
            # Validity ends with a day. Who comes first after midnight waits for nobody.
            self._build_beside(day)
            self._lay(changes)
        elif not self._lay(changes) or self._is_worn(changes) or self._is_due:
            self._build_beside(day)
        stand = self._stand
        assert stand is not None, "the first base gave one"  # noqa: S101
        return stand

    @property
    def _is_due(self) -> bool:
        """Whether a build that failed may be tried again."""
        return self._failed_at is not None and monotonic() - self._failed_at >= PAUSE

    def _lay(self, changes: Changes) -> bool:
        """Lay what changed over the base; whether that could be done.

        While bases cannot be built, it is done anyway.
        """
        base, before = self._base, self._stand
        assert base and before  # noqa: S101
        if changes.number <= before.number and changes.base == before.changes.base:
            return True
        anyway = self._failed_at is not None
        if base is self._full and not anyway:
            return False
        # The words as they were, unless one of their tables changed.
        new = {*changes.listed} - {*before.changes.listed}
        same = changes.base == before.changes.base and all(
            change.table == Publicatie._meta.db_table for change in new
        )
        vocabulary = before.vocabulary if same else None
        stand = lay_over(base, changes, vocabulary, anyway=anyway)
        if stand is None:
            self._full = base
            return False
        self._stand, self._replaced = stand, True
        return True

    def _is_worn(self, changes: Changes) -> bool:
        assert self._base  # noqa: S101
        rows = changed_rows(self._base, changes)
        return rows is None or len(rows) > RENEW_FROM

    def _use(self, base: Base) -> None:
        """Take a base into use, with what changed since; never an older one."""
        if self._base and (base.day, base.changes.number) < (
            self._base.day,
            self._base.changes.number,
        ):
            return
        stand = lay_over(base, read_changes(), None)
        if stand is None:
            # Much changed while it was built, or an editor changed how words are read.
            stand = lay_over(base, base.changes, None)
        if stand is None:
            raise RuntimeError("a base does not fit itself")
        if self._stand and (stand.day, stand.number) < (
            self._stand.day,
            self._stand.number,
        ):
            return
        before, self._base = self._base, base
        self._stand, self._full = stand, None
        if before and before.held:
            # What readers looked at meanwhile.
            before.held.let_go()

    def _make_base(self, day: date, *, wanted: bool = False) -> Base:
        """Make a base. One that is ``wanted`` now is made here if it fails elsewhere.

        That takes memory that this process keeps, but readers get their page.
        """
        if not is_large(Publicatie.objects.filter(soort="aanpak").count()):
            return build_base(day)
        number = read_changes().number
        base: Base
        self._make_room()
        try:
            base, held = newest(
                FILE,
                str(day),
                number,
                lambda: self._build_file(day),
            )
        except (BuildError, DamagedError, OSError):
            if not wanted:
                raise
            logger.exception("De catalogus kon niet apart worden opgebouwd.")
            return build_base(day)
        base.held = held
        return base

    def _build_file(self, day: date) -> None:
        build_apart("bouw_catalogus", "--dag", str(day))
        self._make_room()

    def _make_room(self) -> None:
        """The next file is about to be read: or both would be memory of ours."""
        if self._base and self._base.held:
            self._base.held.let_go()

    def _build_beside(self, day: date) -> None:
        """Build a base in a thread of its own, if none is doing so or just failed."""
        if self._failed_at is not None and not self._is_due:
            return
        if not self._building.acquire(blocking=False):
            return
        try:
            Thread(target=self._build, args=(day,), daemon=True).start()
        except RuntimeError:
            # No thread can be started now: the next who comes tries again.
            self._building.release()
            logger.exception("De catalogus kon niet opnieuw worden opgebouwd.")

    def _build(self, day: date) -> None:
        """Build with a connection of its own, while others use the stand before."""
        try:
            base = self._make_base(day)
            with self._lock:
                self._failed_at = None
                self._use(base)
            # What went before hangs in cycles: without this it would stay until Python
            # happens to look for those.
            gc.collect()
        except Exception:
            # The one before stays in use; whoever comes after the pause tries again.
            logger.exception("De catalogus kon niet opnieuw worden opgebouwd.")
            self._do_without()
        finally:
            connections.close_all()
            self._building.release()

    def _do_without(self) -> None:
        """Go on without a new base, but with all that changed."""
        with self._lock:
            self._failed_at = monotonic()
            try:
                self._lay(read_changes())
            except Exception:
                # The next who comes tries it too, and is told.
                logger.exception("Wat veranderde, is nog niet te zien.")

    def reset(self, state: tuple[Base, Stand] | None = None) -> None:
        """Forget everything, or go back. For tests, whose numbers come again."""
        self._base, self._stand = state or (None, None)
        self._full = self._failed_at = None
        ask_numbers.forget()

    @property
    def state(self) -> tuple[Base, Stand] | None:
        return (self._base, self._stand) if self._base and self._stand else None


current_stand = Current()


def _go_on(numbers: Nummers) -> None:
    """To the stand that the numbers say there is, filled."""
    # What takes long is for who needs it, and not for who only asks the numbers.
    if current_stand.in_use and current_stand.is_intact:
        current_stand.at(numbers.inhoud).fill()
        current_stand.tidy()


def new_watch(own: Breaker | None = None) -> Watch:
    """A watch on the numbers, which goes on to their stand. ``own`` is for tests."""
    return Watch(ask_numbers, own, _go_on)


# For who may not ask the database with every request.
recent_numbers = new_watch(breaker)
