"""Who gave the right password and must still take the second step.

It is in the session of somebody who is signed in as nobody, for ten minutes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from wijkwijzer.toegang.factoren import nieuw_geheim
from wijkwijzer.toegang.geheim import OnleesbaarError, ontsleutel, versleutel

if TYPE_CHECKING:
    from django.http import HttpRequest

STAP = "toegang.halverwege"
# The secret of an app that is being added, encrypted as it will be in the database.
GEHEIM = "toegang.nieuw_geheim"
DUUR = timedelta(minutes=10)


def zet(request: HttpRequest, user: User, *, instellen: bool) -> None:
    """``instellen``: there is no second step yet, so the next page makes one."""
    request.session.set_expiry(DUUR)
    request.session[STAP] = {
        "wie": user.pk,
        # With another password it is worth nothing any more.
        "hash": user.get_session_auth_hash(),
        "tot": (timezone.now() + DUUR).timestamp(),
        "instellen": instellen,
    }


def wie(request: HttpRequest, *, instellen: bool | None = None) -> User | None:
    """Who is halfway here; nobody when it took too long or something changed."""
    stap: dict[str, Any] = request.session.get(STAP) or {}
    if not stap or stap["tot"] < timezone.now().timestamp():
        return None
    if instellen is not None and stap["instellen"] is not instellen:
        return None
    user = User.objects.filter(pk=stap["wie"], is_active=True, is_staff=True).first()
    if user and constant_time_compare(stap["hash"], user.get_session_auth_hash()):
        return user
    return None


def geheim(request: HttpRequest) -> str:
    """The secret of the app that is being added here: the same until it is there."""
    try:
        return ontsleutel(request.session.get(GEHEIM, ""))
    except OnleesbaarError:
        nieuw = nieuw_geheim()
        request.session[GEHEIM] = versleutel(nieuw)
        return nieuw


def klaar(request: HttpRequest) -> None:
    request.session.pop(GEHEIM, None)
    request.session.pop(STAP, None)
