"""The real addresses, and one that breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wijkwijzer.urls import urlpatterns as real


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of the server")


urlpatterns = [path("stuk/", broken), *real]
