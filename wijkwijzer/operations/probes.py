"""The addresses that machines ask: /livez, /readyz and /metrics.

Answered before Django looks at the host or at a session: a load balancer asks by the
address of the machine, and over plain http (SECURE_REDIRECT_EXEMPT).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from wijkwijzer.operations.health import FAIL, OK, readiness
from wijkwijzer.operations.metrics import exposition

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def livez(request: HttpRequest) -> HttpResponse | None:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": OK})


def readyz(request: HttpRequest) -> HttpResponse | None:
    """Whether readers can be sent here, and how every check went."""
    checks = dict(readiness())
    failed = FAIL in checks.values()
    return JsonResponse(
        {"status": FAIL if failed else OK, "checks": checks},
        status=503 if failed else 200,
    )


def metrics(request: HttpRequest) -> HttpResponse | None:
    """What is measured, for who has the token. For others there is no such address."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("authorization", "")
    if not token or not constant_time_compare(given, f"Bearer {token}"):
        return None
    return HttpResponse(exposition(), content_type=PROMETHEUS)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {
    "/livez": livez,
    "/readyz": readyz,
    "/metrics": metrics,
}


class ProbesMiddleware:
    """Answers the probes; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        response = probe(request) if probe else None
        if response is None:
            return self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        # Django's line for each 503 would say less than the line of the check itself.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
