"""Below ``/api/``. What programs ask ends without a slash (NLGov)."""

from django.urls import path
from django.views.generic import RedirectView

from wijkwijzer.api import views
from wijkwijzer.api.collecties import ALLE

app_name = "api"

naar_uitleg = RedirectView.as_view(
    pattern_name="api:uitleg", http_method_names=["get", "head"]
)
urlpatterns = [
    path("", views.uitleg, name="uitleg"),
    # Where people are told that the API is.
    path("v1", naar_uitleg, name="wortel"),
    path("v1/openapi.json", views.openapi, name="openapi"),
    path("v1/alles.json", views.alles, name="alles"),
]
for collectie in ALLE:
    eigen = {"collectie": collectie}
    # Not <slug:>: a wrong one is told as any other that is not there.
    sleutels = "/".join(f"<str:{sleutel}>" for sleutel in collectie.sleutels)
    urlpatterns += [
        path(f"v1/{collectie.naam}", views.lijst, eigen, name=collectie.naam),
        path(f"v1/{collectie.naam}/{sleutels}", views.een, eigen),
    ]
