"""The headers of what may stand in a frame of another site: only of /embed/."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.delen.domeinen import domeinen
from wijkwijzer.delen.kleuren import SCHEMA
from wijkwijzer.wholes.current import current_stand

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]


def insluitbaar(view: View) -> View:
    """Let us and the registered sites show what this view answers in a frame.

    Also that there is nothing (any more): in a frame that is refused nobody can read
    why.
    """

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.kleurblad = kleurblad_van(request)  # type: ignore[attr-defined]
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "delen/embed/niets.html", status=404)
        # What the decorators of django-csp and Django set too, of which the first wants
        # to know who when the site starts.
        wie = ["'self'", *domeinen(current_stand())]
        response._csp_replace = {"frame-ancestors": wie}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
        return response

    return framed


def kleurblad_van(request: HttpRequest) -> str:
    """The stylesheet with the colours that the address asks; empty when it asks none.

    The templates of what was withdrawn, and of what never was, know only the request.
    """
    kleur = lees_waarde(request.GET, "kleur")
    return reverse("embed:kleuren", args=[kleur]) if kleur in SCHEMA else ""
