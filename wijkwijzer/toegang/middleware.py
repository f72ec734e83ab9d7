"""Who is signed in, for every view: nobody when a session ended or proves too little.

Asked only by who wants to know: a page that looks at no user pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from wijkwijzer.toegang.sessies import toegelaten

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class ToegangMiddleware:
    """After Django's, which knows whose session it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.user = SimpleLazyObject(lambda: toegelaten(request, user))  # type: ignore[assignment]
        return self.get_response(request)
