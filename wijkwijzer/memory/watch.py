"""Knows the numbers as they were a moment ago, without a query per request."""

from __future__ import annotations

from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from django.db import Error, close_old_connections, connections

from wijkwijzer.memory.breaker import Breaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.memory.number import Nummers


class Watch:
    """Asks the database for the numbers, in a thread of its own.

    It asks at most once per ``INTERVAL`` seconds and only when somebody calls, so that
    a database that hangs holds up no reader. Whoever calls gets the last answer if it
    is younger than ``MAX_AGE``, and waits for the next one otherwise. After a question
    that failed, or had no answer within ``PATIENCE``, the last answer counts as
    outdated and nobody waits, until a question succeeds again: ``breaker`` is open.

    With ``go_on`` the thread makes what the numbers are of before anybody has them. On
    a busy machine that takes longer than an answer, and then says nothing of the
    database: whoever waits does so for ``GOING_ON`` more, and has the last answer then.
    """

    INTERVAL = 0.2
    MAX_AGE = 0.5
    PATIENCE = 0.5
    GOING_ON = 2.0

    def __init__(
        self,
        ask: Callable[[], Nummers],
        breaker: Breaker | None = None,
        go_on: Callable[[Nummers], None] = lambda numbers: None,
    ) -> None:
        self._ask, self._go_on = ask, go_on
        self.breaker = Breaker() if breaker is None else breaker
        self._lock = Lock()
        self._numbers: Nummers | None = None
        self._asked_at = self._heard_at = self._valid_at = float("-inf")
        self._question, self._answered = Event(), Event()
        self._answered.set()
        self._thread: Thread | None = None

    def __call__(self) -> tuple[Nummers | None, bool]:
        """The last answer, None when there never was one; and whether it is current."""
        known = self.glance()
        if known is None and not self._answered.wait(self.PATIENCE):
            if self._heard_at < self._asked_at:
                self.breaker.open("geen antwoord")
            else:
                self._answered.wait(self.GOING_ON)
        return known or (self._numbers, not self.breaker)

    def glance(self) -> tuple[Nummers | None, bool] | None:
        """The same without ever waiting; None when there is something to wait for."""
        now = monotonic()
        if now - self._asked_at >= self.INTERVAL:
            self._put_question(now)
        if now - self._valid_at >= self.MAX_AGE and not self.breaker:
            return None
        return self._numbers, not self.breaker

    def _put_question(self, now: float) -> None:
        with self._lock:
            if not self._answered.is_set() or now - self._asked_at < self.INTERVAL:
                return
            # Made here and not before: a server may fork after it loaded us. Before
            # anybody waits for its answer: a thread that cannot start gives none.
            if self._thread is None or not self._thread.is_alive():
                thread = Thread(target=self._answer, daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:
                    self._asked_at = now
                    self.breaker.open(error)
                    return
                self._thread = thread
            # In this order: whoever sees that a question is out must wait for it.
            self._answered.clear()
            self._asked_at = now
            self._question.set()

    def _answer(self) -> None:
        while self._question.wait():
            self._question.clear()
            try:
                with self.breaker.probing():
                    numbers = self._ask()
                    self._heard_at = self._asked_at
                    self._go_on(numbers)
                    self._numbers = numbers
            except Error as error:
                self.breaker.open(error)
                connections.close_all()
            else:
                self._valid_at = self._asked_at
                self.breaker.close()
                close_old_connections()
            finally:
                self._answered.set()
