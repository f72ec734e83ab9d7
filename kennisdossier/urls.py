"""Addresses of the knowledge. Those of more apps together: ``wijkwijzer.urls``."""

from django.urls import path

from kennisdossier.views.begrippen import begrippen as begrippenlijst
from kennisdossier.views.dossiers import dossiers, lessen, vragen
from kennisdossier.views.plaatsen import gemeente, gemeenten, vroegere_gemeente, wijk
from kennisdossier.views.voorbeelden import voorbeelden

kennisdossier = [
    path("", dossiers, name="list"),
    path("<slug:slug>/lessen/", lessen, name="lessen"),
    path("<slug:slug>/vragen/", vragen, name="vragen"),
]
begrippen = [path("", begrippenlijst, name="list")]
praktijkvoorbeelden = [
    path("", voorbeelden, name="list"),
    path("in/<slug:slug>/", vroegere_gemeente, name="gemeente"),
    path("in/<slug:gemeente>/<slug:slug>/", wijk, name="wijk"),
]
gemeentepaginas = [
    path("", gemeenten, name="list"),
    path("<slug:slug>/", gemeente, name="detail"),
]
