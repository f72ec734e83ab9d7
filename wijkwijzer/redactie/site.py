"""The admin, in which no post ends with what was typed gone."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wijkwijzer.core.adresvraag import lees_waarde
from wijkwijzer.core.klad import WIE
from wijkwijzer.redactie import getypt as typed
from wijkwijzer.redactie.aanmelden import Aanmelden, wacht
from wijkwijzer.redactie.formulier.admin import Formulier
from wijkwijzer.redactie.gevolgd import Gevolgd
from wijkwijzer.redactie.heropenen import Heropenbaar
from wijkwijzer.redactie.lijst import Lijst
from wijkwijzer.redactie.taal import Scriptteksten
from wijkwijzer.redactie.teruggeven import Waarom, houd, inloggen, teruggegeven
from wijkwijzer.toegang import grenzen, sessies
from wijkwijzer.toegang.grenzen import Soort, TeVaakError
from wijkwijzer.toegang.urls import urls as toegang

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

    from wijkwijzer.redactie.getypt import Getypt

    View = TypeVar("View", bound=Callable[..., Any])


class RedactieSite(AdminSite):
    """Every model that is registered gets what this app does for all forms."""

    # Work is found on the start page; every kind of record stands one page further.
    enable_nav_sidebar = False

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        super().register(model_or_iterable, van_de_redactie(admin_class), **options)

    # The start page, and what stands beside it

    def get_urls(self) -> list[Any]:
        return [
            path("onderdelen/", self.admin_view(self.parts), name="onderdelen"),
            path("zoeken/", self.admin_view(self.search), name="zoeken"),
            path("rollen/", self.admin_view(self.roles), name="rollen"),
            path("handleiding/", self.admin_view(self.manual), name="handleiding"),
            *toegang(self.admin_view),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The work that waits, instead of every kind of record there is."""
        # What it shows stands on the models, which are not there yet when this is read.
        from wijkwijzer.redactie import vandaag

        context = vandaag.pagina(request) | (extra_context or {})
        return self._page(request, "admin/redactie/vandaag.html", "Vandaag", context)

    def parts(self, request: HttpRequest) -> TemplateResponse:
        """Every kind of record, as Django has them on its start page."""
        parts = {"app_list": self.get_app_list(request)}
        return self._page(
            request, "admin/redactie/onderdelen.html", "Alle onderdelen", parts
        )

    def search(self, request: HttpRequest) -> TemplateResponse:
        from wijkwijzer.redactie import zoeken

        text = zoeken.schoon(lees_waarde(request.GET, "q"))
        found = {"q": text, "gevonden": zoeken.zoek(request, text)}
        return self._page(request, "admin/redactie/zoeken.html", "Zoeken", found)

    def roles(self, request: HttpRequest) -> TemplateResponse:
        """Who may do what: whoever may sign in may know."""
        from wijkwijzer.redactie import rollen

        table = rollen.pagina(request)
        return self._page(request, "admin/redactie/rollen.html", "Rollen", table)

    def manual(self, request: HttpRequest) -> TemplateResponse:
        """How to do what: of what somebody may do."""
        from wijkwijzer.redactie import handleiding

        chapters = {"hoofdstukken": handleiding.hoofdstukken(request)}
        return self._page(
            request, "admin/redactie/handleiding.html", "Handleiding", chapters
        )

    def _page(
        self, request: HttpRequest, template: str, title: str, extra: dict[str, Any]
    ) -> TemplateResponse:
        request.current_app = self.name
        context = {**self.each_context(request), "title": title, **extra}
        return TemplateResponse(request, template, context)

    # Every view

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        own: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            def answer() -> HttpResponse:
                return own(request, *args, **kwargs)

            if request.method != "POST":
                return answer()
            return self._posted(request, view, answer)

        return cast("View", update_wrapper(inner, view))

    def _posted(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        answer: Callable[[], HttpResponse],
    ) -> HttpResponse:
        if not self.has_permission(request):
            return self._by_a_stranger(request, answer)
        naar = request.get_full_path()
        if getypt := typed.lees(request):
            if not typed.kan_heropenen(view, getypt):
                return teruggegeven(request, getypt, Waarom.OPNIEUW, naar)
            typed.heropen(request, getypt)
            tell(request, getypt)
        try:
            response = answer()
        except PermissionDenied:
            if getypt := typed.van(request):
                return teruggegeven(request, getypt, Waarom.MAG_NIET, naar)
            raise
        if response.status_code == 200:
            houd(response)
        return response

    def _by_a_stranger(
        self, request: HttpRequest, answer: Callable[[], HttpResponse]
    ) -> HttpResponse:
        getypt = typed.van(request)
        if getypt is None or request.path == reverse("admin:logout"):
            # Django leads to the page to sign in.
            return answer()
        return inloggen(request, getypt, request.get_full_path(), status=403)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """As Django's, by the names that we give to what is not ours.

        Django asks for it on every page, for the sidebar that is not here. Some sixty
        kinds take 2.5 ms: it is made when somebody looks.
        """
        make = partial(self._app_list, request, app_label)
        return cast("list[Any]", SimpleLazyObject(make))

    def _app_list(self, request: HttpRequest, app_label: str | None) -> list[Any]:
        apps: list[Any] = super().get_app_list(request, app_label)
        for model in (model for app in apps for model in app["models"]):
            own = self._registry[model["model"]]
            model["name"] = getattr(own, "heet", model["name"])
        return apps

    @method_decorator([never_cache, sensitive_post_parameters()])
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        binnen = request.method == "GET" and self.has_permission(request)
        if binnen and "opnieuw" not in request.GET:
            return HttpResponseRedirect(reverse("admin:index"))
        return Aanmelden(self, request, extra_context or {}).antwoord()

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        sessie = sessies.deze(request)
        poging = None
        # Without an old password nothing is guessed.
        if request.POST.get("old_password") and sessie:
            naam = request.user.get_username()
            try:
                poging = grenzen.begin(request, naam, Soort.OUD, sessie=str(sessie.pk))
            except TeVaakError as fout:
                return self._later(request, fout)
        response = super().password_change(request, extra_context)
        changed = request.method == "POST" and response.status_code == 302
        if poging and (changed or "old_password" not in _form_of(response).errors):
            poging.goed()
        if changed:
            sessies.blijf(request, sessie)
        return response

    def _later(self, request: HttpRequest, fout: TeVaakError) -> TemplateResponse:
        """The page to change a password, of which nothing was looked at."""
        form = AdminPasswordChangeForm(cast("User", request.user))
        shown = {"form": form, "fout": str(fout)}
        page = self._page(
            request,
            "registration/password_change_form.html",
            "Wachtwoord wijzigen",
            shown,
        )
        wacht(page, fout)
        return page

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return cast("HttpResponse", Scriptteksten.as_view()(request))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        # Their browser then forgets what they typed and did not save.
        gone = {"uitgelogd": request.user.pk}
        return super().logout(request, {**(extra_context or {}), **gone})


def _form_of(response: TemplateResponse) -> Any:
    return (response.context_data or {})["form"]


def van_de_redactie(klasse: type[admin.ModelAdmin[Any]] | None) -> Any:
    """The same class, with all that follows and keeps what editors do with it."""
    klasse = klasse or admin.ModelAdmin
    if issubclass(klasse, Heropenbaar):
        return klasse
    # The mixins go first, whatever else the class overrides.
    module = {"__module__": klasse.__module__, "__doc__": klasse.__doc__}
    mixins = (Heropenbaar, Gevolgd, Lijst, Formulier)
    return type(klasse.__name__, (*mixins, klasse), module)


def tell(request: HttpRequest, getypt: Getypt) -> None:
    # Whoever signed in where the session of another ended, has his text before him.
    same = dict(getypt.velden).get(WIE, str(request.user.pk)) == str(request.user.pk)
    who = "je" if same else "iemand anders, voordat je inlogde"
    messages.warning(request, f"Dit typte {who}. Er is nog niets opgeslagen.")
    if getypt.opnieuw:
        namen = ", ".join(getypt.opnieuw)
        messages.warning(request, f"Dit moet je opnieuw kiezen of typen: {namen}.")
