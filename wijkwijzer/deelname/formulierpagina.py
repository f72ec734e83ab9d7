"""What every page with a form for readers does around its view, and inside it.

These pages stand beside the pages for reading, which stay in the cache and set no
cookie.
"""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.deelname import spam
from wijkwijzer.deelname.models import ONDERWERPEN
from wijkwijzer.wholes.permalinks import refer, show_or_refer
from wijkwijzer.wholes.registry import wholes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from wijkwijzer.core.models import Publiceerbaar
    from wijkwijzer.deelname.forms import Lezersformulier
    from wijkwijzer.wholes.declaration import Whole
    from wijkwijzer.wholes.stand import Stand

    F = TypeVar("F", bound=Lezersformulier)

logger = logging.getLogger(__name__)

AFGEKEURD = "wijkwijzer.csrf_afgekeurd"
# What SQL begins with that writes nothing; all but the first only mark a transaction.
LEZEN = {"SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK"}
# In the address of the thanks.
BEDANKT = "verstuurd"

TE_VAAK = (
    "Vanaf jouw internetverbinding kwamen het afgelopen uur al {} formulieren. Meer "
    "kan niet. Wat je schreef, is er nog. Probeer het over een uur opnieuw."
)
NIET_BEREIKBAAR = (
    "We kunnen nu niet bij onze gegevens, dus er is niets bewaard. Wat je schreef, is "
    "er nog. Verstuur het over een paar minuten nog een keer. Twee keer versturen kan "
    "geen kwaad: het telt één keer."
)
TE_DRUK = (
    "Er kwamen het afgelopen uur heel veel formulieren binnen. Daarom kun je nu één "
    "formulier per uur sturen, en dat deed je al. Wat je schreef, is er nog. Probeer "
    "het over een uur opnieuw."
)


class ZachteCsrfMiddleware(CsrfViewMiddleware):
    """Django's check, but the view answers: it can give back what somebody wrote."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.META[AFGEKEURD] = True


def is_vertrouwd(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this, to the browser that now sends it."""
    return AFGEKEURD not in request.META


def _alleen_lezen(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
) -> Any:
    if str(sql).split(maxsplit=1)[0].upper() not in LEZEN:
        raise PermissionDenied("only a form that we trust may write")
    return execute(sql, params, many, context)


def formulierpagina(
    klasse: type[Lezersformulier],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]:
    """A page with this form: never kept by any cache, and no post ends in a bare error.

    Django's own check against forgery refuses a post before the view sees it. Here the
    view answers, so that nothing that somebody wrote is lost: ``lees()`` gives it a
    form that says what is wrong. A view that does not ask can do no harm: unless we
    trust the post, the database refuses to write, and the answer is 403.

    When the database cannot be asked, or cannot write, the answer is the form with all
    that was written. The key in it makes sending it again harmless, also when it was
    kept after all and only the answer got lost.
    """
    return lambda view: _formulierpagina(view, klasse)


def _formulierpagina(
    view: Callable[..., HttpResponse], klasse: type[Lezersformulier]
) -> Callable[..., HttpResponseBase]:
    @decorator_from_middleware(ZachteCsrfMiddleware)
    def beschermd(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_vertrouwd(request):
            return view(request, *args, **kwargs)
        with connection.execute_wrapper(_alleen_lezen):
            return view(request, *args, **kwargs)

    @wraps(view)
    def pagina(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            # Read here: what cannot be read must not stop the middleware.
            request.POST  # noqa: B018
        except RequestDataTooBig:
            return render(request, "deelname/te_groot.html", status=413)
        except (
            BadRequest,
            MultiPartParserError,
            SuspiciousOperation,
            UnreadablePostError,
        ):
            return render(request, "deelname/onleesbaar.html", status=400)
        try:
            return beschermd(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            if request.method != "POST":
                raise
            logger.exception("Een formulier kon niet worden bewaard.")
            return _teruggegeven(request, klasse)

    klaar = csrf_exempt(_houdbaar(pagina))
    # Read by operations/methods.py, which refuses what is no GET, HEAD or POST.
    klaar.takes_post = True  # type: ignore[attr-defined]
    return klaar


def _teruggegeven(request: HttpRequest, klasse: type[Lezersformulier]) -> HttpResponse:
    form = lees(request, klasse)
    form.kan_nu_niet(NIET_BEREIKBAAR, status=503)
    context = {"form": form, "stap": request.POST.get("stap", "")}
    antwoord = render(
        request, "deelname/teruggegeven.html", context, status=form.status
    )
    antwoord.headers["Retry-After"] = "60"
    return antwoord


def _houdbaar(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """No cache keeps the page; what a post answers, only the browser that sent it.

    Who goes back to that answer would see an error of the browser, and not what was
    written, if the browser may not keep it: it cannot ask for it again.
    """

    @wraps(view)
    def houd(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        antwoord = view(request, *args, **kwargs)
        if request.method == "POST":
            patch_cache_control(antwoord, private=True, no_cache=True)
        else:
            add_never_cache_headers(antwoord)
        return antwoord

    return houd


# Inside a view


def bij_onderwerp(
    request: HttpRequest,
    naam: str,
    soort: str,
    slug: str,
    toon: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """Answer for a subject; its former slug leads to the same page of its new one.

    ``naam``: of the address. Raises Http404 when nobody can react to such a thing.
    """
    if (echt := soort.lower()) not in ONDERWERPEN:
        raise Http404(f"nobody can react to {soort!r}")

    def adres(onderwerp: Whole) -> str:
        return reverse(naam, args=[echt, onderwerp.slug])

    def hier(_: Stand, onderwerp: Whole) -> HttpResponse:
        return toon(onderwerp) if soort == echt else refer(request, adres(onderwerp))

    return show_or_refer(request, wholes()[echt], slug, hier, adres)


def rij_van(onderwerp: Whole) -> Publiceerbaar:
    """The row of a subject, for what belongs to it; 404 when it was erased."""
    rij: Publiceerbaar = get_object_or_404(onderwerp.model, uuid=onderwerp.uuid)
    return rij


def lees(request: HttpRequest, klasse: type[F]) -> F:
    """The form with what was sent, or an empty one."""
    if request.method != "POST":
        return klasse()
    return klasse(request.POST.dict(), vertrouwd=is_vertrouwd(request))


def doe(form: Lezersformulier, actie: Callable[[], None]) -> bool:
    """Do what a valid form says. If that cannot be now, the form says why."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        actie()
    except spam.TeVaakError as fout:
        zin = TE_DRUK if fout.samen else TE_VAAK.format(fout.aantal)
        form.kan_nu_niet(zin, status=429)
    return form.is_valid()


def naar_bedankt(request: HttpRequest) -> HttpResponse:
    """Lead to the thanks: reloading that page sends nothing again."""
    return HttpResponseRedirect(f"{request.path}?{BEDANKT}=ja", status=303)


def is_bedankt(request: HttpRequest) -> bool:
    """Whether this asks for the thanks, and sends nothing."""
    return bool(lees_waarde(request.GET, BEDANKT)) and request.method != "POST"
