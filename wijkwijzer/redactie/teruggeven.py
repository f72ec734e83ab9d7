"""The pages that give back what somebody typed, when it could not be done.

They ask the database nothing: it may be what failed.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from wijkwijzer.redactie.getypt import NAAM, kan_heropenen
from wijkwijzer.redactie.labels import view_van

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.redactie.getypt import Getypt


class Waarom(Enum):
    """Why it was not done: the status and the heading of the page."""

    INGELOGD = 200, "Je bent weer ingelogd"
    NIET_ZEKER = 403, "Dit is nog niet opgeslagen"
    MAG_NIET = 403, "Je mag dit niet (meer) wijzigen"
    WEG = 410, "Dit item is er niet meer"
    OPNIEUW = 200, "Dit is nog niet gedaan"
    STORING = 503, "We kunnen nu niet opslaan"
    FOUT = 500, "Er ging iets mis"

    @property
    def status(self) -> int:
        return self.value[0]

    @property
    def kop(self) -> str:
        return self.value[1]


def teruggegeven(
    request: HttpRequest, getypt: Getypt, waarom: Waarom, naar: str
) -> HttpResponse:
    """Says what happened, and holds everything that was typed at the address ``naar``.

    Its button opens the form there again, with what was typed and saving nothing. Of a
    page that has no form to open, it does what was asked: it is shown above the button.
    """
    view = view_van(naar)
    doet = view is not None and not kan_heropenen(view, getypt)
    context = {
        "title": waarom.kop,
        "waarom": waarom.name,
        "doet": doet,
        "getypt": getypt,
        "naam": NAAM,
        "naar": naar,
    }
    status = waarom.status
    return _pagina(request, "admin/redactie/teruggeven.html", context, status)


def inloggen(
    request: HttpRequest, getypt: Getypt | None, naar: str, *, status: int
) -> HttpResponse:
    """The page to sign in, which carries what was typed for ``naar``."""
    context = {
        "title": "Inloggen",
        "subtitle": None,
        "form": AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": naar,
        # Who it is may be what cannot be asked.
        "user": AnonymousUser(),
        "getypt": getypt,
        "naam_getypt": NAAM,
    }
    return _pagina(request, "admin/login.html", context, status)


def _pagina(
    request: HttpRequest, sjabloon: str, context: dict[str, Any], status: int
) -> HttpResponse:
    beheer: dict[str, Any] = {
        "site_title": admin.site.site_title,
        "site_header": admin.site.site_header,
        "has_permission": False,
        "is_popup": False,
        "messages": [],
    }
    pagina = render(request, sjabloon, beheer | context, status=status)
    if status == 503:
        pagina.headers["Retry-After"] = "60"
    houd(pagina)
    return pagina


def houd(antwoord: HttpResponse) -> None:
    """Only the browser that sent it keeps it: who goes back there finds it again."""
    antwoord.headers.pop("Expires", None)
    antwoord.headers.pop("Cache-Control", None)
    patch_cache_control(antwoord, private=True, no_cache=True)
