"""Who tries to log in and fails is in the log: not by name, and never the password."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.utils.crypto import salted_hmac

from wijkwijzer.operations.counters import counters

logger = logging.getLogger(__name__)


def short_hash(name: str) -> str:
    """Shows that two tries were for one name; nobody can turn it round without our key.

    What is typed as a name is at times the password.
    """
    return salted_hmac("operations.logins", name, algorithm="sha256").hexdigest()[:8]


def note(*, credentials: dict[str, Any], **kwargs: Any) -> None:
    name = short_hash(str(credentials.get("username", "")))
    counters.add("failed_logins")
    logger.warning("Inloggen mislukt, naam %s", name, extra={"user_hash": name})


def begin() -> None:
    user_login_failed.connect(note, dispatch_uid="operations.logins")
