"""Whether the database answers, as this process knows: nobody waits for it in vain."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING

from django.utils import timezone

from wijkwijzer.core.databases import REPLICA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

logger = logging.getLogger(__name__)


class Breaker:
    """Open from the first question without an answer, until one has an answer again.

    While it is open only the watch may ask; anybody else is refused at once (see
    memory/postgresql). ``since`` is when it opened, None while it is closed.
    """

    def __init__(self, name: str = "De database") -> None:
        self.name = name
        self.since: datetime | None = None
        self._thread = local()

    def __bool__(self) -> bool:
        return self.since is not None

    def open(self, cause: object) -> None:
        if not self:
            self.since = timezone.now()
            logger.error("%s antwoordt niet: %s", self.name, cause)

    def close(self) -> None:
        if self:
            self.since = None
            logger.warning("%s antwoordt weer.", self.name)

    @contextmanager
    def probing(self) -> Iterator[None]:
        """Let this thread ask, to find out whether there is an answer."""
        self._thread.probes = True
        try:
            yield
        finally:
            self._thread.probes = False

    @property
    def refuses(self) -> bool:
        """Whether this thread should not ask now."""
        return bool(self) and not getattr(self._thread, "probes", False)


breaker = Breaker()
_of_replica = Breaker("De replica")


def breaker_of(alias: str) -> Breaker:
    """Of the database that Django has under this alias."""
    return _of_replica if alias == REPLICA else breaker
