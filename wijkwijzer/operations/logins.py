"""Who signs in, and who tries, is in the log: not by name, and never what was typed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.utils.crypto import salted_hmac

from wijkwijzer.operations.counters import counters
from wijkwijzer.toegang.signalen import geremd, stap_mislukt, stap_veranderd

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


def short_hash(name: str) -> str:
    """Shows that two tries were for one name; nobody can turn it round without our key.

    What is typed as a name is at times the password.
    """
    return salted_hmac("operations.logins", name, algorithm="sha256").hexdigest()[:8]


def note(*, credentials: dict[str, Any], **kwargs: Any) -> None:
    counters.add("failed_logins")
    _warn("Inloggen mislukt, naam %s", str(credentials.get("username", "")))


def note_success(*, user: User, **kwargs: Any) -> None:
    name = short_hash(user.get_username())
    logger.info("Ingelogd, naam %s", name, extra={"user_hash": name})


def note_second_step(*, gebruiker: User | None, **kwargs: Any) -> None:
    """A passkey that nobody here has is of no name."""
    counters.add("failed_logins")
    _warn("Tweede stap mislukt, naam %s", gebruiker.get_username() if gebruiker else "")


def note_throttled(*, naam: str, **kwargs: Any) -> None:
    counters.add("throttled_logins")
    _warn("Inloggen te vaak geprobeerd, naam %s", naam)


def note_change(*, gebruiker: User, wat: str, by: User | None, **kwargs: Any) -> None:
    name = short_hash(gebruiker.get_username())
    who = short_hash(by.get_username()) if by else "de beheerder van de server"
    logger.warning(
        "Tweede stap van naam %s: %s, door %s",
        name,
        wat,
        who,
        extra={"user_hash": name},
    )


def _warn(text: str, typed: str) -> None:
    name = short_hash(typed)
    logger.warning(text, name, extra={"user_hash": name})


def begin() -> None:
    user_login_failed.connect(note, dispatch_uid="operations.logins")
    user_logged_in.connect(note_success, dispatch_uid="operations.logins")
    stap_mislukt.connect(note_second_step, dispatch_uid="operations.logins")
    geremd.connect(note_throttled, dispatch_uid="operations.logins")
    stap_veranderd.connect(note_change, dispatch_uid="operations.logins")
