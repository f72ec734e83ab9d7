"""What a line in the log says, and what is never in one."""

from __future__ import annotations

import json
import logging
import sys
from time import thread_time

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client

from tests.deelname.formulieren import make_dossier, reactie_van
from wijkwijzer.operations import logs, requests, slow_queries
from wijkwijzer.operations.logs import (
    JsonFormatter,
    LineFormatter,
    QuietAttackers,
    request_id,
)

REQUESTS = requests.logger.name


@pytest.fixture
def lines(caplog):
    """Every line as a server would write it, as JSON and as text."""
    caplog.set_level(logging.INFO, REQUESTS)
    caplog.handler.setFormatter(JsonFormatter())
    return lambda: caplog.text


def made(message="x", *args, exc_info=None, name="wijkwijzer", **extra):
    record = logging.LogRecord(
        name, logging.ERROR, __file__, 1, message, args, exc_info
    )
    record.__dict__.update(extra)
    return record


def of_an_error(text: str):
    try:
        raise ValueError(text)
    except ValueError:
        return made("stuk", exc_info=sys.exc_info())


# A line


@pytest.mark.once
def test_a_line_of_json_is_one_line_with_its_time_in_utc():
    line = JsonFormatter().format(made("twee\nregels %s", "é", status=404, ms=1.5))
    assert "\n" not in line
    read = json.loads(line)
    assert read["message"] == "twee\nregels é"
    assert (read["level"], read["status"], read["ms"]) == ("ERROR", 404, 1.5)
    assert read["time"].endswith("+00:00")
    assert "request_id" not in read


@pytest.mark.once
@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()])
def test_a_line_names_the_request_that_it_belongs_to(formatter):
    token = request_id.set("abc-123")
    try:
        assert "abc-123" in formatter.format(made())
    finally:
        request_id.reset(token)
    assert "abc-123" not in formatter.format(made())


@pytest.mark.once
@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()])
@pytest.mark.parametrize(
    "text",
    [
        "Noor.de-Vries+x@mail.voorbeeld.example schreef",
        'DETAIL:  Key (naam, email)=(Noor.de-Vries, "n@x.example") already exists.',
        "/pad/Noor.de-Vries%40mail.example/",
    ],
)
def test_what_an_error_quotes_of_a_person_is_left_out(formatter, text):
    for record in (made(text), of_an_error(f"fout\n{text}\neinde")):
        line = formatter.format(record)
        assert "Noor" not in line
        assert "example" not in line
    assert "einde" in line


@pytest.mark.once
def test_an_error_has_its_kind_and_its_traceback():
    read = json.loads(JsonFormatter().format(of_an_error("hier ging het mis")))
    assert read["error"] == "ValueError"
    assert read["traceback"].endswith("hier ging het mis")


# A request


def test_a_request_is_one_line_with_path_status_and_time_and_without_its_query(
    inhoud, client, caplog
):
    caplog.set_level(logging.INFO, REQUESTS)
    client.get("/zoeken/", {"q": "schulden"}, REMOTE_ADDR="203.0.113.9")
    (record,) = (r for r in caplog.records if r.name == REQUESTS)
    assert record.getMessage() == "GET /zoeken/ 200"
    assert (record.method, record.path, record.status) == ("GET", "/zoeken/", 200)
    assert 0 < record.ms < 60_000


def test_nothing_that_somebody_sends_is_in_any_line(inhoud, lines):
    dossier = make_dossier()
    client = Client()
    client.cookies["sessionid"] = "koekje"
    client.get("/zoeken/?q=zoekwoord", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="ua1")
    reactie_van(client, dossier, tekst="geheimtekst", naam="Noor", ip="203.0.113.9")
    client.post("/admin/login/", {"username": "noor", "password": "wachtwoord9"})
    client.get("/?x=1", HTTP_HOST="kwaad.example", REMOTE_ADDR="203.0.113.9")
    written = lines()
    assert "/zoeken/" in written
    for secret in (
        *("koekje", "zoekwoord", "203.0.113.9", "geheimtekst", "Noor", "noor"),
        *("wachtwoord9", "ua1", "?"),
    ):
        assert secret not in written, secret


@pytest.mark.parametrize("path", ["/livez", "/static/css/site.css"])
def test_what_machines_ask_all_the_time_is_no_line(inhoud, client, caplog, path):
    caplog.set_level(logging.INFO, REQUESTS)
    response = client.get(path)
    response.close()
    assert response.status_code == 200
    assert not [r for r in caplog.records if r.name == REQUESTS]


def test_a_path_of_any_length_and_a_method_of_any_kind_are_cut(inhoud, client, caplog):
    caplog.set_level(logging.INFO, REQUESTS)
    client.generic("GEHEIM", "/" + "x" * 5000)
    (record,) = (r for r in caplog.records if r.name == REQUESTS)
    assert record.method == "(anders)"
    assert len(record.path) == requests.MAX_PATH


# Its id


def test_an_answer_that_no_cache_keeps_carries_the_id_of_its_request(inhoud, client):
    for path in ("/bestaat-niet/", "/livez", "/praktijkvoorbeelden/delen/"):
        first, second = (client.get(path)["X-Request-ID"] for _ in range(2))
        assert len(first) == 32
        assert first != second


def test_a_page_that_others_get_from_a_cache_carries_no_id(inhoud, client):
    assert "X-Request-ID" not in client.get("/over/")


@pytest.mark.parametrize(
    ("trusted", "sent", "used"),
    [
        (True, "0af7651916cd43dd8448eb211c80319c", True),
        (True, "6f1e0e4e-7a51-4c9b-9a3e-0d0f6d1c8f11", True),
        (False, "0af7651916cd43dd8448eb211c80319c", False),
        (True, "kort", False),
        (True, "x" * 65, False),
        (True, "0af76519\nlevel=x16cd43dd8448eb21", False),
        (True, "é" * 20, False),
        (True, "", False),
    ],
)
def test_the_id_of_a_request_is_taken_from_our_own_proxy_and_only_when_it_is_one(
    inhoud, client, settings, trusted, sent, used
):
    settings.TRUST_PROXY = trusted
    answer = client.get("/bestaat-niet/", HTTP_X_REQUEST_ID=sent)["X-Request-ID"]
    assert (answer == sent) is used
    assert requests.WELL_FORMED.fullmatch(answer)


def test_who_stands_before_django_may_have_given_the_id(inhoud, client):
    given = {requests.GIVEN: "van-de-voordeur"}
    assert client.get("/bestaat-niet/", **given)["X-Request-ID"] == "van-de-voordeur"


# Logins


def test_a_failed_login_is_a_warning_without_name_and_password(inhoud, client, caplog):
    User.objects.create_user("noor", password="goed")
    data = {"username": "noor", "password": "geheim-en-fout"}
    client.post("/admin/login/", data)
    client.post("/admin/login/", data)
    client.post("/admin/login/", data | {"username": "ander"})
    warned = [r for r in caplog.records if "Inloggen mislukt" in r.getMessage()]
    assert [r.levelname for r in warned] == ["WARNING"] * 3
    first, again, other = (r.user_hash for r in warned)
    assert first == again != other
    assert "noor" not in caplog.text
    assert "geheim" not in caplog.text


def test_a_login_that_succeeds_is_no_warning(inhoud, client, caplog):
    User.objects.create_user("noor", password="goed", is_staff=True)
    client.post("/admin/login/", {"username": "noor", "password": "goed"})
    assert "Inloggen mislukt" not in caplog.text


# Strangers


@pytest.mark.once
def test_a_host_that_is_not_ours_is_one_line_a_minute_without_traceback(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(logs, "monotonic", lambda: now[0])
    quiet = QuietAttackers()

    def tried(name="django.security.DisallowedHost"):
        record = of_an_error("Invalid HTTP_HOST header")
        record.name = name
        return JsonFormatter().format(record) if quiet.filter(record) else None

    first = json.loads(tried())
    assert first["level"] == "WARNING"
    assert "traceback" not in first
    assert [tried() for _ in range(30)] == [None] * 30
    assert tried("django.security.SuspiciousFileOperation"), "another kind"
    now[0] += 61
    assert "en 30 keer" in json.loads(tried())["message"]
    assert tried("wijkwijzer"), "our own lines are all written"
    assert tried("wijkwijzer")


def test_the_log_of_the_site_has_that_filter(inhoud, client, settings):
    handler = settings.LOGGING["handlers"]["console"]
    name = settings.LOGGING["filters"][handler["filters"][0]]["()"]
    assert name == f"{QuietAttackers.__module__}.{QuietAttackers.__name__}"
    (console,) = (
        h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler
    )
    assert any(isinstance(f, QuietAttackers) for f in console.filters)


# Slow queries


@pytest.fixture
def slow(monkeypatch, settings):
    """Every query takes a second."""
    ticks = iter(range(10_000))
    monkeypatch.setattr(slow_queries, "perf_counter", lambda: next(ticks))
    settings.SLOW_QUERY_MS = 500
    with connection.execute_wrapper(slow_queries.watch):
        yield


def test_a_slow_query_is_logged_without_its_values(inhoud, slow, caplog):
    assert not User.objects.filter(username="geheime naam").exists()
    (record,) = caplog.records
    assert "auth_user" in record.getMessage()
    assert record.query_ms == 1000
    assert "geheime" not in caplog.text


def test_a_query_that_is_fast_enough_is_not_logged(inhoud, slow, caplog, settings):
    settings.SLOW_QUERY_MS = 1001
    User.objects.exists()
    assert not caplog.records


def test_queries_are_watched_only_when_that_was_asked_for(inhoud, settings):
    other = connections.create_connection("default")
    slow_queries.install(connection=other)
    assert other.execute_wrappers == []
    settings.SLOW_QUERY_MS = 500
    slow_queries.install(connection=other)
    slow_queries.install(connection=other)
    assert other.execute_wrappers == [slow_queries.watch]


@pytest.mark.once
@pytest.mark.parametrize("formatter", [JsonFormatter, LineFormatter])
@pytest.mark.parametrize("typed", ["x" * 70_000, "x." * 35_000, "%40" * 20_000])
def test_a_long_word_that_somebody_typed_takes_no_time_to_log(formatter, typed):
    try:
        raise ValueError(typed)
    except ValueError:
        record = made("Internal Server Error", exc_info=sys.exc_info())
    begin = thread_time()
    formatter().format(record)
    assert thread_time() - begin < 1.5
