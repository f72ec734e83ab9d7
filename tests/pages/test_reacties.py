"""The forms of readers in a browser: by keyboard, without JavaScript, on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.deelname.formulieren import DELEN, adres
from tests.factories import make_dossier
from tests.tools.databases import full_disk
from wijkwijzer.deelname.forms import ReactieForm, StemForm, VoorbeeldForm
from wijkwijzer.deelname.models import Inzending, Reactie, Stem

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture(autouse=True)
def geen_haast(monkeypatch):
    """The keyboard of Playwright is faster than a person may be."""
    cache.clear()
    for form in (ReactieForm, StemForm, VoorbeeldForm):
        monkeypatch.setattr(form, "te_snel", timedelta(seconds=-1))


@pytest.fixture
def telefoon(browser, browser_context_args, base_url):
    """A small page without JavaScript, in a context of its own."""
    kenmerken = {
        "base_url": base_url,
        "java_script_enabled": False,
        "viewport": {"width": 360, "height": 740},
    }
    context = browser.new_context(**browser_context_args | kenmerken)
    yield context.new_page()
    context.close()


def test_a_reader_corrects_looks_and_places_with_the_keyboard_alone(telefoon):
    dossier = make_dossier(naam="Samen eten")
    telefoon.goto(adres("reageren", dossier))
    telefoon.get_by_label("E-mailadres").fill("noor")
    telefoon.get_by_label("E-mailadres").press("Enter")

    samenvatting = telefoon.get_by_role("alert")
    expect(samenvatting).to_be_focused()
    expect(telefoon).to_have_title("Fout: Reageer op Samen eten – WijkWijzer")
    telefoon.keyboard.press("Tab")
    telefoon.keyboard.press("Enter")
    expect(telefoon.get_by_label("Jouw reactie")).to_be_focused()
    telefoon.keyboard.type("Koffie helpt altijd.")
    email = telefoon.get_by_label("E-mailadres")
    expect(email).to_have_accessible_description(
        "Je adres komt niet op de site. We mailen je alleen of je reactie geplaatst is."
        " Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."
    )
    email.fill("")
    telefoon.get_by_role("button", name="Voorbeeld bekijken").press("Enter")

    expect(telefoon.get_by_role("heading", level=1)).to_be_focused()
    expect(telefoon.locator(".preview")).to_contain_text("Koffie helpt altijd.")
    telefoon.get_by_role("button", name="Aanpassen").press("Enter")
    veld = telefoon.get_by_label("Jouw reactie")
    expect(veld).to_have_value("Koffie helpt altijd.")
    veld.fill("Koffie en taart.")
    telefoon.get_by_role("button", name="Voorbeeld bekijken").press("Enter")
    telefoon.get_by_role("button", name="Plaatsen").press("Enter")

    dank = telefoon.get_by_role("heading", level=1, name="Bedankt voor je reactie")
    expect(dank).to_be_focused()
    telefoon.reload()
    assert [reactie.tekst for reactie in Reactie.objects.all()] == ["Koffie en taart."]


def test_who_goes_back_sees_each_page_again_and_loses_nothing(page):
    dossier = make_dossier(naam="Samen eten")
    kop = page.get_by_role("heading", level=1)
    page.goto(adres("reageren", dossier))
    page.get_by_label("Jouw reactie").fill("Koffie helpt.")
    page.get_by_label("E-mailadres").fill("noor")
    page.get_by_role("button", name="Voorbeeld bekijken").click()
    page.get_by_label("E-mailadres").fill("")
    page.get_by_role("button", name="Voorbeeld bekijken").click()
    page.get_by_role("button", name="Plaatsen").click()
    expect(kop).to_have_text("Bedankt voor je reactie")
    page.go_back()
    expect(kop).to_have_text("Zo ziet je reactie eruit")
    expect(page.locator("main")).to_contain_text("Koffie helpt.")
    page.go_back()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Jouw reactie")).to_have_value("Koffie helpt.")
    page.go_forward()
    page.get_by_role("button", name="Plaatsen").click()
    expect(kop).to_have_text("Bedankt voor je reactie")
    assert Reactie.objects.count() == 1


def test_the_cookie_of_a_vote_stays_with_the_pages_of_votes(telefoon):
    dossier = make_dossier()
    telefoon.goto(adres("waarderen", dossier))
    telefoon.get_by_label("een beetje nuttig").check()
    telefoon.get_by_role("button", name="Verstuur waardering").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text(
        "Bedankt voor je waardering"
    )
    telefoon.goto(adres("waarderen", dossier))
    telefoon.get_by_label("heel nuttig").check()
    telefoon.get_by_role("button", name="Verstuur waardering").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text(
        "Bedankt voor je waardering"
    )
    assert [stem.waarde for stem in Stem.objects.all()] == [5]

    with telefoon.expect_request("**/kennisdossier/**") as gevraagd:
        telefoon.get_by_role("link", name="Terug naar").click()
    assert "kiezer" not in gevraagd.value.all_headers().get("cookie", "")


def test_on_a_full_disk_nothing_that_was_typed_is_lost(page):
    """A reaction and an example of one's own, each as long as it may be."""
    dossier, told = make_dossier(naam="Samen eten"), "er is niets bewaard"
    # More than the first page of a table has room for.
    lang = "één kopje koffie, " * 220 + "klaar"
    for url, veld, button in (
        (adres("reageren", dossier), "Jouw reactie", "Plaatsen"),
        (DELEN, "Wat gebeurt er?", "Verstuur voorbeeld"),
    ):
        page.goto(url)
        page.get_by_label(veld).fill(lang)
        if url == DELEN:
            page.get_by_label("Hoe heet het?").fill("Soep op straat")
            page.get_by_label("In welke gemeente of wijk?").fill("Utrecht")
        else:
            page.get_by_role("button", name="Voorbeeld bekijken").click()
        with full_disk():
            for again in (button, "Nog een keer versturen"):
                page.get_by_role("button", name=again).click()
                expect(page.get_by_role("alert")).to_contain_text(told)
                expect(page.get_by_label(veld)).to_have_value(lang)
        page.get_by_role("button", name="Nog een keer versturen").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert Reactie.objects.get().tekst == lang
    assert Inzending.objects.count() == 1
