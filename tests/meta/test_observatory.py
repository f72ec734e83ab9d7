"""Every kind of answer has the top score of Mozilla's HTTP Observatory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.deelname.formulieren import reactie_van
from tests.factories import make_dossier
from tests.meta.test_house import (
    EXPORTS,
    FEEDS,
    PERMALINKS,
    PREVIEWS,
    PRINTED,
    addresses,
)
from tests.paginas import PAGINAS, bereid_voor
from tests.tools import observatory
from wijkwijzer.operations import probes

pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

OTHERS = {
    "style": "/static/css/site.css",
    "script": "/static/js/site.js",
    "font": "/static/fonts/atkinson-hyperlegible-next.woff2",
    "table": "/aanpakken/matrix.csv",
    "picture": "/aanpakken/matrix.svg",
    "suggestions": "/zoeken/suggesties/?q=bewo",
    "no slash": "/aanpakken",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "part of the sitemap": "/sitemap-aanpakken.xml",
    **{f"feed of {path}": f"/{path}/feed.atom" for path in FEEDS},
    "security": "/.well-known/security.txt",
    "favicon": "/favicon.ico",
    "login": "/admin/login/",
    "admin without login": "/admin/",
    "alive": "/livez",
    "oembed": "/oembed?url=/wie/",
    "where gemeenten were": "/praktijkvoorbeelden/in/utrecht/",
    "stop": "/volgen/00000000-0000-4000-8000-000000000000/stop/",
    "picture to share": "/deelbeeld.png",
    "catalogue": "/gegevens/catalogus.jsonld",
    "all tables": "/gegevens/wijkwijzer.zip",
    **PRINTED,
    **{path: f"/{path}" for path in EXPORTS if path.startswith("aanpakken/")},
}


@pytest.fixture
def https(settings) -> Client:
    """A browser that asks a server with every setting as it should be."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = observatory.A_YEAR
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.BEHEERDER_EMAIL = "beheer@gemeente.example"
    settings.DEBUG = False
    bereid_voor()
    return Secure(enforce_csrf_checks=True, raise_request_exception=False)


class Secure(Client):
    """Asks over https, whatever it is told."""

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **kwargs | {"secure": True})


def score(response: Any) -> Any:
    streams = response.streaming
    text = "" if streams else response.content.decode(errors="replace")
    response.close()
    return observatory.score(response.headers, response.cookies, text)


def is_at_the_top(response: Any) -> bool:
    assert score(response) == observatory.TOP
    return True


def asked_anew(https: Client, paths: Iterable[str]) -> list[Any]:
    """The answer at each, as who comes there first gets it."""
    answers = []
    for path in paths:
        https.cookies.clear()
        answers.append(https.get(path))
    return answers


# These look at all there is in one test: what they look at is made once.


def test_every_page_is_at_the_top(https):
    asked = asked_anew(https, (pagina.pad for pagina in PAGINAS))
    answers = dict(zip(PAGINAS, asked, strict=True))
    assert {p: a.status_code for p, a in answers.items()} == {
        pagina: pagina.status for pagina in PAGINAS
    }
    found = {str(pagina): score(answer) for pagina, answer in answers.items()}
    assert {p: s for p, s in found.items() if s != observatory.TOP} == {}


def test_everything_else_that_can_be_asked_is_at_the_top(https):
    answers = dict(zip(OTHERS, asked_anew(https, OTHERS.values()), strict=True))
    assert {n: a.status_code for n, a in answers.items() if a.status_code >= 400} == {}
    found = {name: score(answer) for name, answer in answers.items()}
    assert {n: s for n, s in found.items() if s != observatory.TOP} == {}


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/aanpakken/aanpak/", "/admin/aanpakken/aanpak/add/"]
)
def test_the_admin_is_at_the_top(https, admin_user, path):
    https.force_login(admin_user)
    response = https.get(path)
    assert response.status_code == 200
    assert is_at_the_top(response)


def test_a_picture_of_an_editor_is_at_the_top(https):
    naam = f"{'0' * 64}.png"
    default_storage.save(f"afbeeldingen/{naam}", ContentFile(b"\x89PNG"))
    response = https.get(f"/media/afbeeldingen/{naam}")
    assert response.status_code == 200
    assert is_at_the_top(response)


ERRORS: dict[int, Callable[[Client, Any], Any]] = {
    400: lambda https, _: https.get("/", HTTP_HOST="kwaad.example"),
    403: lambda https, _: https.post("/admin/login/", {"username": "x"}),
    404: lambda https, _: https.get("/bestaat-niet/"),
    405: lambda https, _: https.delete("/"),
    410: lambda https, _: https.get("/aanpakken/ingetrokken-aanpak/"),
    413: lambda https, settings: _with(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", https),
    429: lambda https, _: _too_often(),
    500: lambda https, _: https.get("/stuk/"),
    503: lambda https, _: https.get("/readyz"),
}


def _with(settings: Any, name: str, https: Client) -> Any:
    setattr(settings, name, 10)
    return https.post("/praktijkvoorbeelden/delen/", {"omschrijving": "x" * 100})


def _too_often() -> Any:
    dossier, without_check = make_dossier(), Secure()
    for number in range(6):
        response = reactie_van(without_check, dossier, tekst=f"reactie {number}")
    return response


@pytest.mark.urls("tests.web.urls_with_error")
@pytest.mark.parametrize("status", ERRORS)
def test_every_error_is_at_the_top(https, settings, monkeypatch, status):
    monkeypatch.setattr(probes, "readiness", lambda: {"database": "fail"})
    response = ERRORS[status](https, settings)
    assert response.status_code == status
    assert is_at_the_top(response)


def test_the_step_to_https_is_to_the_same_host_and_has_every_other_header(https):
    response = Client().get("/aanpakken/?q=x", secure=False)
    assert response.status_code == 301
    assert response["Location"] == "https://testserver/aanpakken/?q=x"
    found = observatory.score(response.headers, response.cookies, "")
    assert found == observatory.TOP | {"strict-transport-security": -20}


def test_a_host_that_is_not_ours_asked_over_http_gets_every_other_header(https):
    response = Client().get("/", HTTP_HOST="kwaad.example")
    assert response.status_code == 400
    found = observatory.score(response.headers, response.cookies, "")
    assert found == observatory.TOP | {"strict-transport-security": -20}


def test_every_address_is_among_what_is_looked_at():
    """Otherwise: put it in OTHERS, or make it a page type."""
    from django.urls import get_resolver, resolve

    looked_at = {
        resolve(path.split("?")[0]).route
        for path in OTHERS.values()
        if path not in {"/aanpakken", "/livez"} and not path.startswith("/static/")
    }
    looked_at |= {
        resolve(p.pad.split("?")[0]).route for p in PAGINAS if p.status != 404
    }
    others = {*PERMALINKS, "stijl/"}
    others |= {"id/<str:soort>/<elke_uuid:uuid>.<str:vorm>"}
    pictures = {"media/afbeeldingen/<str:naam>"} | PREVIEWS
    asked = {
        route
        for route in addresses(get_resolver())
        # May be in a frame, for which it takes points: tests/delen/test_embeds.py.
        # Or in a program of another site: tests/api/test_http.py.
        if route == "embed/" or not route.startswith(("embed/", "api/v1"))
    }
    assert asked <= looked_at | others | pictures | {*EXPORTS}


# The rules themselves


GOOD = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
}


def cookie(line: str) -> SimpleCookie:
    return SimpleCookie(line)


@pytest.mark.parametrize(
    ("rule", "headers", "line", "text"),
    [
        ("content-security-policy", {"Content-Security-Policy": ""}, "", ""),
        (
            "content-security-policy",
            {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"},
            "",
            "",
        ),
        (
            "content-security-policy",
            {
                "Content-Security-Policy": "default-src 'none'; script-src "
                "'unsafe-inline'; frame-ancestors 'none'"
            },
            "",
            "",
        ),
        (
            "content-security-policy",
            {
                "Content-Security-Policy": "default-src 'none'; img-src data:; "
                "frame-ancestors 'none'"
            },
            "",
            "",
        ),
        ("cookies", {}, "a=b; HttpOnly; SameSite=Lax", ""),
        ("cookies", {}, "a=b; Secure; SameSite=Lax", ""),
        ("cookies", {}, "a=b; Secure; HttpOnly", ""),
        ("cross-origin-resource-sharing", {"Access-Control-Allow-Origin": "*"}, "", ""),
        ("cross-origin-resource-policy", {"Cross-Origin-Resource-Policy": ""}, "", ""),
        ("referrer-policy", {"Referrer-Policy": "unsafe-url"}, "", ""),
        (
            "strict-transport-security",
            {"Strict-Transport-Security": "max-age=31536000"},
            "",
            "",
        ),
        ("strict-transport-security", {"Strict-Transport-Security": ""}, "", ""),
        ("subresource-integrity", {}, "", '<script src="https://x.example/a.js">'),
        ("x-content-type-options", {"X-Content-Type-Options": ""}, "", ""),
    ],
)
def test_what_is_missing_costs_points_of_its_own_rule(rule, headers, line, text):
    assert observatory.score(GOOD, cookie(""), "") == observatory.TOP
    found = observatory.score(GOOD | headers, cookie(line), text)
    lost = {name for name, top in observatory.TOP.items() if found[name] < top}
    assert rule in lost
    assert lost <= {rule, "x-frame-options"}
