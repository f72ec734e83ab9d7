"""Where readers send something in. Before the addresses that end in a slug."""

from django.urls import path

from kennisdossier import views_reacties as views

urlpatterns = [
    path("reageren/<slug:soort>/<slug:slug>/", views.reageren, name="reageren"),
    path("waarderen/<slug:soort>/<slug:slug>/", views.waarderen, name="waarderen"),
    path("reacties/<int:pk>/melden/", views.reactie_melden, name="reactie_melden"),
    path("contact/<slug:slug>/", views.contact, name="contact"),
    path(
        "praktijkvoorbeelden/delen/",
        views.praktijkvoorbeeld_delen,
        name="praktijkvoorbeeld_delen",
    ),
]
