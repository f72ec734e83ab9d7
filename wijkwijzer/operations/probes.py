"""The addresses that machines ask: /livez, /readyz and /metrics.

Answered before Django looks at the host or at a session: a load balancer asks by the
address of the machine, and over plain http (SECURE_REDIRECT_EXEMPT).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from wijkwijzer.operations.health import FAIL, OK, readiness

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": OK})


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether readers can be sent here, and how every check went."""
    checks = dict(readiness())
    failed = FAIL in checks.values()
    return JsonResponse(
        {"status": FAIL if failed else OK, "checks": checks},
        status=503 if failed else 200,
    )


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/livez": livez,
    "/readyz": readyz,
}


class ProbesMiddleware:
    """Answers the probes; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe(request)
        response.headers["Cache-Control"] = "no-store"
        # Django's line for each 503 would say less than the line of the check itself.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
