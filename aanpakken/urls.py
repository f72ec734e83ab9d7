"""Addresses of the catalogue. Those of more apps together: ``wijkwijzer.urls``."""

from django.urls import path

from aanpakken.views.keuzehulp import keuzehulp
from aanpakken.views.lijst import lijst
from aanpakken.views.matrix import matrix, matrix_csv, matrix_svg
from aanpakken.views.selectie import selectie
from aanpakken.views.themas import themas as themalijst
from aanpakken.views.vergelijken import vergelijken
from aanpakken.views.wie import wie as ringen

aanpakken = [
    path("", lijst, name="list"),
    path("matrix/", matrix, name="matrix"),
    path("matrix.csv", matrix_csv, name="matrix_csv"),
    path("matrix.svg", matrix_svg, name="matrix_svg"),
    path("vergelijken/", vergelijken, name="vergelijken"),
]
themas = [path("", themalijst, name="list")]
wie = [path("", ringen, name="list")]

urlpatterns = [
    path("keuzehulp/", keuzehulp, name="keuzehulp"),
    path("selectie/", selectie, name="selectie"),
]
