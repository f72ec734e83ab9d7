"""/metrics: who may see it, and whether it counts what happened."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.operations import counters as shared
from wijkwijzer.operations import logins, metrics, requests
from wijkwijzer.operations.bounded import Bounded
from wijkwijzer.operations.counters import Counters

TOKEN = "t" * 40
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+')


@pytest.fixture(autouse=True)
def fresh(monkeypatch, settings, tmp_path):
    settings.VAR_DIR, settings.METRICS_TOKEN = tmp_path, TOKEN
    own = Counters([*shared.REQUESTS, *shared.MICROSECONDS, *shared.OTHERS])
    for module in (metrics, requests, logins):
        monkeypatch.setattr(module, "counters", own)
    anew = Bounded(dict, metrics.measure, patience=20, keep=0)
    monkeypatch.setattr(metrics, "measured", anew)
    return own


@pytest.fixture
def measured(own_connections, client):
    """Return what is measured now, by its name with labels."""

    def ask() -> dict[str, float]:
        response = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
        assert response.status_code == 200
        lines = response.content.decode().splitlines()
        return {
            name: float(value)
            for name, value in (
                line.rsplit(" ", 1) for line in lines if not line.startswith("#")
            )
        }

    return ask


@pytest.mark.parametrize(
    ("token", "sent"),
    [
        ("", ""),
        ("", "Bearer "),
        (TOKEN, ""),
        (TOKEN, TOKEN),
        (TOKEN, "Bearer x"),
        (TOKEN, f"Bearer {TOKEN}x"),
        (TOKEN, "Bearer é"),
    ],
)
def test_without_the_token_there_is_no_such_address(
    inhoud, client, settings, token, sent
):
    settings.METRICS_TOKEN = token
    response = client.get("/metrics", HTTP_AUTHORIZATION=sent)
    assert response.status_code == 404
    assert "wijkwijzer_request" not in response.content.decode()


def test_the_answer_is_in_the_format_of_prometheus_and_kept_nowhere(
    own_connections, client
):
    response = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert text.endswith("\n")
    for line in text.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.fullmatch(line), line


def test_requests_are_counted_by_the_kind_of_their_status_and_their_time(
    measured, client, monkeypatch
):
    ticks = iter([0, 0.02, 0, 0.02, 0, 99, 0, 0])
    monkeypatch.setattr(requests, "perf_counter", lambda: next(ticks))
    client.get("/over/")
    client.get("/bestaat-niet/")
    client.get("/bestaat-niet/")
    found = measured()
    name = "wijkwijzer_request_seconds"
    assert found[f'{name}_count{{status="2xx"}}'] == 1
    assert found[f'{name}_bucket{{status="2xx",le="0.01"}}'] == 0
    assert found[f'{name}_bucket{{status="2xx",le="0.025"}}'] == 1
    assert found[f'{name}_bucket{{status="4xx",le="5.0"}}'] == 1
    assert found[f'{name}_bucket{{status="4xx",le="+Inf"}}'] == 2
    assert found[f'{name}_sum{{status="4xx"}}'] == 99.02
    assert found[f'{name}_count{{status="5xx"}}'] == 0


def test_failed_logins_are_counted(measured, client):
    client.post("/admin/login/", {"username": "x", "password": "y"})
    assert measured()["wijkwijzer_failed_logins_total"] == 1


def test_the_outbox_is_measured(measured):
    now = timezone.now()
    assert measured()["wijkwijzer_outbox_oldest_seconds"] == 0
    Bericht.objects.create(onderwerpregel="x", status="mislukt")
    waiting = Bericht.objects.create(onderwerpregel="x", tekst="x", aan="a@b.example")
    Bericht.objects.filter(pk=waiting.pk).update(gemaakt_op=now - timedelta(hours=1))
    found = measured()
    assert found["wijkwijzer_outbox_waiting"] == 1
    assert found["wijkwijzer_outbox_failed"] == 1
    assert 3600 <= found["wijkwijzer_outbox_oldest_seconds"] < 3700


def test_the_age_of_the_catalogue_is_measured_and_how_far_a_process_is_behind(
    measured,
):
    factories.publish(factories.make_aanpak())
    found = measured()
    assert 0 <= found["wijkwijzer_catalogue_published_seconds"] < 300
    assert found["wijkwijzer_catalogue_behind"] >= 1


def test_every_measure_has_its_explanation(measured):
    assert {name for name in metrics.GAUGES if name in measured()} == {*metrics.GAUGES}


def test_without_a_database_the_counts_are_there_all_the_same(client, monkeypatch, db):
    def broken(found):
        raise RuntimeError("no database")

    monkeypatch.setattr(metrics, "measured", Bounded(dict, broken, patience=1, keep=0))
    response = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert "wijkwijzer_processes 1" in response.content.decode()
    assert "outbox" not in response.content.decode()
