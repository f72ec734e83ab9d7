"""Addresses of what others take along."""

from django.urls import include, path

from wijkwijzer.delen.views import embeds, maken, verwijzingen
from wijkwijzer.delen.views.oembed import oembed

embed = [
    path("", maken.maken, name="maken"),
    path("aanpakken/", embeds.aanpakken, name="aanpakken"),
    path("aanpakken/<slug:slug>/", embeds.aanpak, name="aanpak"),
    path("matrix/", embeds.matrix, name="matrix"),
    path("wie/", embeds.wie, name="wie"),
    path("begrippen/<slug:slug>/", embeds.begrip, name="begrip"),
    path("gemeenten/<slug:slug>/", embeds.gemeente, name="gemeente"),
    path("kleuren/<str:kleur>.css", embeds.kleuren, name="kleuren"),
    path("hoogte.js", maken.hoogte, name="hoogte"),
]

urlpatterns = [
    path("embed/", include((embed, "embed"))),
    path("deelbeeld.png", verwijzingen.deelbeeld, name="deelbeeld"),
    path("oembed", oembed, name="oembed"),
    path(
        "id/<str:soort>/<elke_uuid:uuid>.<str:vorm>",
        verwijzingen.bestand,
        name="verwijzing",
    ),
]
