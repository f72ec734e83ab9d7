"""A preview: the page of a working copy, made by the view that readers get.

It is no page of the site: kept nowhere, found by nobody, and nothing can be sent from
it. Only our own admin may show it in a frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from wijkwijzer.wholes.preview import previewing, signed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: it is not told to who is linked to.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
def voorbeeld(request: HttpRequest, token: str, deel: str = "") -> HttpResponse:
    """The page of a record, or another page of it, as readers will see it.

    410 when the link worked once, 404 when it never did.
    """
    try:
        declared, uuid, until = signed(token)
    except SignatureExpired:
        page = render(request, "redactie/voorbeeld_verlopen.html", status=410)
        return _kept_nowhere(page)
    except BadSignature as error:
        raise Http404("no preview has this signature") from error
    record = declared.model._default_manager.filter(uuid=uuid).first()
    if record is None:
        raise Http404("what this showed is gone")
    with previewing(record, until) as address:
        return _kept_nowhere(_page(request, f"{address}{deel}"))


def _page(request: HttpRequest, address: str) -> Any:
    """What the view at a public address answers, as if it were asked there."""
    try:
        match = resolve(address)
    except Resolver404 as error:
        raise Http404("no page of this record") from error
    request.path = request.path_info = address
    return match.func(request, *match.args, **match.kwargs)
