"""Every address of the portal, and ``/kaal/<n>/``: a bare view of n bytes."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def kaal(request: HttpRequest, bytes_: int) -> HttpResponse:
    return HttpResponse(b"x" * bytes_)


urlpatterns = [
    path("kaal/<int:bytes_>/", kaal),
    path("", include("wijkwijzer.urls")),
]
