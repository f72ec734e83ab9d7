"""The addresses of signing in, under those of the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from wijkwijzer.toegang import views
from wijkwijzer.toegang.herstel import Nieuw, Onderweg, Vergeten

if TYPE_CHECKING:
    from collections.abc import Callable


def urls(van_beheer: Callable[[Any], Any]) -> list[URLPattern]:
    """``van_beheer`` lets only who is signed in through."""
    beveiliging = "beveiliging/"
    return [
        path("login/passkey/", views.passkey_opties, name="passkey_opties"),
        path(
            "wachtwoord/", never_cache(Vergeten.as_view()), name="wachtwoord_vergeten"
        ),
        path(
            "wachtwoord/mail/",
            never_cache(Onderweg.as_view()),
            name="wachtwoord_onderweg",
        ),
        path("wachtwoord/<uidb64>/<token>/", Nieuw.as_view(), name="wachtwoord_nieuw"),
        path(beveiliging, van_beheer(views.beveiliging), name="beveiliging"),
        path(f"{beveiliging}app/", van_beheer(views.app), name="beveiliging_app"),
        path(
            f"{beveiliging}passkey/",
            van_beheer(views.passkey),
            name="beveiliging_passkey",
        ),
        path(
            f"{beveiliging}herstelcodes/",
            van_beheer(views.herstelcodes),
            name="beveiliging_herstelcodes",
        ),
        path(
            f"{beveiliging}<int:pk>/verwijderen/",
            van_beheer(views.verwijder),
            name="beveiliging_verwijder",
        ),
        path(
            f"{beveiliging}uitloggen/",
            van_beheer(views.uitloggen),
            name="beveiliging_uitloggen",
        ),
        path(
            f"{beveiliging}uitloggen/<uuid:nummer>/",
            van_beheer(views.uitloggen),
            name="beveiliging_uitloggen_een",
        ),
    ]
