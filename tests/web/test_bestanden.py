"""What machines look for at an address of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import html

pytestmark = pytest.mark.usefixtures("inhoud")

SECURITY = "/.well-known/security.txt"


@pytest.fixture
def fields(client, settings):
    settings.BEHEERDER_EMAIL = "beheer@gemeente.example"
    response = client.get(SECURITY)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_says_whom_to_tell_and_in_which_language(fields):
    assert fields["Contact"] == "mailto:beheer@gemeente.example"
    assert fields["Preferred-Languages"] == "nl, en"
    assert fields["Canonical"] == f"http://testserver{SECURITY}"


def test_security_txt_holds_for_less_than_a_year_and_more_than_a_month(fields):
    until = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(
        tzinfo=UTC
    )
    left = until - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_security_txt_leads_to_how_we_want_to_be_told(fields, client):
    path, _, part = fields["Policy"].removeprefix("http://testserver").partition("#")
    document = html.read(client.get(path).content)
    assert document.one(id=part).text == "Een lek gevonden?"


def test_without_somebody_to_tell_there_is_no_security_txt(client, settings):
    settings.BEHEERDER_EMAIL = ""
    assert client.get(SECURITY).status_code == 404


def test_robots_may_read_everything_but_the_admin_and_previews(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules, sitemap = response.content.decode().split("\n\n")
    assert rules.splitlines() == [
        *("User-agent: *", "Disallow: /admin/", "Disallow: /voorbeeld/")
    ]
    assert sitemap == "Sitemap: http://testserver/sitemap.xml\n"


def test_who_looks_for_an_icon_without_reading_the_page_finds_it(client):
    response = client.get("/favicon.ico", follow=True)
    assert response.redirect_chain == [("/static/img/favicon.svg", 302)]
    assert response["Content-Type"] == "image/svg+xml"
    response.close()
