"""Around every request that reaches Django: its id, its line in the log, its count."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from wijkwijzer.core.middleware import REFUSAL
from wijkwijzer.operations import proxy
from wijkwijzer.operations.counters import counters
from wijkwijzer.operations.logs import request_id
from wijkwijzer.operations.probes import PROBES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger(__name__)

# What proxies make: a UUID, or hexadecimal digits.
WELL_FORMED = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}", re.ASCII)
# Where who stands before Django leaves the id that it gave this request.
GIVEN = "wijkwijzer.request_id"
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}
MAX_PATH = 200


class RequestMiddleware:
    """The outermost: what it logs is what the client gets.

    Of the address only the path is logged. In the query stands what a reader looks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if REFUSAL in request.META:
            # Nobody asked for this page: the door has it made before anybody comes.
            return self.get_response(request)
        begin = perf_counter()
        own = id_of(request)
        token = request_id.set(own)
        try:
            if request.path_info not in PROBES:
                proxy.observe(request)
            response = self.get_response(request)
            seconds = perf_counter() - begin
            counters.add_request(response.status_code, seconds)
            self._log(request, response.status_code, seconds)
        finally:
            request_id.reset(token)
        if not _may_be_kept(response):
            response.headers["X-Request-ID"] = own
        return response

    def _log(self, request: HttpRequest, status: int, seconds: float) -> None:
        path = request.path
        quiet = path in PROBES or path.startswith(settings.STATIC_URL)
        if quiet and status < 400:
            return
        method = request.method if request.method in METHODS else "(anders)"
        line = {"method": method, "path": path[:MAX_PATH], "status": status}
        logger.info(
            "%(method)s %(path)s %(status)s",
            line,
            extra={**line, "ms": round(seconds * 1000, 1)},
        )


def id_of(request: HttpRequest) -> str:
    """The id that our own proxy gave, else a new one."""
    if given := request.META.get(GIVEN):
        return str(given)
    sent = request.headers.get("x-request-id", "")
    if settings.TRUST_PROXY and WELL_FORMED.fullmatch(sent):
        return sent
    return uuid4().hex


def _may_be_kept(response: HttpResponseBase) -> bool:
    """Whether a cache before us may give this answer to others, who have other ids."""
    private = {"no-store", "no-cache", "private"}
    control = response.headers.get("Cache-Control", "")
    return (
        response.status_code in {200, 304}
        and not response.cookies
        and not any(word in control for word in private)
    )
