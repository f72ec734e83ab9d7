"""A post to the admin that ends in an error comes back with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from wijkwijzer.memory.breaker import breaker
from wijkwijzer.redactie import getypt as typed
from wijkwijzer.redactie.teruggeven import Waarom, inloggen, teruggegeven
from wijkwijzer.redactie.views import GEEN_DATABASE, is_in_beheer, verder_naar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class TeruggeefMiddleware:
    """Outside the session and the messages, which can fail as well as a view.

    What failed is logged and reported by Django as always: only the page is another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            response.status_code != 500
            or settings.DEBUG
            or not is_in_beheer(request.path)
        ):
            return response
        page = _page(request, response)
        if page is None and _is_away(request):
            # Nothing was typed that could be given back; it can be tried again.
            response.status_code = Waarom.STORING.status
            response.headers["Retry-After"] = "60"
        return page or response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, (OperationalError, InterfaceError, OSError)):
            request.META[GEEN_DATABASE] = True


def _is_away(request: HttpRequest) -> bool:
    return GEEN_DATABASE in request.META or bool(breaker)


def _page(request: HttpRequest, failed: HttpResponseBase) -> HttpResponseBase | None:
    getypt = typed.van(request)
    waarom = Waarom.STORING if _is_away(request) else Waarom.FOUT
    page: HttpResponseBase
    if request.path == reverse("admin:login"):
        if typed.NAAM not in request.POST:
            return None
        page = inloggen(request, getypt, verder_naar(request), status=waarom.status)
    elif getypt is None:
        return None
    else:
        page = teruggegeven(request, getypt, waarom, request.get_full_path())
    # The token may be new. Messages are not passed on: nothing came of what they say.
    if cookie := failed.cookies.get(settings.CSRF_COOKIE_NAME):
        page.cookies[settings.CSRF_COOKIE_NAME] = cookie
    page._has_been_logged = True  # type: ignore[attr-defined]
    return page
