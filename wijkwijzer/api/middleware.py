"""Around every answer under ``/api/``: its headers, and problems in one form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from wijkwijzer.api.adres import PROBLEEM, VERSIE, is_van_api, neemt_json
from wijkwijzer.api.limiet import limiet, vaste_kopregels
from wijkwijzer.api.problemen import STREEP, inhoud, probleem
from wijkwijzer.core.middleware import REFUSAL
from wijkwijzer.core.netwerk import HUIS, netwerk, netwerkadres

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from wijkwijzer.api.limiet import Stand

# In the environment of a request; no client can set it.
STAND = "wijkwijzer.api_stand"

LEZEN = "GET, HEAD, OPTIONS"
# What a program on another site may read of an answer.
TE_ZIEN = (
    *("API-Version", "Checksum-SHA256", "ETag", "Link", "Location", "Retry-After"),
    *("RateLimit", "RateLimit-Limit", "RateLimit-Policy"),
    *("RateLimit-Remaining", "RateLimit-Reset"),
)
VASTE = {
    "API-Version": VERSIE,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(TE_ZIEN),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
VOORAF = {
    "Allow": LEZEN,
    "Access-Control-Allow-Methods": LEZEN,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Outside all others: whatever they refuse, a program reads why.

    What other middleware put on the answer stays on it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_van_api(request.path_info):
            return self.get_response(request)
        # The door has its refusals made before anybody comes.
        stand = None if REFUSAL in request.META else limiet.tel(_adres(request))
        request.META[STAND] = stand
        response = self.get_response(request)
        if response.status_code >= 400:
            _als_probleem(response, request.path_info)
            response.headers["Cache-Control"] = "no-store"
        if response.status_code == 405:
            response.headers["Allow"] = LEZEN
        for naam, waarde in (VASTE | vaste_kopregels()).items():
            response.headers[naam] = waarde
        # What is kept goes to others, who have a count of their own.
        if stand and response.status_code != 200:
            for naam, waarde in stand.kopregels().items():
                response.headers[naam] = waarde
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        stand: Stand | None = request.META.get(STAND)
        if stand is None:
            return None
        if stand.te_veel:
            return probleem(429)
        if request.method in {"GET", "HEAD"} and not neemt_json(
            request.headers.get("accept", "")
        ):
            return probleem(406)
        return None


class OptionsMiddleware:
    """What a browser asks before it asks for real (CORS). No view has to know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "OPTIONS" or not is_van_api(request.path_info):
            return self.get_response(request)
        try:
            resolve(request.path_info)
        except Resolver404:
            return probleem(404)
        return HttpResponse(status=204, headers=VOORAF)


def _adres(request: HttpRequest) -> str:
    keten = request.headers.get("x-forwarded-for")
    return netwerk(netwerkadres(request.META.get("REMOTE_ADDR", ""), keten), HUIS)


def _als_probleem(response: HttpResponseBase, pad: str) -> None:
    """Let the answer say in JSON what a page said."""
    if response.headers.get("Content-Type") == PROBLEEM:
        return
    if isinstance(response, HttpResponse):
        streep = response.status_code == 404 and pad.endswith("/")
        response.content = inhoud(response.status_code, STREEP if streep else "")
        response.headers["Content-Type"] = PROBLEEM
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
