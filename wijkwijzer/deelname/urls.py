"""Where readers send something in. Before the addresses that end in a slug."""

from django.urls import path

from wijkwijzer.deelname.views.contact import contact
from wijkwijzer.deelname.views.delen import praktijkvoorbeeld_delen
from wijkwijzer.deelname.views.melden import reactie_melden
from wijkwijzer.deelname.views.reageren import reageren
from wijkwijzer.deelname.views.volgen import abonnement, stop, volgen
from wijkwijzer.deelname.views.waarderen import waarderen

urlpatterns = [
    path("reageren/<slug:soort>/<slug:slug>/", reageren, name="reageren"),
    path("waarderen/<slug:soort>/<slug:slug>/", waarderen, name="waarderen"),
    path("reacties/<int:pk>/melden/", reactie_melden, name="reactie_melden"),
    path("volgen/", volgen, name="volgen"),
    path("volgen/<elke_uuid:sleutel>/", abonnement, name="abonnement"),
    path("volgen/<elke_uuid:sleutel>/stop/", stop, name="abonnement_stop"),
    path("contact/<slug:slug>/", contact, name="contact"),
    path(
        "praktijkvoorbeelden/delen/",
        praktijkvoorbeeld_delen,
        name="praktijkvoorbeeld_delen",
    ),
]
