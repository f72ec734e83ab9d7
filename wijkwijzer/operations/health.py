"""Whether this process lives, and whether it can do its work.

``/livez``: it answers; who gets no answer restarts it. ``/readyz``: it can serve
readers and editors; who gets 503 sends them elsewhere for as long. What is said is the
name of a check and how it went. Why, stands in the log: anybody can ask.

A warning is for who watches the site, not for who divides the readers: taking every
machine away because mail waits would help nobody.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from wijkwijzer.core.databases import REPLICA
from wijkwijzer.deelname.mail import kan_mailen
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.memory.asking import ask_numbers
from wijkwijzer.memory.number import read
from wijkwijzer.memory.replicas import has_replica
from wijkwijzer.operations import proxy
from wijkwijzer.operations.bounded import Bounded
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

OK, FAIL, WARNING = "ok", "fail", "warning"

# A database that hangs is one that fails.
PATIENCE = 2.0
# Several load balancers ask every second: together they cost one round of checks.
KEEP = 1.0
# Longer than a large catalogue is built anew, in seconds.
BEHIND_AT_MOST = 60.0
# Readers are sent to the database itself meanwhile.
REPLICA_BEHIND_AT_MOST = 10.0
ASK_BUCKET_AFTER = 30.0


class NotReadyError(Exception):
    """A check failed; the words are for the log."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    applied = MigrationRecorder(connection).applied_migrations()
    if missing := _migrations_of_this_code() - {*applied}:
        raise NotReadyError(f"{len(missing)} migrations wait for `manage.py migrate`")


@cache
def _migrations_of_this_code() -> set[tuple[str, str]]:
    # Reading them takes longer than all checks together, and they change with a deploy.
    return {*MigrationLoader(None).disk_migrations}


class Behind:
    """Since when something follows the content too late; for a moment it may."""

    def __init__(self, what: str, at_most: float) -> None:
        self.what, self.at_most = what, at_most
        self._since: float | None = None

    def __call__(self, *, behind: bool) -> None:
        """Raises NotReadyError when it has been behind for longer than it may."""
        if not behind:
            self._since = None
            return
        now = monotonic()
        self._since = self._since or now
        if now - self._since > self.at_most:
            raise NotReadyError(f"{self.what} does not follow the content")


_stand_behind = Behind("the stand", BEHIND_AT_MOST)
_replica_behind = Behind("the replica", REPLICA_BEHIND_AT_MOST)


def check_index() -> None:
    """The stand that readers see is there, and follows what editors publish.

    Asking for it also makes it: a process that has just started is ready once it can
    answer without building first.
    """
    number = read().inhoud
    stand = current_stand.at(number)
    _stand_behind(behind=stand.number < number or stand.day < timezone.localdate())


def check_replica() -> None:
    """Readers do without a replica, and the database gets all their questions."""
    number = read()
    _replica_behind(behind=read(REPLICA).is_before(number))


def check_redis() -> None:
    if ask_numbers.shared.is_away:
        raise NotReadyError("no answer: every process asks the database itself")


def check_disk() -> None:
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < settings.DISK_MIN_FREE_BYTES:
        raise NotReadyError(f"{free} bytes are free in VAR_DIR")
    # Also a disk with room can be read only. The file has no name and leaves nothing.
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
        file.write(b"x")


def check_outbox() -> None:
    if not kan_mailen():
        return
    if waiting := Bericht.objects.blijft_liggen().count():
        raise NotReadyError(f"{waiting} mails wait: does verstuur_berichten run?")


class MediaCheck:
    """The bucket with pictures answers; it is asked twice a minute, as it may cost."""

    def __init__(self) -> None:
        self._next, self._error = 0.0, ""

    def __call__(self) -> None:
        if monotonic() >= self._next:
            self._next, self._error = monotonic() + ASK_BUCKET_AFTER, ""
            try:
                default_storage.ask()  # type: ignore[attr-defined]  # ours has it
            except OSError as error:
                self._error = str(error)
        if self._error:
            raise NotReadyError(self._error)


def check_proxy() -> None:
    if found := proxy.noticed():
        raise NotReadyError(found)


# First what asks no database: that is known also while one hangs.
CHECKS: dict[str, Callable[[], None]] = {
    "proxy": check_proxy,
    "disk": check_disk,
    "database": check_database,
    "migrations": check_migrations,
    "index": check_index,
    "outbox": check_outbox,
}
if settings.MEDIA_S3_BUCKET:
    CHECKS["media"] = MediaCheck()
if has_replica():
    CHECKS["replica"] = check_replica
if ask_numbers.shared.is_used:
    CHECKS["redis"] = check_redis
ONLY_WARN = {"media", "outbox", "proxy", "replica", "redis"}


def not_known() -> dict[str, str]:
    """How the checks stand before one was done: nothing is taken for granted."""
    return {name: _failed(name) for name in CHECKS}


def _failed(name: str) -> str:
    return WARNING if name in ONLY_WARN else FAIL


def run_checks(found: dict[str, str]) -> None:
    """Fill in how every check went."""
    for name, check in CHECKS.items():
        try:
            check()
        except Exception as error:  # noqa: BLE001  # whatever it is, we are not ready
            found[name] = _failed(name)
            _tell(name, error)
            if name == "database":
                # Asking on would only wait once more for each check.
                return
        else:
            found[name] = OK
            _tell(name, None)


_told: dict[str, bool] = {}


def _tell(name: str, error: Exception | None) -> None:
    """One line when a check begins to fail, and one when it passes again."""
    if bool(error) == _told.get(name, False):
        return
    _told[name] = bool(error)
    if error:
        logger.warning("Niet gereed (%s): %s: %s", name, type(error).__name__, error)
    else:
        logger.warning("Weer gereed (%s).", name)


readiness = Bounded(not_known, run_checks, patience=PATIENCE, keep=KEEP)
