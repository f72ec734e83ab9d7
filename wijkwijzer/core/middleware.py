"""Response headers that neither Django nor a package sets, and pages of the door."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

# In the environment of a request that the door makes itself; no client can set it.
REFUSAL = "wijkwijzer.refusal"


class HeadersMiddleware:
    """Other sites may link to us but not load us; a view that may be embedded says so.

    A view that sets a header itself (the API, an embed) keeps its own value. What
    Django's SecurityMiddleware sets is here too: it sets nothing on the error that it
    raises itself, of a host that is not ours asked for over http.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.headers = {
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class RefusalMiddleware:
    """Make the page with which the door refuses a request (web/door/replies.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if status := request.META.get(REFUSAL):
            text = render_to_string("geweigerd.html", {"status": status})
            page = HttpResponse(text, status=status)
            page.headers["Cache-Control"] = "no-store"
            # It is made once, when nothing was refused yet.
            page._has_been_logged = True  # type: ignore[attr-defined]
            return page
        return self.get_response(request)
