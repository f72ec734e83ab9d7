"""Signing in to the admin: a password, and then a second step, or a passkey alone.

All of it is at one address, that of Django's admin, and in answers to posts: so what
somebody typed in a form before their session ended travels along in each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from wijkwijzer.redactie import getypt as typed
from wijkwijzer.redactie.teruggeven import Waarom, houd, teruggegeven
from wijkwijzer.redactie.views import verder_naar
from wijkwijzer.toegang import factoren, grenzen, halverwege, passkeys, sessies
from wijkwijzer.toegang.grenzen import Soort, TeVaakError
from wijkwijzer.toegang.models import Bewijs
from wijkwijzer.toegang.passkeys import GeenPasskeyError
from wijkwijzer.toegang.signalen import stap_mislukt
from wijkwijzer.toegang.views import CODE_FOUT, PASSKEY_FOUT

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

TE_LANG = "Het duurde te lang. Begin opnieuw met je wachtwoord."
STAP_FOUT = (
    "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in je app."
)
ONBEKEND = "Deze passkey kennen we niet. Log in met je gebruikersnaam en je wachtwoord."


class Inlogformulier(AdminAuthenticationForm):
    error_messages = {
        "invalid_login": (
            "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let op "
            "hoofdletters en kleine letters."
        ),
        "inactive": "Dit account doet het niet meer. Vraag het de beheerder.",
    }


class Aanmelden:
    """One request to sign in; ``antwoord`` is the page or the way on."""

    def __init__(
        self, site: AdminSite, request: HttpRequest, extra: dict[str, Any]
    ) -> None:
        self.site, self.request, self.extra = site, request, extra
        self.getypt = typed.lees(request) if request.method == "POST" else None
        self.naar = verder_naar(request)

    def antwoord(self) -> HttpResponse:
        post = self.request.POST
        if self.request.method != "POST":
            return self._wachtwoordpagina(Inlogformulier(self.request))
        if post.get("passkey"):
            return self._met_passkey(post["passkey"])
        if "code" in post:
            return self._met_code(post["code"])
        if post.get("nieuwe_passkey"):
            return self._met_nieuwe_passkey(post["nieuwe_passkey"])
        if "nieuwe_code" in post:
            return self._met_nieuwe_app(post["nieuwe_code"])
        return self._met_wachtwoord()

    # What was sent

    def _met_wachtwoord(self) -> HttpResponse:
        request, post = self.request, self.request.POST
        naam = post.get("username", "")
        form = Inlogformulier(request, data=post)
        if not (naam and post.get("password")):
            return self._wachtwoordpagina(form)
        try:
            poging = grenzen.begin(request, naam, Soort.WACHTWOORD)
        except TeVaakError as fout:
            leeg = Inlogformulier(request, initial={"username": naam})
            return wacht(self._wachtwoordpagina(leeg, str(fout)), fout)
        if not form.is_valid():
            return self._wachtwoordpagina(form)
        poging.goed()
        user: User = form.get_user()
        if factoren.heeft_factor(user):
            halverwege.zet(request, user, instellen=False)
            return self._stappagina(user)
        if sessies.is_verplicht(user):
            halverwege.zet(request, user, instellen=True)
            return self._instelpagina(user)
        return self._binnen(user, Bewijs.GEEN)

    def _met_code(self, code: str) -> HttpResponse:
        user = halverwege.wie(self.request, instellen=False)
        if user is None:
            return self._opnieuw()
        try:
            poging = grenzen.begin(self.request, user.get_username(), Soort.STAP)
        except TeVaakError as fout:
            return wacht(self._stappagina(user, str(fout)), fout)
        bewijs = factoren.controleer(user, code)
        if bewijs is None:
            stap_mislukt.send(Aanmelden, gebruiker=user)
            return self._stappagina(user, STAP_FOUT)
        poging.goed()
        if bewijs is Bewijs.HERSTELCODE:
            messages.warning(
                self.request,
                f"Je gebruikte een herstelcode. Je hebt er nog "
                f"{user.herstelcodes.count()}. Kijk bij Beveiliging of je een nieuwe "
                "app of passkey nodig hebt.",
            )
        return self._binnen(user, bewijs)

    def _met_passkey(self, antwoord: str) -> HttpResponse:
        """As the second step, or instead of name and password."""
        halfweg = halverwege.wie(self.request)
        naam = halfweg.get_username() if halfweg else ""
        try:
            poging = grenzen.begin(self.request, naam, Soort.STAP)
        except TeVaakError as fout:
            return wacht(self._opnieuw(str(fout)), fout)
        try:
            factor = passkeys.controleer(self.request, antwoord, halfweg)
        except GeenPasskeyError:
            stap_mislukt.send(Aanmelden, gebruiker=halfweg)
            if halfweg:
                return self._stappagina(halfweg, PASSKEY_FOUT)
            return self._opnieuw(ONBEKEND)
        user = factor.gebruiker
        if not (user.is_active and user.is_staff):
            return self._opnieuw(ONBEKEND)
        poging.goed()
        return self._binnen(user, Bewijs.PASSKEY)

    def _met_nieuwe_app(self, code: str) -> HttpResponse:
        user = halverwege.wie(self.request, instellen=True)
        if user is None:
            return self._opnieuw()
        geheim = halverwege.geheim(self.request)
        codes = factoren.bewaar_app(user=user, geheim=geheim, code=code, by=user)
        if codes is None:
            return self._instelpagina(user, CODE_FOUT)
        return self._binnen(user, Bewijs.APP, codes)

    def _met_nieuwe_passkey(self, antwoord: str) -> HttpResponse:
        user = halverwege.wie(self.request, instellen=True)
        if user is None:
            return self._opnieuw()
        try:
            factor = passkeys.nieuw(self.request, user, antwoord, "Passkey")
        except GeenPasskeyError:
            return self._instelpagina(user, PASSKEY_FOUT)
        codes = factoren.bewaar(factor=factor, by=user)
        return self._binnen(user, Bewijs.PASSKEY, codes)

    # What is answered

    def _binnen(
        self, user: User, bewijs: Bewijs, codes: list[str] | None = None
    ) -> HttpResponse:
        """Signed in: on with what was typed, or to where they were going."""
        request = self.request
        # Nothing of who was here before, nor of halfway.
        request.session.flush()
        login(request, user)
        sessies.bewezen(request, bewijs)
        response: HttpResponse
        if codes:
            factoren.alleen_nog(user, sessies.deze(request))
            context = {"codes": codes, "naar": self.naar}
            response = self._pagina(
                "admin/toegang/herstelcodes.html", "Bewaar je herstelcodes", context
            )
        elif self.getypt:
            response = teruggegeven(request, self.getypt, Waarom.INGELOGD, self.naar)
        else:
            response = HttpResponseRedirect(self.naar)
        grenzen.onthoud_apparaat(request, response, user.get_username())
        return response

    def _opnieuw(self, fout: str = TE_LANG) -> HttpResponse:
        return self._wachtwoordpagina(Inlogformulier(self.request), fout)

    def _wachtwoordpagina(self, form: Inlogformulier, fout: str = "") -> HttpResponse:
        halverwege.klaar(self.request)
        context = {"form": form, "fout": fout, "opnieuw": "opnieuw" in self.request.GET}
        return self._pagina("admin/login.html", "Inloggen", context)

    def _stappagina(self, user: User, fout: str = "") -> HttpResponse:
        soorten = {*user.factoren.values_list("soort", flat=True)}
        context = {"fout": fout, "soorten": soorten}
        return self._pagina("admin/toegang/tweede_stap.html", "Tweede stap", context)

    def _instelpagina(self, user: User, fout: str = "") -> HttpResponse:
        geheim = halverwege.geheim(self.request)
        qr = factoren.qr_van(factoren.adres_voor_app(user, geheim))
        context = {"fout": fout, "qr": qr, "geheim": geheim}
        return self._pagina(
            "admin/toegang/instellen.html", "Stel een tweede stap in", context
        )

    def _pagina(
        self, sjabloon: str, titel: str, context: dict[str, Any]
    ) -> HttpResponse:
        inhoud = {
            **self.site.each_context(self.request),
            "title": titel,
            "subtitle": None,
            "app_path": reverse("admin:login"),
            "next": self.naar,
            "getypt": self.getypt,
            "naam_getypt": typed.NAAM,
            **self.extra,
            **context,
        }
        pagina = render(self.request, sjabloon, inhoud)
        if self.getypt:
            houd(pagina)
        return pagina


def wacht(pagina: HttpResponse, fout: TeVaakError) -> HttpResponse:
    """The same page, as the answer to a try that came too early."""
    pagina.status_code = 429
    pagina.headers["Retry-After"] = str(fout.seconden)
    return pagina
