"""What every answer has on the wire: NLGov API Design Rules, fair use, and the door."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from tests import factories
from tests.web.wsgi import ask, asked
from wijkwijzer.api import views
from wijkwijzer.api.adres import VERSIE, WORTEL, neemt_json
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.limiet import limiet
from wijkwijzer.web.door.replies import refusals

LIST = "/api/v1/aanpakken"
PROBLEM = "application/problem+json"

ON_ALL = {
    "api-version": VERSIE,
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


def check_headers(headers) -> None:
    found = {name.lower(): value for name, value in dict(headers).items()}
    assert {name: found.get(name) for name in ON_ALL} == ON_ALL
    assert "frame-ancestors 'none'" in found["content-security-policy"]
    assert found["ratelimit-limit"] and found["ratelimit-policy"]
    assert "set-cookie" not in found


def check_problem(response, status: int) -> None:
    assert response.status_code == status
    assert response["Content-Type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]
    assert response["Cache-Control"] == "no-store"
    check_headers(response.headers)


@pytest.mark.usefixtures("inhoud")
@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        (LIST, "*/*", 200),
        ("/api/v1/openapi.json", "application/json", 200),
        (f"{LIST}?x=1", "*/*", 400),
        ("/api/v1/openapi.json?x=1", "*/*", 400),
        (f"{LIST}/bestaat-niet", "*/*", 404),
        ("/api/v1/bestaat-niet", "*/*", 404),
        ("/api/bestaat-niet", "*/*", 404),
        # With a slash it is not there, and nobody is sent on.
        (f"{LIST}/", "*/*", 404),
        (f"{LIST}/abcd/", "*/*", 404),
        (LIST, "text/html", 406),
        (LIST, "application/json;q=0", 406),
        (f"{LIST}/ABCD", "*/*", 301),
    ],
)
def test_every_answer_has_its_headers_and_what_goes_wrong_is_a_problem(
    client, path, accept, status
):
    response = client.get(path, headers={"accept": accept})
    if status >= 400:
        check_problem(response, status)
    assert response.status_code == status
    check_headers(response.headers)


@pytest.mark.usefixtures("inhoud")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_reading_is_possible(client, method):
    for path in (LIST, f"{LIST}/abcd", "/api/v1/openapi.json"):
        response = client.generic(method, path)
        check_problem(response, 405)
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.usefixtures("inhoud")
def test_a_browser_on_another_site_may_ask_and_may_say_which_version_it_has(client):
    response = client.options(
        LIST,
        headers={
            "origin": "https://gemeente.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert response.status_code == 204
    check_headers(response.headers)
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert "ETag" in response["Access-Control-Expose-Headers"]
    check_problem(client.options("/api/v1/bestaat-niet"), 404)


@pytest.mark.usefixtures("inhoud")
def test_an_error_of_ours_is_a_problem_too(monkeypatch):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(views, "lees_lijst", fail)
    check_problem(Client(raise_request_exception=False).get(LIST), 500)


@pytest.mark.usefixtures("inhoud")
def test_a_host_that_is_not_ours_is_a_problem(client):
    check_problem(client.get(LIST, headers={"host": "iemand.anders"}), 400)


def test_where_the_api_is_leads_to_what_there_is(client, inhoud):
    root = client.get("/api/v1")
    assert (root.status_code, root["Location"]) == (302, "/api/")
    for path, told in (("/api/v1/bestaat-niet", "/api/."), (f"{LIST}/", "streep")):
        response = client.get(path)
        check_problem(response, 404)
        assert told in response.json()["detail"]


def test_the_page_about_it_is_a_page(client, inhoud):
    response = client.get("/api/")
    assert response["Content-Type"].startswith("text/html")
    assert "API-Version" not in response
    assert client.get("/api").status_code == 301


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("text/html, application/*;q=0.1", True),
        ("APPLICATION/JSON; charset=utf-8", True),
        ("text/html", False),
        ("application/xml, */*;q=0", False),
        ("application/json;q=0.0", False),
    ],
)
def test_who_takes_json_is_known_by_the_accept_header(accept, takes):
    assert neemt_json(accept) is takes


# The door


def test_a_list_is_kept_until_something_changes(door):
    first = ask(door, LIST)
    before = asked(door)
    again = ask(door, LIST)
    assert asked(door) == before
    assert again.body == first.body
    check_headers(again.headers)
    factories.make_aanpak(naam="Nieuw", slug="nieuw")
    assert '"slug":"nieuw"' in ask(door, f"{LIST}?sorteer=recent").text
    assert asked(door) == before + 1


def test_who_has_the_answer_already_gets_no_other(door):
    etag = ask(door, LIST).headers["etag"]
    answer = ask(door, LIST, HTTP_IF_NONE_MATCH=etag)
    assert answer.status == 304
    assert answer.body == b""
    assert answer.headers["etag"] == etag
    check_headers(answer.headers)


def test_who_takes_no_json_is_told_so_also_when_the_answer_is_kept(door):
    ask(door, LIST)
    answer = ask(door, LIST, HTTP_ACCEPT="text/html")
    assert answer.status == 406
    assert answer.headers["content-type"] == PROBLEM


def test_a_problem_is_not_kept(door):
    for _ in range(2):
        before = asked(door)
        assert ask(door, f"{LIST}?thema=x").status == 400
        assert asked(door) == before + 1


def test_a_head_has_the_headers_and_no_body(door):
    ask(door, LIST)
    answer = ask(door, LIST, "HEAD")
    assert answer.status == 200
    assert answer.body == b""
    check_headers(answer.headers)


def test_what_the_door_refuses_is_a_problem_for_a_program(door):
    answer = ask(door, LIST, HTTP_HOST="")
    assert answer.status == 400
    assert answer.headers["content-type"] == PROBLEM
    check_headers(answer.headers)
    assert ask(door, "/over/", HTTP_HOST="").headers["content-type"] != PROBLEM


@pytest.mark.usefixtures("inhoud")
@pytest.mark.parametrize("status", [400, 408, 413, 500, 503])
def test_every_refusal_of_the_door_has_a_problem(status):
    reply = refusals(WSGIHandler(), WORTEL)[status]
    headers = {name.decode(): value.decode() for name, value in reply.headers}
    assert reply.status == status
    assert headers["content-type"] == PROBLEM
    check_headers(headers)


# Fair use


@pytest.fixture
def now(monkeypatch) -> list[float]:
    """The clock of the limit, which stands still."""
    now = [1000.0]
    monkeypatch.setattr("wijkwijzer.api.limiet.monotonic", lambda: now[0])
    limiet.vergeet()
    return now


def test_who_asks_too_much_is_told_how_long_to_wait(client, inhoud, settings, now):
    settings.API_PER_MINUUT = 2
    assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
    response = client.get(LIST)
    check_problem(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response["RateLimit-Remaining"] == "0"
    other = client.get(LIST, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_an_answer_that_is_kept_says_nothing_of_who_asked_first(door, settings, now):
    settings.API_PER_MINUUT = 2
    answers = [ask(door, LIST) for _ in range(5)]
    assert [answer.status for answer in answers] == [200] * 5
    assert all("ratelimit-remaining" not in a.headers for a in answers)
    assert ask(door, f"{LIST}?x=1").headers["ratelimit-remaining"] == "0"


def test_of_an_address_nothing_stays_after_its_minute(now):
    limiet.tel("192.0.2.1")
    now[0] += 60
    limiet.tel("192.0.2.2")
    assert [*limiet._geteld] == ["192.0.2.2"]


# The description


def test_the_description_has_what_the_norm_asks(client, inhoud, settings):
    settings.BEHEERDER_EMAIL = "beheer@wijkwijzer.example"
    data = client.get("/api/v1/openapi.json").json()
    assert data["openapi"].startswith("3.")
    assert data["info"]["version"] == VERSIE
    assert {*data["info"]["contact"]} == {"name", "url", "email"}
    assert [server["url"] for server in data["servers"]] == ["http://testserver/api/v1"]
    # Of every collection the list and a record; and everything.
    assert len(data["paths"]) == 2 * len(ALLE) + 1
    for path, methods in data["paths"].items():
        assert not path.endswith("/")
        assert "400" in methods["get"]["responses"], path
