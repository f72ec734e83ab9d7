"""Errors that go to Sentry: only when asked, and without anything of a person."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from wijkwijzer.operations import sentry

pytestmark = pytest.mark.once

EVENT = {
    "request": {
        "method": "POST",
        "url": "https://wijkwijzer.example/zoeken/?q=schulden",
        "query_string": "q=schulden",
        "headers": {"Cookie": "sessionid=koekje"},
        "cookies": {"sessionid": "koekje"},
        "data": {"naam": "Noor"},
        "env": {"REMOTE_ADDR": "203.0.113.9"},
    },
    "user": {"ip_address": "203.0.113.9", "username": "noor"},
    "breadcrumbs": {"values": [{"message": "Noor"}]},
    "exception": {"values": [{"type": "ValueError", "value": "noor@mail.example"}]},
}


@pytest.fixture
def sdk(monkeypatch):
    """Stands in for the package, which is not installed here."""
    begun: list[dict[str, object]] = []
    module = SimpleNamespace(init=lambda **options: begun.append(options))
    monkeypatch.setitem(sys.modules, "sentry_sdk", module)
    monkeypatch.setattr(sentry, "is_installed", lambda: True)
    return begun


def test_without_an_address_nothing_is_sent(sdk, settings):
    settings.SENTRY_DSN = ""
    sentry.begin()
    assert sdk == []


def test_with_an_address_errors_are_sent_without_bodies_and_variables(sdk, settings):
    settings.SENTRY_DSN = "https://key@sentry.example/1"
    sentry.begin()
    (options,) = sdk
    assert options["dsn"] == settings.SENTRY_DSN
    assert options["send_default_pii"] is False
    assert options["include_local_variables"] is False
    assert options["max_request_body_size"] == "never"


def test_without_the_package_the_site_runs_and_says_so(settings, monkeypatch, caplog):
    monkeypatch.setattr(sentry, "is_installed", lambda: False)
    settings.SENTRY_DSN = "https://key@sentry.example/1"
    sentry.begin()
    assert "sentry-sdk" in caplog.text


def test_what_leaves_names_nobody():
    sent = sentry.clean({**EVENT}, None)
    assert sent["request"] == {
        "method": "POST",
        "url": "https://wijkwijzer.example/zoeken/",
    }
    for secret in ("schulden", "koekje", "Noor", "noor", "203.0.113.9"):
        assert secret not in repr(sent)
    assert "ValueError" in repr(sent)
