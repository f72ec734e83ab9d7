"""TRUST_PROXY that does not say how the site is reached is noticed."""

from __future__ import annotations

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from wijkwijzer.operations import counters, proxy, requests
from wijkwijzer.web.door.replies import refusals

pytestmark = pytest.mark.once

FORWARDED = {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def fresh():
    proxy.forget()
    yield
    proxy.forget()


def observe(address: str, **headers: str) -> str:
    proxy.observe(RequestFactory().get("/", REMOTE_ADDR=address, **headers))
    return proxy.noticed()


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "fd00::1", "::1", ""])
def test_a_proxy_that_is_not_believed_is_noticed(settings, caplog, address):
    settings.TRUST_PROXY = False
    assert observe(address, **FORWARDED) == proxy.IGNORED
    assert caplog.messages == [proxy.IGNORED]


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_a_header_that_a_stranger_makes_up_says_nothing_of_us(settings, address):
    settings.TRUST_PROXY = False
    assert observe(address, **FORWARDED) == ""


@pytest.mark.parametrize("address", ["10.0.0.7", "8.8.8.8"])
def test_who_comes_past_the_proxy_is_noticed(settings, caplog, address):
    settings.TRUST_PROXY = True
    assert observe(address) == proxy.DIRECT
    assert caplog.messages == [proxy.DIRECT]


@pytest.mark.parametrize(("trusted", "headers"), [(True, FORWARDED), (False, {})])
def test_a_setting_that_is_right_is_not_warned_of(settings, caplog, trusted, headers):
    settings.TRUST_PROXY = trusted
    assert observe("10.0.0.7", **headers) == ""
    assert not caplog.messages


def test_the_log_says_it_once_and_not_with_every_request(settings, caplog):
    settings.TRUST_PROXY = True
    for _ in range(20):
        observe("10.0.0.7")
    assert caplog.messages == [proxy.DIRECT]


def test_after_an_hour_without_it_is_forgotten(settings, monkeypatch):
    settings.TRUST_PROXY = True
    observe("10.0.0.7")
    later = proxy.monotonic() + proxy.REMEMBER + 1
    monkeypatch.setattr(proxy, "monotonic", lambda: later)
    assert proxy.noticed() == ""


def test_a_page_is_looked_at_and_a_probe_is_not(db, client, settings):
    settings.TRUST_PROXY = True
    client.get("/livez")
    assert proxy.noticed() == ""
    client.get("/over/")
    assert proxy.noticed() == proxy.DIRECT


def test_the_pages_that_the_door_makes_for_itself_come_past_no_proxy(
    db, settings, monkeypatch, tmp_path
):
    settings.TRUST_PROXY, settings.VAR_DIR = True, tmp_path
    own = counters.Counters([*counters.REQUESTS, *counters.MICROSECONDS])
    monkeypatch.setattr(requests, "counters", own)
    refusals(get_wsgi_application())
    assert proxy.noticed() == ""
    counted, _ = own.totals()
    assert not any(counted.values())


def test_no_address_is_kept_or_logged(settings, caplog):
    settings.TRUST_PROXY = False
    observe("10.0.0.7", **FORWARDED)
    assert "10.0.0.7" not in caplog.text + repr(proxy._seen)
    assert "203.0.113.9" not in caplog.text + repr(proxy._seen)
