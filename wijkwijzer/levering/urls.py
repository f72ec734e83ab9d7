"""Addresses of files. Beside the list that they are of, with the same keys."""

from django.urls import path

from wijkwijzer.levering import views
from wijkwijzer.levering.lijst import FORMATEN
from wijkwijzer.levering.matrix import MATRIXFORMATEN

# Their page has filters.
LIJSTEN = ("aanpakken", "interventies", "praktijkvoorbeelden")

urlpatterns = [
    path("gegevens/wijkwijzer.zip", views.pakket, name="pakket"),
    path("gegevens/catalogus.jsonld", views.catalogus, name="catalogus"),
]
urlpatterns += [
    path(f"aanpakken/matrix.{formaat}", views.matrix, {"formaat": formaat})
    for formaat in MATRIXFORMATEN
]
for formaat in FORMATEN:
    van = {"formaat": formaat}
    urlpatterns.append(path(f"selectie/export.{formaat}", views.selectie, van))
    urlpatterns += [
        path(f"{naam}/export.{formaat}", views.lijst, van | {"naam": naam})
        for naam in LIJSTEN
    ]
