"""The tools of the browser tests find what they are there to find."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import User


def test_axe_finds_a_picture_without_text_and_a_target_that_is_too_small(
    page, axe_bevindingen
):
    page.set_content(
        '<html lang="nl"><title>x</title><main><h1>x</h1><img src="data:,">'
        '<a href="#a" style="position:absolute;width:9px;height:9px">a</a>'
        '<a href="#b" style="position:absolute;left:12px;width:9px">b</a></main>'
    )
    rules = {finding.split(":")[0] for finding in axe_bevindingen(page)}
    assert {"image-alt", "target-size"} <= rules


def test_nu_finds_an_error_and_accepts_a_valid_page(nu_fouten):
    page = '<!DOCTYPE html><html lang="nl"><head><title>x</title></head>{}</html>'
    assert nu_fouten(page.format("<body><p>goed</p></body>")) == []
    (error,) = nu_fouten(page.format("<body><p id='a b'>fout</p></body>"))
    assert "whitespace" in error


def test_the_server_shows_what_a_test_has_changed(page):
    aanpakken = apps.get_model("aanpakken", "Aanpak").objects.all()
    aanpak = aanpakken.first()
    aanpakken.filter(pk=aanpak.pk).update(naam="Alleen in deze test")
    response = page.goto(f"/aanpakken/{aanpak.slug}/")
    assert response.status == 200
    assert page.get_by_role("heading", level=1).inner_text() == "Alleen in deze test"


@pytest.mark.parametrize("path", ["", "aanpakken/aanpak/", "aanpakken/aanpak/add/"])
def test_the_admin_works_under_our_content_security_policy(page, path):
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    User.objects.create_superuser("redactie", password="een lang wachtwoord")

    page.goto(f"/admin/{path}")
    page.get_by_label("Gebruikersnaam").fill("redactie")
    page.get_by_label("Wachtwoord").fill("een lang wachtwoord")
    page.locator("#login-form [type=submit]").click()

    page.locator("#content").wait_for()
    assert messages == []
