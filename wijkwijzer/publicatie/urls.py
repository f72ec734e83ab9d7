"""Addresses of what can be printed, and of the same for who must rework it."""

from django.urls import path

from wijkwijzer.publicatie import planviews, views
from wijkwijzer.publicatie.leveren import PLATEN, SOORTEN

urlpatterns = [
    path("publicatie/", views.publicatie, name="publicatie"),
    path("wijkplan/", planviews.wijkplan, name="wijkplan"),
    path("publicatie/edities/<int:nummer>/", views.editie, name="editie"),
    path(
        "publicatie/edities/<int:nummer>/wijkwijzer-<int:deel>.pdf",
        views.editie_pdf,
        name="editie_pdf",
    ),
    path("aanpakken/matrix.pdf", views.matrix, {"vorm": "pdf"}, name="matrix_pdf"),
    path("aanpakken/matrix.png", views.matrix, {"vorm": "png"}, name="matrix_png"),
    *(
        path(
            f"aanpakken/vergelijken.{vorm}",
            views.vergelijking,
            {"vorm": vorm},
            name=f"vergelijken_{vorm}",
        )
        for vorm in PLATEN
    ),
    path("aanpakken/<slug:slug>.pdf", views.aanpak_pdf, name="aanpak_pdf"),
    path("interventies/<slug:slug>.pdf", views.interventie_pdf, name="interventie_pdf"),
]
for vorm in SOORTEN:
    in_vorm = {"vorm": vorm}
    overzicht = f"publicatie/wijkwijzer.{vorm}"
    deel = f"publicatie/wijkwijzer-<int:deel>.{vorm}"
    brochure = f"selectie/brochure.{vorm}"
    plan = f"wijkplan/wijkplan.{vorm}"
    urlpatterns += [
        path(overzicht, views.overzicht, in_vorm, name=f"overzicht_{vorm}"),
        path(deel, views.overzicht, in_vorm, name=f"overzichtdeel_{vorm}"),
        path(brochure, views.selectie, in_vorm, name=f"brochure_{vorm}"),
        path(plan, planviews.wijkplan_bestand, in_vorm, name=f"wijkplan_{vorm}"),
    ]
