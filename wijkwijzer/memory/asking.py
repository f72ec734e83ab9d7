"""Asks for the numbers: once for all processes, where there is a Redis.

What a process asked the database stands in Redis for as long as it counts as current.
So many processes on many machines ask it five times a second together, and not each.
Nothing depends on it: without an answer of Redis the database is asked.
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac

from wijkwijzer.core.databases import DEFAULT
from wijkwijzer.memory.number import Nummers, read, start_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis

logger = logging.getLogger(__name__)

# Milliseconds that an answer is there for others: one more round of the watch.
CURRENT = 200
# Seconds for an answer of Redis, and how long it is left alone after it gave none.
PATIENCE = 0.1
PAUSE = 5.0


class Shared:
    """The numbers as the last who asked put them in Redis."""

    def __init__(self, url: str) -> None:
        self._redis: Redis | None = None
        if url:
            # Sixteen megabytes of each process, so only where there is a Redis.
            from redis import Redis

            limits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
            try:
                self._redis = Redis.from_url(url, **limits)
            except ValueError:
                # Not its own words: they can quote a password.
                raise ImproperlyConfigured(
                    "REDIS_URL must look like redis://:password@host:6379/0 "
                    "(rediss:// with TLS). Leave it out when there is no Redis."
                ) from None
        # Sites that use one Redis do not read each other's.
        self._key = "wijkwijzer:" + salted_hmac("nummers", url).hexdigest()[:16]
        self._away_until = float("-inf")

    @property
    def is_used(self) -> bool:
        return self._redis is not None

    @property
    def is_away(self) -> bool:
        return monotonic() < self._away_until

    def get(self) -> Nummers | None:
        """None when nobody asked a moment ago, or Redis does not answer."""
        found = self._ask(lambda redis: redis.get(self._key))
        try:
            return Nummers(*map(int, found.split())) if found else None
        except (AttributeError, TypeError, ValueError):
            return None

    def put(self, numbers: Nummers) -> None:
        text = f"{numbers.inhoud} {numbers.reacties}"
        self._ask(lambda redis: redis.set(self._key, text, px=CURRENT))

    def _ask(self, question: Callable[[Redis], Any]) -> Any:
        if self._redis is None or self.is_away:
            return None
        try:
            answer = question(self._redis)
        except Exception as error:  # noqa: BLE001  # also of what is no Redis at all
            if self._away_until == float("-inf"):
                logger.warning("Redis antwoordt niet: %s", type(error).__name__)
            self._away_until = monotonic() + PAUSE
            return None
        # The next time that it is away is told again.
        self._away_until = float("-inf")
        return answer


class Numbers:
    """What the numbers are now. They never fall: see :func:`number.start_over`."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.seen = Nummers()

    def __call__(self) -> Nummers:
        numbers = self.shared.get()
        if numbers is None or numbers.is_before(self.seen):
            numbers = read(DEFAULT)
            if numbers.is_before(self.seen):
                logger.error("De database mist wijzigingen die er waren.")
                start_over()
                numbers = read(DEFAULT)
            self.shared.put(numbers)
        self.seen = numbers
        return numbers

    def forget(self) -> None:
        """For tests, whose numbers come again."""
        self.seen = Nummers()


ask_numbers = Numbers(Shared(settings.REDIS_URL))
