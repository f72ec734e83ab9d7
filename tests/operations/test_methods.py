"""Which methods an address takes, for every address that there is."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests import html
from tests.meta.test_house import addresses
from tests.paginas import FORMULIEREN, PAGINAS, antwoord, bereid_voor
from wijkwijzer.operations.methods import MethodsMiddleware

# Made of what is in memory, whatever database that came from.
pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

ODD = ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", ""]
# What programs ask takes OPTIONS too: tests/api/test_http.py.
ROUTES = [r for r in addresses(get_resolver()) if not r.startswith("api/v1")]
UUID = "00000000-0000-4000-8000-000000000000"
FORMS = [
    *("reageren/", "waarderen/", "reacties/", "contact/", "praktijkvoorbeelden/delen/"),
    *("volgen/", "wijkplan/wijkplan."),
]


def filled_in(route: str) -> str:
    """An address of this kind; nothing needs to stand there."""
    path = re.sub("<elke_uuid:[^>]+>", UUID, route.replace("<slug:soort>", "aanpak"))
    return "/" + re.sub("<int:[^>]+>", "1", re.sub("<(slug|str):[^>]+>", "x", path))


def is_form(route: str) -> bool:
    return route.startswith(tuple(FORMS))


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_the_routes_have_forms_among_them():
    forms = [route for route in ROUTES if is_form(route)]
    assert len(forms) >= 5
    assert len(forms) < len(ROUTES) / 2


@pytest.mark.parametrize("route", ROUTES)
def test_an_address_takes_no_other_method_and_says_which_it_does(client, route):
    taken = "GET, HEAD, POST" if is_form(route) else "GET, HEAD"
    for method in ODD:
        response = client.generic(method, filled_in(route))
        assert (response.status_code, response["Allow"]) == (405, taken), method


@pytest.mark.parametrize("route", [r for r in ROUTES if not is_form(r)])
def test_what_has_no_form_takes_no_post(client, route):
    response = client.post(filled_in(route), {"x": "1"})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("pagina", FORMULIEREN, ids=str)
def test_a_form_takes_a_post(client, pagina):
    bereid_voor()
    assert client.post(pagina.pad.partition("?")[0]).status_code not in {405, 500}


@pytest.mark.parametrize("path", ["/static/css/site.css", "/bestaat-niet/"])
def test_no_file_and_no_address_without_a_page_takes_another_method(client, path):
    for method in ODD:
        response = client.generic(method, path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), method


def test_a_static_file_takes_no_post_and_answers_with_our_page(client):
    response = client.post("/static/css/site.css")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert html.read(response.content).one("h1").text == "Dat kan hier niet"


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/aanpakken/aanpak/"]
)
def test_the_admin_reads_and_takes_forms_and_no_more(admin_client, path):
    for method in ODD:
        response = admin_client.generic(method, path)
        assert response.status_code == 405, method
        assert response["Allow"] == "GET, HEAD, POST"


def test_the_admin_takes_its_forms(admin_client):
    assert admin_client.post("/admin/aanpakken/aanpak/add/").status_code == 200


def test_the_answer_is_our_own_page_with_every_header_and_kept_nowhere(client):
    response = client.generic("DELETE", "/aanpakken/")
    document = html.read(response.content)
    assert document.one("html")["lang"] == "nl"
    assert document.one("h1").text == "Dat kan hier niet"
    assert "noindex" in document.one("meta", name="robots")["content"]
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_a_trace_does_not_send_back_what_was_sent(client):
    response = client.generic("TRACE", "/", HTTP_X_GEHEIM="een geheim")
    assert "een geheim" not in response.content.decode()


def test_head_says_what_get_would_and_no_more():
    bereid_voor()
    for pagina in PAGINAS:
        shown, response = antwoord(pagina), Client().head(pagina.pad)
        assert response.status_code == shown.status_code, pagina
        assert response.content == b"", pagina
        assert {*response.headers} >= {*shown.headers} - {"Content-Length"}, pagina


def test_another_method_is_refused_before_any_other_middleware_looks_at_it():
    before = settings.MIDDLEWARE.index(
        f"{MethodsMiddleware.__module__}.{MethodsMiddleware.__name__}"
    )
    for later in ("statisch", "sessions", "common", "csrf"):
        assert any(later in name for name in settings.MIDDLEWARE[before:])
