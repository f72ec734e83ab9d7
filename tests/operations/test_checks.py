"""Every unsafe setting is found by its own check, and a right one by none."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest

from tests.test_start import django
from wijkwijzer.operations import checks, sentry
from wijkwijzer.operations.checks import RULES, check_always, check_server

pytestmark = pytest.mark.once

DSN = "https://key@sentry.example/1"
MAIL = {
    "EMAIL_HOST": "mail.example",
    "EMAIL_HOST_USER": "ww",
    "EMAIL_HOST_PASSWORD": "x",
    "EMAIL_USE_TLS": True,
    "DEFAULT_FROM_EMAIL": "WijkWijzer <ww@wijkwijzer.example>",
}
BUCKET = {"MEDIA_S3_BUCKET": "pictures"}
RIGHT: dict[str, Any] = {
    "DEBUG": False,
    "LOCAL_START": False,
    "MFA_VERPLICHT": True,
    "TRUST_PROXY": True,
    "ALLOWED_HOSTS": ["wijkwijzer.example", ".gemeente.example"],
    "SECRET_KEY": secrets.token_urlsafe(50),
    "HTTPS": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "METRICS_TOKEN": secrets.token_urlsafe(32),
    "SENTRY_DSN": DSN,
    "BEHEERDER_NAAM": "Gemeente Voorbeeld",
    "BEHEERDER_EMAIL": "beheer@gemeente.example",
    "BEHEERDER_URL": "",
    "REDACTIE_EMAIL": "",
    **MAIL,
}


def postgres(host: str, **options: str) -> dict[str, Any]:
    return {"database": {"HOST": host, "OPTIONS": options}}


WRONG = [
    ("W020", {"MFA_VERPLICHT": False}),
    ("W021", {"SESSIE_HOOGSTENS": 90_000}),
    ("W021", {"SESSIE_HOOGSTENS": 3600}),
    ("E001", {"DEBUG": True}),
    ("E001", {"DEBUG": True, "ALLOWED_HOSTS": ["localhost", "10.0.0.7"]}),
    ("W002", {"LOCAL_START": True, "ALLOWED_HOSTS": ["localhost"]}),
    ("E003", {"ALLOWED_HOSTS": ["*"]}),
    ("E003", {"ALLOWED_HOSTS": ["wijkwijzer.example", ".nl"]}),
    ("E004", {"SECRET_KEY": secrets.token_urlsafe(30)}),
    ("E004", {"SECRET_KEY": "k" * 60}),
    ("E004", {"SECRET_KEY": "0123456789" * 6}),
    ("E004", {"SECRET_KEY": "abcdefghijklmnopqrst" * 3}),
    ("E004", {"SECRET_KEY": "django-insecure-" + secrets.token_urlsafe(50)}),
    ("E005", {"HTTPS": False}),
    ("W006", {"SECURE_HSTS_SECONDS": 3600}),
    ("E007", {"DEFAULT_FROM_EMAIL": "wijkwijzer@localhost"}),
    ("E007", {"DEFAULT_FROM_EMAIL": "WijkWijzer"}),
    ("W008", {"EMAIL_USE_TLS": False}),
    ("W009", {"EMAIL_HOST_PASSWORD": ""}),
    ("W009", {"EMAIL_HOST_USER": ""}),
    ("W011", {"METRICS_TOKEN": "geheim"}),
    ("W013", postgres("db.intern.example")),
    ("W013", postgres("10.0.0.7")),
    ("W014", {"BEHEERDER_NAAM": ""}),
    ("W014", {"BEHEERDER_EMAIL": ""}),
    ("E015", {"BEHEERDER_EMAIL": "de balie"}),
    ("E015", {"REDACTIE_EMAIL": "Redactie <r@x.example>"}),
    ("E017", BUCKET | {"MEDIA_S3_ENDPOINT": "s3.store.example"}),
    ("E017", BUCKET | {"MEDIA_S3_ENDPOINT": "s3://bucket"}),
    ("W018", {"MEDIA_S3_ENDPOINT": "https://s3.store.example"}),
    ("W018", {"MEDIA_S3_REGION": "eu-west-1"}),
    ("W011", {"METRICS_TOKEN": "a" * 40}),
    ("W011", {"METRICS_TOKEN": "0123456789abcdef" * 3}),
    ("E022", {"LOCAL_START": True, "TRUST_PROXY": False}),
    ("E023", {"ALLOWED_HOSTS": ["https://wijkwijzer.example"]}),
    ("E023", {"ALLOWED_HOSTS": ["wijkwijzer.example:443"]}),
    ("E023", {"ALLOWED_HOSTS": ["wijkwijzer.example www.wijkwijzer.example"]}),
    ("E023", {"ALLOWED_HOSTS": ["wijkwijzer.example", "*.gemeente.example"]}),
    ("E023", {"ALLOWED_HOSTS": ["wijkwijzer.example/"]}),
    ("E024", {"VAR_DIR": Path("nergens/var")}),
    ("E024", {"VAR_DIR": Path(__file__)}),
    ("E025", {"BEHEERDER_URL": "javascript:alert(1)"}),
    ("E025", {"BEHEERDER_URL": "www.gemeente.example"}),
    ("E026", {"EMAIL_HOST": "smtp://mail.example"}),
    ("E026", {"EMAIL_HOST": "mail.example:587"}),
    ("W019", BUCKET | {"MEDIA_S3_ENDPOINT": "http://10.0.0.9:9000"}),
]
ALSO_RIGHT = [
    {
        "DEBUG": True,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", "x.localhost"],
    },
    {"SECRET_KEY": secrets.token_hex(32)},
    {"SENTRY_DSN": "", "METRICS_TOKEN": ""},
    {"EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": "", "EMAIL_USE_TLS": False},
    {"EMAIL_HOST": "", "DEFAULT_FROM_EMAIL": "wijkwijzer@localhost"},
    postgres("db.intern.example", sslmode="verify-full"),
    postgres("db.intern.example", sslmode="disable"),
    postgres("127.0.0.1"),
    postgres("localhost"),
    postgres("/run/postgresql"),
    {"REDACTIE_EMAIL": "redactie@gemeente.example"},
    {"ALLOWED_HOSTS": ["Wijkwijzer.example", "10.0.0.7", "[2001:db8::1]", "web_1"]},
    {"BEHEERDER_URL": "https://gemeente.example"},
    {"EMAIL_HOST": "10.0.0.9"},
    {"EMAIL_HOST": "2001:db8::25"},
    BUCKET,
    BUCKET | {"MEDIA_S3_ENDPOINT": "https://s3.store.example", "MEDIA_S3_REGION": "nl"},
    BUCKET | {"MEDIA_S3_ENDPOINT": "http://127.0.0.1:9000"},
]


@pytest.fixture
def found(settings, monkeypatch, tmp_path):
    """Return a function: what is different from right → the ids that are found."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(sentry, "is_installed", lambda: True)

    def ids(database: Any = None, **different: Any) -> list[str]:
        monkeypatch.setitem(settings.DATABASES, "default", database or {})
        for name, value in (RIGHT | different).items():
            setattr(settings, name, value)
        messages = [*check_always(None), *check_server(None)]
        assert all(message.hint for message in messages)
        return [message.id.removeprefix("wijkwijzer.") for message in messages]

    return ids


@pytest.mark.parametrize(("rule", "different"), WRONG)
def test_a_wrong_setting_is_found_by_its_own_check_and_by_no_other(
    found, rule, different
):
    assert found(**different) == [rule]


@pytest.mark.parametrize("different", [{}, *ALSO_RIGHT])
def test_a_right_setting_is_found_by_none(found, different):
    assert found(**different) == []


@pytest.mark.parametrize("mode", [0o755, 0o701, 0o704])
def test_a_folder_that_everybody_can_look_into_is_found(found, tmp_path, mode):
    tmp_path.chmod(mode)
    assert found() == ["E010"]
    tmp_path.chmod(0o750)
    assert found() == []


def test_before_the_folder_is_there_nothing_is_wrong_with_it(found, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "later"
    assert found() == []


def test_a_sentry_without_its_package_is_found(found, monkeypatch):
    monkeypatch.setattr(sentry, "is_installed", lambda: False)
    assert found() == ["W012"]
    assert found(SENTRY_DSN="") == []


def test_a_bucket_without_its_package_is_found(found, monkeypatch):
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    assert found(**BUCKET) == ["E016"]
    assert found(MEDIA_S3_BUCKET="") == []


def test_every_check_has_an_id_of_its_own_and_a_test():
    ids = [rule.id for rule in RULES]
    assert len({name[1:] for name in ids}) == len(ids)
    assert {*ids} == {rule for rule, _ in WRONG} | {"E010", "W012", "E016"}


def test_a_local_start_needs_none_of_what_a_server_needs(found):
    assert (
        found(
            LOCAL_START=True,
            ALLOWED_HOSTS=["localhost"],
            TRUST_PROXY=False,
            HTTPS=False,
            BEHEERDER_NAAM="",
        )
        == []
    )


def test_at_a_start_only_what_is_wrong_anywhere_is_asked(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["wijkwijzer.example"]
    assert [message.id for message in check_always(None)] == ["wijkwijzer.E001"]


def test_check_deploy_asks_them_and_tells_what_to_do(tmp_path):
    done = django(
        "from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'check', '--deploy'])",
        DJANGO_SETTINGS_MODULE="wijkwijzer.settings",
        SECRET_KEY="0123456789" * 6,
        ALLOWED_HOSTS="wijkwijzer.example",
        HTTPS="True",
        DEBUG="False",
        VAR_DIR=str(tmp_path),
    )
    assert done.returncode
    assert "(wijkwijzer.E004)" in done.stderr
    assert "token_urlsafe" in done.stderr
    assert "(wijkwijzer.W014)" in done.stderr
