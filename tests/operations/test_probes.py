"""/livez and /readyz: what they ask, what they say, and how long that takes."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests import factories
from tests.tools.site import free_port
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.operations import health, probes, proxy
from wijkwijzer.operations.bounded import Bounded

HEALTHY = dict.fromkeys(health.CHECKS, "ok")


@pytest.fixture(autouse=True)
def fresh(monkeypatch, settings, tmp_path):
    """Each test asks anew: no answer of the one before is used."""
    settings.VAR_DIR = tmp_path
    settings.DISK_MIN_FREE_BYTES = 0
    proxy.forget()
    monkeypatch.setattr(health, "_told", {})
    monkeypatch.setattr(health._stand_behind, "_since", None)
    anew = Bounded(health.not_known, health.run_checks, patience=20, keep=0)
    monkeypatch.setattr(probes, "readiness", anew)


def replace(monkeypatch, name, check):
    monkeypatch.setitem(health.CHECKS, name, check)


def refuse():
    raise OperationalError("no such host: db.intern.example, user ww, password hoi")


def ask(client, path="/readyz", **extra):
    response = client.get(path, **extra)
    return response.status_code, response.json()


# What they say


def test_livez_answers_without_a_database(client, django_assert_num_queries):
    assert ask(client, "/livez") == (200, {"status": "ok"})


def test_readyz_names_every_check_that_passes(own_connections, client):
    assert ask(client) == (200, {"status": "ok", "checks": HEALTHY})


def test_a_database_that_refuses_is_503_and_says_nothing_of_why(
    own_connections, client, monkeypatch, caplog
):
    replace(monkeypatch, "database", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == HEALTHY | {
        **dict.fromkeys(["database", "migrations", "index"], "fail"),
        "outbox": "warning",
    }
    for secret in ("db.intern", "password", "Operational"):
        assert secret not in response.content.decode()
    assert "OperationalError" in caplog.text


def test_the_log_tells_once_that_a_check_fails_and_once_that_it_passes(
    own_connections, client, monkeypatch, caplog
):
    own = health.CHECKS["disk"]
    replace(monkeypatch, "disk", refuse)
    client.get("/readyz")
    client.get("/readyz")
    replace(monkeypatch, "disk", own)
    client.get("/readyz")
    told = [r.getMessage() for r in caplog.records if r.name == health.__name__]
    first, last = told
    assert first.startswith("Niet gereed (disk): OperationalError")
    assert last == "Weer gereed (disk)."


def test_a_migration_that_was_not_applied_is_503(own_connections, client, monkeypatch):
    known = health._migrations_of_this_code() | {("core", "9999_nieuw")}
    monkeypatch.setattr(health, "_migrations_of_this_code", lambda: known)
    status, answer = ask(client)
    assert (status, answer["checks"]) == (503, HEALTHY | {"migrations": "fail"})


def test_every_migration_of_the_code_is_looked_at(own_connections):
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        assert {*cursor.fetchall()} == health._migrations_of_this_code()


def test_asking_makes_the_stand_of_a_process_that_has_none(own_connections, client):
    health.current_stand.reset()
    assert ask(client)[0] == 200
    assert health.current_stand.in_use is not None


def test_a_stand_that_stays_behind_is_503_and_one_that_is_being_made_is_not(
    own_connections, client, monkeypatch
):
    stand = health.current_stand()
    monkeypatch.setattr(health.current_stand, "at", lambda number: stand)
    factories.publish(factories.make_aanpak())
    assert ask(client)[0] == 200
    later = monotonic() + health.BEHIND_AT_MOST + 1
    monkeypatch.setattr(health, "monotonic", lambda: later)
    status, answer = ask(client)
    assert (status, answer["checks"]) == (503, HEALTHY | {"index": "fail"})


def test_a_stand_that_caught_up_in_time_is_never_behind_for_long(
    own_connections, client, monkeypatch
):
    stand = health.current_stand()
    factories.publish(factories.make_aanpak())
    with monkeypatch.context() as behind:
        behind.setattr(health.current_stand, "at", lambda number: stand)
        client.get("/readyz")
    client.get("/readyz")
    assert health._stand_behind._since is None


def test_a_disk_without_room_is_503(own_connections, client, settings):
    settings.DISK_MIN_FREE_BYTES = 2**63
    status, answer = ask(client)
    assert (status, answer["checks"]) == (503, HEALTHY | {"disk": "fail"})


def test_a_disk_that_cannot_be_written_is_503(own_connections, client, settings):
    # A file where the folder should be: root may write anywhere else.
    settings.VAR_DIR = settings.BASE_DIR / "manage.py"
    status, answer = ask(client)
    assert (status, answer["checks"]) == (503, HEALTHY | {"disk": "fail"})


def test_looking_at_the_disk_leaves_nothing_on_it(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    health.check_disk()
    assert [*tmp_path.iterdir()] == []


def test_mail_that_nobody_sends_is_a_warning_and_takes_no_reader_away(
    own_connections, client
):
    bericht = Bericht.objects.create(onderwerpregel="x", tekst="x", aan="a@b.example")
    assert ask(client)[1]["checks"] == HEALTHY
    Bericht.objects.filter(pk=bericht.pk).update(
        volgende_op=timezone.now() - timedelta(hours=1)
    )
    status, answer = ask(client)
    assert (status, answer["checks"]) == (200, HEALTHY | {"outbox": "warning"})


def test_mail_waits_for_ever_where_there_is_no_mail_server(
    own_connections, client, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    Bericht.objects.create(
        onderwerpregel="x",
        tekst="x",
        aan="a@b.example",
        volgende_op=timezone.now() - timedelta(days=1),
    )
    assert ask(client)[1]["checks"] == HEALTHY


def test_a_proxy_that_is_set_wrong_is_a_warning_and_takes_no_reader_away(
    own_connections, client, monkeypatch
):
    monkeypatch.setattr(proxy, "noticed", lambda: proxy.DIRECT)
    status, answer = ask(client)
    assert (status, answer["checks"]) == (200, HEALTHY | {"proxy": "warning"})


# How


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_no_cache_keeps_the_answer_to_a_probe(own_connections, client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Vary" not in response


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_load_balancer_asks_over_http_by_the_address_of_the_machine(
    own_connections, client, settings, path
):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["wijkwijzer.example"]
    assert ask(client, path, HTTP_HOST="10.0.0.7:8000")[0] == 200
    assert client.get("/", HTTP_HOST="wijkwijzer.example").status_code == 301


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_a_probe_only_reads(client, inhoud, path, method):
    response = getattr(client, method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_a_probe_may_ask_for_the_headers_alone(own_connections, client):
    response = client.head("/readyz")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/livez/", "/readyz/", "/x/livez", "/readyz/db"])
def test_what_looks_like_a_probe_is_not_found(inhoud, client, path):
    assert client.get(path).status_code == 404


# A check that takes for ever


@pytest.fixture
def hanging():
    let_go = Event()
    yield let_go.wait
    let_go.set()


def bounded(work, **kwargs):
    return Bounded(dict, work, **{"patience": 0.2, "keep": 0} | kwargs)


@pytest.mark.once
def test_a_database_that_hangs_is_waited_for_two_seconds_at_most():
    assert health.readiness.patience == 2


def test_a_database_that_hangs_is_503_and_the_disk_is_still_known(
    client, monkeypatch, hanging
):
    replace(monkeypatch, "database", hanging)
    slow = Bounded(health.not_known, health.run_checks, patience=0.3, keep=0)
    monkeypatch.setattr(probes, "readiness", slow)
    begin = monotonic()
    status, answer = ask(client)
    assert monotonic() - begin < 5
    assert status == 503
    assert answer["checks"]["database"] == "fail"
    assert answer["checks"]["disk"] == "ok"


@pytest.mark.once
def test_who_asks_while_one_run_hangs_begins_no_other_and_waits_no_more(hanging):
    begun = []
    ask_it = bounded(lambda found: (begun.append(1), hanging()), patience=0.2)
    ask_it()
    begin = monotonic()
    for _ in range(50):
        ask_it()
    assert monotonic() - begin < 5
    assert begun == [1]


@pytest.mark.once
def test_after_the_run_that_hung_another_begins(hanging):
    let_go = hanging.__self__
    ask_it = bounded(lambda found: (hanging(), found.update(done=True)))
    assert ask_it() == {}
    let_go.set()
    ask_it._thread.join()
    assert ask_it() == {"done": True}


@pytest.mark.once
def test_an_answer_of_a_moment_ago_is_used_again():
    begun = []
    ask_it = bounded(begun.append, keep=60)
    ask_it()
    ask_it()
    assert len(begun) == 1


@pytest.mark.once
def test_a_run_that_breaks_off_is_logged_and_says_what_it_knew(caplog):
    def half(found):
        found["first"] = True
        raise RuntimeError("half way")

    assert bounded(half)() == {"first": True}
    assert "half way" in caplog.text


@pytest.mark.once
def test_a_thread_that_cannot_start_means_that_nothing_is_known(monkeypatch, caplog):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", refuse)
    assert bounded(lambda found: found.update(done=True))() == {}
    assert "draad" in caplog.text


# Pictures


@pytest.fixture
def media(monkeypatch):
    monkeypatch.setitem(health.CHECKS, "media", check := health.MediaCheck())
    return check


def test_a_bucket_that_is_away_is_a_warning_and_takes_no_readers_elsewhere(
    own_connections, client, use_bucket, media
):
    use_bucket("pictures", f"http://127.0.0.1:{free_port()}")
    status, said = ask(client)
    assert status == 200
    assert said["checks"] == HEALTHY | {"media": "warning"}


def test_a_bucket_is_asked_twice_a_minute_and_not_by_every_probe(
    own_connections, client, use_bucket, store, media, monkeypatch
):
    now = [1000.0]
    monkeypatch.setattr(health, "monotonic", lambda: now[0])
    use_bucket("pictures", f"http://127.0.0.1:{free_port()}")
    assert ask(client)[1]["checks"]["media"] == "warning"
    use_bucket(store.make_bucket(), store.url)
    assert ask(client)[1]["checks"]["media"] == "warning"
    now[0] += health.ASK_BUCKET_AFTER
    assert ask(client)[1]["checks"]["media"] == "ok"
