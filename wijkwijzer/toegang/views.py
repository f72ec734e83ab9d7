"""The page on which editors see and change how they sign in, and where they are."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wijkwijzer.toegang import factoren, halverwege, passkeys, sessies
from wijkwijzer.toegang.models import Bewijs, Factor, Factorsoort, Sessie
from wijkwijzer.toegang.passkeys import GeenPasskeyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

CODE_FOUT = "Deze code klopt niet. Kijk of de klok van je telefoon goed staat."
LAATSTE_STAP = "Met jouw rol heb je een tweede stap nodig. Voeg eerst een andere toe."
PASSKEY_FOUT = "De passkey is niet aangekomen of klopt niet. Probeer het nog een keer."


def _wie(request: HttpRequest) -> User:
    return cast("User", request.user)


def _pagina(
    request: HttpRequest, sjabloon: str, titel: str, **context: Any
) -> HttpResponse:
    beheer = admin.site.each_context(request)
    inhoud = {**beheer, "title": titel, **context}
    return render(request, sjabloon, inhoud)


def _naar_beveiliging() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:beveiliging"))


def vers(view: View) -> View:
    """Only for who signed in of late: on a computer left alone nobody changes it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessies.is_vers(request):
            return view(request, *args, **kwargs)
        vraag = urlencode({"next": reverse("admin:beveiliging"), "opnieuw": 1})
        return HttpResponseRedirect(f"{reverse('admin:login')}?{vraag}")

    return inner


@never_cache
def beveiliging(request: HttpRequest) -> HttpResponse:
    user = _wie(request)
    stappen = [*Factor.objects.filter(gebruiker=user)]
    return _pagina(
        request,
        "admin/toegang/beveiliging.html",
        "Inloggen en beveiliging",
        app=next((s for s in stappen if s.soort == Factorsoort.APP), None),
        passkeys=[s for s in stappen if s.soort == Factorsoort.PASSKEY],
        heeft_stap=bool(stappen),
        herstelcodes=user.herstelcodes.count(),
        verplicht=sessies.is_verplicht(user),
        sessies=sessies.geldig().filter(gebruiker=user),
        deze=sessies.deze(request),
    )


@never_cache
@sensitive_post_parameters()
@vers
def app(request: HttpRequest) -> HttpResponse:
    user, geheim = _wie(request), halverwege.geheim(request)
    fout = ""
    if request.method == "POST":
        codes = factoren.bewaar_app(
            user=user, geheim=geheim, code=request.POST.get("nieuwe_code", ""), by=user
        )
        if codes is not None:
            return _toegevoegd(request, Bewijs.APP, codes)
        fout = CODE_FOUT
    adres = factoren.adres_voor_app(user, geheim)
    context = {"qr": factoren.qr_van(adres), "geheim": geheim, "fout": fout}
    return _pagina(
        request, "admin/toegang/app.html", "Een app met codes toevoegen", **context
    )


@never_cache
@sensitive_post_parameters()
@vers
def passkey(request: HttpRequest) -> HttpResponse:
    user, fout = _wie(request), ""
    if request.method == "POST":
        try:
            factor = passkeys.nieuw(
                request,
                user,
                request.POST.get("nieuwe_passkey", ""),
                request.POST.get("naam", ""),
            )
        except GeenPasskeyError:
            fout = PASSKEY_FOUT
        else:
            codes = factoren.bewaar(factor=factor, by=user)
            return _toegevoegd(request, Bewijs.PASSKEY, codes)
    return _pagina(
        request, "admin/toegang/passkey.html", "Een passkey toevoegen", fout=fout
    )


def _toegevoegd(request: HttpRequest, bewijs: Bewijs, codes: list[str]) -> HttpResponse:
    halverwege.klaar(request)
    sessies.bewezen(request, bewijs)
    factoren.alleen_nog(_wie(request), sessies.deze(request))
    messages.success(request, "Je tweede stap is toegevoegd.")
    if codes:
        return _codes(request, codes)
    return _naar_beveiliging()


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    naar = reverse("admin:beveiliging")
    titel = "Bewaar je herstelcodes"
    return _pagina(
        request,
        "admin/toegang/herstelcodes.html",
        titel,
        codes=codes,
        naar=naar,
        getypt=None,
    )


@never_cache
@require_POST
@vers
def herstelcodes(request: HttpRequest) -> HttpResponse:
    user = _wie(request)
    if not factoren.heeft_factor(user):
        return _naar_beveiliging()
    return _codes(request, factoren.vernieuw_herstelcodes(user=user, by=user))


@never_cache
@vers
def verwijder(request: HttpRequest, pk: int) -> HttpResponse:
    user = _wie(request)
    factor = get_object_or_404(Factor, pk=pk, gebruiker=user)
    if request.method == "POST":
        try:
            factoren.verwijder(factor=factor, by=user)
        except factoren.LaatsteStapError:
            messages.error(request, LAATSTE_STAP)
        else:
            messages.success(request, f"Verwijderd: {factor.naam}.")
        return _naar_beveiliging()
    if sessies.is_verplicht(user) and user.factoren.count() == 1:
        messages.error(request, LAATSTE_STAP)
        return _naar_beveiliging()
    titel = f"{factor.naam} verwijderen"
    return _pagina(request, "admin/toegang/verwijder.html", titel, factor=factor)


@never_cache
@require_POST
def uitloggen(request: HttpRequest, nummer: UUID | None = None) -> HttpResponse:
    """End one session, or all but this one."""
    user, deze = _wie(request), sessies.deze(request)
    if nummer and not Sessie.objects.filter(pk=nummer, gebruiker=user).exists():
        raise Http404
    aantal = sessies.beeindig(user=user, behalve=deze, nummer=nummer)
    apparaten = "1 apparaat" if aantal == 1 else f"{aantal} apparaten"
    messages.success(request, f"Je bent uitgelogd op {apparaten}.")
    return _naar_beveiliging()


@never_cache
@require_POST
def passkey_opties(request: HttpRequest) -> HttpResponse:
    """What a script needs to ask the browser for a passkey."""
    if not request.user.is_authenticated:
        # Of nobody: gone when the question is too old to answer.
        request.session.set_expiry(halverwege.DUUR)
    if request.POST.get("doel") != "nieuw":
        opties = passkeys.opties_inloggen(request, halverwege.wie(request))
        return JsonResponse(opties)
    user = halverwege.wie(request, instellen=True)
    if user is None and sessies.is_vers(request):
        user = _wie(request)
    if user is None:
        return JsonResponse({}, status=403)
    return JsonResponse(passkeys.opties_nieuw(request, user))
