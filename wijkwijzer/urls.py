"""Every address of the portal. Dutch, with a trailing slash; see DESIGN §4."""

from django.contrib import admin
from django.urls import include, path

from kennisdossier import afbeeldingen
from wijkwijzer.web import views, views_stijl

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("aanpakken.urls")),
    path("", include("kennisdossier.urls")),
    path("interventies/", include("interventies.urls")),
    path("zoeken/", include("wijkwijzer.search.urls")),
    path("over/", views.over, name="over"),
    path("verantwoording/", views.verantwoording, name="verantwoording"),
    path("verantwoording/correcties/", views.correcties, name="correcties"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", views.privacy, name="privacy"),
    path("stijl/", views_stijl.stijl, name="stijl"),
    path("id/<slug:soort>/<uuid:uuid>", views.permalink, name="permalink"),
    path("media/afbeeldingen/<str:naam>", afbeeldingen.bestand, name="afbeelding"),
    path("admin/", admin.site.urls),
]
