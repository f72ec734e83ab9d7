"""Every address of the portal. Dutch, with a trailing slash; see DESIGN §4.

A page that is composed of several apps has its view in ``wijkwijzer.web``; here it gets
its place among the addresses of the app that it belongs to.
"""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from aanpakken import urls as aanpakken
from interventies import urls as interventies
from kennisdossier import afbeeldingen
from kennisdossier import urls as kennisdossier
from wijkwijzer.redactie.voorbeeld import voorbeeld
from wijkwijzer.web.views import bestanden, site, stijl
from wijkwijzer.web.views.aanpak import aanpak
from wijkwijzer.web.views.actor import actor
from wijkwijzer.web.views.begrip import begrip
from wijkwijzer.web.views.dossier import dossier
from wijkwijzer.web.views.home import home
from wijkwijzer.web.views.interventie import interventie
from wijkwijzer.web.views.permalink import permalink
from wijkwijzer.web.views.praktijkvoorbeeld import praktijkvoorbeeld
from wijkwijzer.web.views.thema import thema


def composed(
    prefix: str, own: list[URLPattern], view: Callable[..., HttpResponse]
) -> URLResolver:
    """The addresses of an app, and the page of one of its records."""
    detail = path("<slug:slug>/", view, name="detail")
    return path(f"{prefix}/", include(([*own, detail], prefix)))


urlpatterns = [
    path("", home, name="home"),
    # Before the addresses that end in a slug.
    path("", include("wijkwijzer.deelname.urls")),
    path("", include("wijkwijzer.nieuws.urls")),
    path("", include("wijkwijzer.levering.urls")),
    path("", include("wijkwijzer.publicatie.urls")),
    path("", include("aanpakken.urls")),
    composed("aanpakken", aanpakken.aanpakken, aanpak),
    composed("themas", aanpakken.themas, thema),
    composed("wie", aanpakken.wie, actor),
    composed("interventies", interventies.interventies, interventie),
    composed("kennisdossier", kennisdossier.kennisdossier, dossier),
    composed(
        "praktijkvoorbeelden", kennisdossier.praktijkvoorbeelden, praktijkvoorbeeld
    ),
    path("gemeenten/", include((kennisdossier.gemeentepaginas, "gemeenten"))),
    composed("begrippen", kennisdossier.begrippen, begrip),
    path("zoeken/", include("wijkwijzer.search.urls")),
    path("api/", include("wijkwijzer.api.urls")),
    path("over/", site.over, name="over"),
    path("verantwoording/", site.verantwoording, name="verantwoording"),
    path("verantwoording/correcties/", site.correcties, name="correcties"),
    path("toegankelijkheid/", site.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", site.privacy, name="privacy"),
    path("stijl/", stijl.stijl, name="stijl"),
    path("id/<slug:soort>/<elke_uuid:uuid>", permalink, name="permalink"),
    # Some programs put a slash at the end of whatever is linked to.
    path("id/<slug:soort>/<elke_uuid:uuid>/", permalink),
    path("", include("wijkwijzer.delen.urls")),
    path("voorbeeld/<str:token>/", voorbeeld, name="voorbeeld"),
    path("voorbeeld/<str:token>/<path:deel>", voorbeeld, name="voorbeeld_deel"),
    path("media/afbeeldingen/<str:naam>", afbeeldingen.bestand, name="afbeelding"),
    path(".well-known/security.txt", bestanden.security_txt, name="security_txt"),
    path("robots.txt", bestanden.robots_txt, name="robots_txt"),
    path("favicon.ico", bestanden.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
