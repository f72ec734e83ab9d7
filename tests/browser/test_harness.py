"""The tools of the browser tests find what they are there to find."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from aanpakken.models import Aanpak
from tests import factories
from tests.tools.audit import lost, unreadable, without_focus_ring


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


def test_the_picture_tells_that_forced_colours_hide_the_words_of_a_button(page):
    """Both styles say black and white: the plate behind the words is in neither."""
    page.set_content(
        "<style>.button { background: CanvasText; color: Canvas }"
        " .kept { forced-color-adjust: none }</style><p>Gewone woorden</p>"
        "<p class=button>Verborgen</p><p class='button kept'>Wit op zwart</p>"
    )
    assert unreadable(page) == []
    page.emulate_media(forced_colors="active")
    (found,) = unreadable(page)
    assert "Verborgen in <p" in found


def test_what_sticks_out_and_what_shows_no_focus_is_found(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(
        "<main><p style='width: 400px'>breed</p>"
        "<p style='overflow: hidden; width: 50px; white-space: nowrap'>afgekapte tekst"
        "</p><a href=#a style='outline: 0'>link</a><a href=#b>link</a></main>"
    )
    assert [line.split(":")[0] for line in lost(page)] == [
        "the page is 408 px wide",
        "408 px",
        "408 px",
        "cut off",
    ]
    (found,) = without_focus_ring(page)
    assert "#a" in found


def test_nu_finds_an_error_and_accepts_a_valid_page(nu_fouten):
    page = '<!DOCTYPE html><html lang="nl"><head><title>x</title></head>{}</html>'
    assert nu_fouten(page.format("<body><p>goed</p></body>")) == []
    (error,) = nu_fouten(page.format("<body><p id='a b'>fout</p></body>"))
    assert "whitespace" in error


def test_the_server_shows_what_a_test_has_changed(page):
    aanpak = Aanpak.objects.get(slug="abcd")
    aanpak.naam = "Alleen in deze test"
    aanpak.save()
    factories.publish(aanpak)
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
