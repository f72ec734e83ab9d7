"""What Django answers with when a form of the admin has no token that is valid now.

Who signs in gets a new token, and so do all tabs: a form that stood open has the old.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure as refuse

from wijkwijzer.redactie import getypt as typed
from wijkwijzer.redactie.teruggeven import Waarom, inloggen, teruggegeven

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

# In the environment of a request that failed because of what it stands on.
GEEN_DATABASE = "wijkwijzer.geen_database"


def is_in_beheer(path: str) -> bool:
    return path.startswith(reverse("admin:index"))


def verder_naar(request: HttpRequest) -> str:
    """Where who signs in goes next: an address of the admin."""
    naar = request.POST.get("next") or request.GET.get("next", "")
    veilig = url_has_allowed_host_and_scheme(
        naar, {request.get_host()}, require_https=request.is_secure()
    )
    own = veilig and naar.startswith("/") and is_in_beheer(naar)
    return naar if own else reverse("admin:index")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    getypt = typed.van(request) if is_in_beheer(request.path) else None
    if getypt is None:
        return refuse(request, reason=reason)
    try:
        return _in_beheer(request, getypt)
    except (OperationalError, InterfaceError):
        # Of what is no view, the middleware does not hear what failed.
        request.META[GEEN_DATABASE] = True
        raise


def _in_beheer(request: HttpRequest, getypt: typed.Getypt) -> HttpResponseBase:
    known = admin.site.has_permission(request)
    if request.path != reverse("admin:login"):
        naar = request.get_full_path()
        if not known:
            return inloggen(request, getypt, naar, status=403)
        return teruggegeven(request, getypt, Waarom.NIET_ZEKER, naar)
    # The page to sign in was open twice, and the other one was used.
    naar = verder_naar(request)
    carried: Any = getypt if typed.NAAM in request.POST else None
    if not known:
        return inloggen(request, carried, naar, status=403)
    if carried:
        return teruggegeven(request, carried, Waarom.INGELOGD, naar)
    return HttpResponseRedirect(naar)
