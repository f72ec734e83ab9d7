"""Response headers that neither Django nor a package of ours sets."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class CrossOriginResourcePolicyMiddleware:
    """Other sites may link to us but not load us; a view that may be embedded says so.

    A view that sets the header itself (the API, an embed) keeps its own value.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
