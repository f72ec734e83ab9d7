"""The environment decides where mail goes, and a half answer is an error."""

from __future__ import annotations

import pytest

from tests.test_start import SHOW, django

SERVER = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "wijkwijzer.example"}
BACKEND = SHOW.format("s.EMAIL_BACKEND.split('.')[-2]")


@pytest.mark.parametrize(
    ("omgeving", "backend"),
    [
        ({}, "dummy"),
        ({"EMAIL_HOST": "mail.example", "EMAIL_VAN": "ww@wijkwijzer.example"}, "smtp"),
        ({"LOCAL_START": "True"}, "console"),
        ({"DEBUG": "True"}, "console"),
    ],
)
def test_mail_goes_to_a_server_or_the_screen_of_a_developer_or_nowhere(
    omgeving, backend, tmp_path
):
    done = django(BACKEND, **SERVER | omgeving | {"VAR_DIR": str(tmp_path)})
    assert done.stdout.split() == [backend], done.stderr


def test_a_mail_server_without_a_sender_is_an_error_that_says_what_to_do():
    done = django(BACKEND, **SERVER, EMAIL_HOST="mail.example")
    assert done.returncode
    assert "EMAIL_VAN is missing" in done.stderr


def test_a_proxy_is_believed_only_when_that_was_asked_for():
    wat = SHOW.format("s.TRUST_PROXY, hasattr(s, 'SECURE_PROXY_SSL_HEADER')")
    assert django(wat, **SERVER).stdout.split() == ["False", "False"]
    done = django(wat, **SERVER, TRUST_PROXY="True")
    assert done.stdout.split() == ["True", "True"]
