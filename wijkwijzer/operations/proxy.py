"""Notices that TRUST_PROXY does not say how the site is reached.

On without a proxy, anybody can say that he comes from elsewhere and is past every
limit. Off behind one, all readers seem to come from the proxy and share one limit.
Neither shows on a page, so what requests say of it is looked at.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)

# For how long, in seconds, one odd request makes the site warn.
REMEMBER = 3600.0

IGNORED = (
    "Verzoeken komen door een proxy (X-Forwarded-For), maar TRUST_PROXY staat uit: "
    "alle lezers delen nu de grens van één."
)
DIRECT = (
    "TRUST_PROXY staat aan, maar er komen verzoeken zonder X-Forwarded-For: wie niet "
    "door de proxy komt, kan elk adres opgeven."
)

_seen: dict[str, float] = {}


def observe(request: HttpRequest) -> None:
    """Look at one request. The first odd one of a kind is a warning in the log."""
    forwarded = "x-forwarded-for" in request.headers
    if forwarded == settings.TRUST_PROXY:
        return
    # From outside anybody can send the header: that says nothing of us.
    if forwarded and not _is_near(str(request.META.get("REMOTE_ADDR", ""))):
        return
    kind, now = IGNORED if forwarded else DIRECT, monotonic()
    if now - _seen.get(kind, float("-inf")) > REMEMBER:
        logger.warning(kind)
    _seen[kind] = now


def noticed() -> str:
    """What was odd of late; empty when nothing was."""
    since = monotonic() - REMEMBER
    return " ".join(kind for kind, at in _seen.items() if at > since)


def forget() -> None:
    _seen.clear()


def _is_near(address: str) -> bool:
    """Whether a proxy of ours could have this address; a socket has none."""
    try:
        ip = ip_address(address)
    except ValueError:
        return True
    return ip.is_private or ip.is_loopback or ip.is_link_local
