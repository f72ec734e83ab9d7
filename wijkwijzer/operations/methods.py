"""Which methods an address takes: what is read takes GET and HEAD, a form POST too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import resolve

from wijkwijzer.operations.probes import PROBES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponseBase
    from django.urls import ResolverMatch

READ = ("GET", "HEAD")
SEND = (*READ, "POST")


class MethodsMiddleware:
    """Any other method gets 405, our page, and ``Allow``: before a view does anything.

    A view that takes a form says so with an attribute ``takes_post``; all of the admin
    does. Django itself would give OPTIONS and TRACE the whole page, and refuse PUT for
    the want of a token, as if it could be had.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SEND or (
            request.method == "POST" and request.path_info in PROBES
        ):
            return not_allowed(request, _taken_at(request.path_info))
        response = self.get_response(request)
        if response.status_code == 405:
            # Of WhiteNoise or a decorator of Django: they have no page.
            allowed = response.headers.get("Allow", ", ".join(READ)).split(", ")
            return not_allowed(request, allowed)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if request.method == "POST" and match and "POST" not in _taken_by(match):
            return not_allowed(request, READ)
        return None


def not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Our page for 405. No cache keeps it: the same address answers a GET."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = HttpResponseNotAllowed(allowed).headers["Allow"]
    response.headers["Cache-Control"] = "no-store"
    return response


def _taken_at(path: str) -> tuple[str, ...]:
    try:
        return _taken_by(resolve(path))
    except Http404:
        return READ


def _taken_by(match: ResolverMatch) -> tuple[str, ...]:
    form = match.app_names[:1] == ["admin"] or hasattr(match.func, "takes_post")
    return SEND if form else READ
