"""Errors to Sentry, or something that speaks its language: only with SENTRY_DSN.

``sentry-sdk`` is no dependency: install ``wijkwijzer[sentry]`` to have it.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

import wijkwijzer
from wijkwijzer.operations.logs import request_id, without_personal_data

logger = logging.getLogger(__name__)

# Of a request only these go out.
KEPT = ("method", "url")


def is_installed() -> bool:
    return find_spec("sentry_sdk") is not None


def begin() -> None:
    """Send errors from now on, without anything of a person."""
    if not settings.SENTRY_DSN:
        return
    if not is_installed():
        logger.warning("SENTRY_DSN staat aan, maar sentry-sdk is niet geïnstalleerd.")
        return
    import_module("sentry_sdk").init(
        dsn=settings.SENTRY_DSN,
        release=wijkwijzer.__version__,
        send_default_pii=False,
        max_request_body_size="never",
        # The variables of a function hold what somebody typed.
        include_local_variables=False,
        max_breadcrumbs=0,
        before_send=clean,
    )


def clean(event: dict[str, Any], hint: Any) -> dict[str, Any]:
    """An event as it may leave: no query, no headers, no user, no addresses."""
    request = event.get("request", {})
    event["request"] = {key: request[key] for key in KEPT if key in request}
    if "url" in event["request"]:
        event["request"]["url"] = event["request"]["url"].partition("?")[0]
    for key in ("user", "breadcrumbs", "extra", "server_name"):
        event.pop(key, None)
    for found in event.get("exception", {}).get("values", []):
        found["value"] = without_personal_data(str(found.get("value", "")))
    event["tags"] = {"request_id": request_id.get()}
    return event
