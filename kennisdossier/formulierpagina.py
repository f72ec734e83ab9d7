"""What every page with a form for readers does around its view."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

AFGEKEURD = "wijkwijzer.csrf_afgekeurd"


class ZachteCsrfMiddleware(CsrfViewMiddleware):
    """Django's check, but the view answers: it can give back what somebody wrote."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.META[AFGEKEURD] = True


def is_vertrouwd(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this, to the browser that now sends it."""
    return AFGEKEURD not in request.META


def formulierpagina(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """A page with a form: never kept by any cache, and no post ends in a bare error.

    Every such view must ask ``is_vertrouwd()`` before it does what a form says.
    """
    beschermd = decorator_from_middleware(ZachteCsrfMiddleware)(view)

    @wraps(view)
    def pagina(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            # Read here: what cannot be read must not stop the middleware.
            request.POST  # noqa: B018
        except RequestDataTooBig:
            return render(request, "reacties/te_groot.html", status=413)
        except (
            BadRequest,
            MultiPartParserError,
            SuspiciousOperation,
            UnreadablePostError,
        ):
            return render(request, "reacties/onleesbaar.html", status=400)
        return beschermd(request, *args, **kwargs)

    methodes = require_http_methods(["GET", "HEAD", "POST"])
    return csrf_exempt(methodes(never_cache(pagina)))
