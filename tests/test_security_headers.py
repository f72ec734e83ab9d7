"""What every answer says to a browser, and what it does not say to readers."""

from __future__ import annotations

import pytest

PUBLIC = ["/", "/aanpakken/", "/interventies/", "/bestaat-niet/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_readers_get_no_cookie_and_no_answer_that_depends_on_one(inhoud, client, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/login/"])
def test_every_answer_has_the_security_headers(inhoud, client, path):
    response = client.get(path)
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: response.get(name) for name in expected} == expected
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/login/"])
def test_the_content_security_policy_allows_our_own_files_and_nothing_else(
    inhoud, client, path
):
    policy = dict(
        directive.split(" ", 1)
        for directive in client.get(path)["Content-Security-Policy"].split("; ")
    )
    styles = policy.pop("style-src").split()
    assert styles[0] == "'self'"
    assert all(source.startswith("'sha256-") for source in styles[1:])
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_over_https_browsers_insist_on_it_for_a_year(inhoud, client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = client.get("/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000"


def test_the_admin_cookie_is_out_of_reach_of_scripts_and_other_sites(inhoud, client):
    cookies = client.get("/admin/login/").cookies
    assert {c["httponly"] for c in cookies.values()} == {True}
    assert {c["samesite"] for c in cookies.values()} == {"Lax"}
