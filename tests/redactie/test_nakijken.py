"""A recognition that lapsed is repaired in two clicks and one date, also on a phone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from interventies.models import Interventie
from interventies.whole import InterventieDocument
from tests import factories, html
from tests.kennisdossier.conftest import account, complaints, log_in
from tests.kennisdossier.conftest import editor as browser_editor
from tests.meta.test_admin import editor, form_data
from tests.wholes.test_admin import told
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.actions import published_document
from wijkwijzer.wholes.current import current_stand

# Imported, because pytest finds fixtures by name.
__all__ = ["account", "browser_editor", "complaints", "editor", "log_in"]

START = reverse("admin:index")
# Counts what a person does: a click, and a field that gets another value.
COUNT = """
addEventListener('click', e => sessionStorage.clicks = 1 + Number(
  sessionStorage.clicks || 0), true);
addEventListener('change', e => sessionStorage.typed = 1 + Number(
  sessionStorage.typed || 0), true);
"""


@pytest.fixture
def lapsed(inhoud) -> Interventie:
    interventie = factories.make_interventie(naam="Aaa Buurtkoffie")
    factories.make_erkenning(interventie, geldig_tot="2001")
    return interventie


def url(interventie: Interventie) -> str:
    name = "admin:interventies_interventie_nakijken"
    return reverse(name, args=[interventie.pk])


def status(interventie: Interventie) -> str:
    """As readers see it."""
    stand = current_stand()
    document = stand.published(InterventieDocument, interventie.uuid)
    return str(document.geldigheid(stand.day).status.value)


def save(client, interventie: Interventie, *, button: str, **values: str):
    data = form_data(client.get(url(interventie))) | values
    return client.post(url(interventie), data | {button: "1"}, follow=True)


def test_two_clicks_and_one_date_on_a_phone(lapsed, browser_editor, base_url):
    page = browser_editor
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(COUNT)
    page.goto(base_url + START)
    page.get_by_role("link", name="Aaa Buurtkoffie").click()
    page.get_by_label("Geldig tot").fill("2090-06")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("button", name="Sla op en publiceer").click()
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()
    expect(page.get_by_text("lezers zien nu versie")).to_be_visible()
    counted = page.evaluate("[sessionStorage.clicks, sessionStorage.typed]")
    assert counted == ["2", "1"]
    assert width == 390
    assert status(lapsed) == "geldig"
    assert page.get_by_role("link", name="Aaa Buurtkoffie").count() == 0


def test_readers_see_the_date_and_when_it_was_looked_up(editor, lapsed):
    answer = save(editor, lapsed, button="_publiceren", geldig_tot="2090")
    assert "Gepubliceerd" in told(answer)
    row = lapsed.erkenningen.get()
    assert str(row.geldig_tot) == "2090"
    assert str(row.bron_datum) == str(timezone.localdate())
    assert status(lapsed) == "geldig"


def test_a_new_decision_is_a_date_as_well(editor, lapsed):
    save(editor, lapsed, button="_publiceren", geldig_tot="", datum="2026-03")
    row = lapsed.erkenningen.get()
    assert (row.datum, row.geldig_tot) == (Deeldatum(2026, 3), None)
    assert status(lapsed) == "onbekend"


@pytest.mark.parametrize("typed", ["2001", "ooit", "2090-13"])
def test_without_a_new_date_nothing_is_saved(editor, lapsed, typed):
    answer = save(editor, lapsed, button="_publiceren", geldig_tot=typed)
    assert answer.context["form"].errors
    assert status(lapsed) == "verlopen"
    assert lapsed.erkenningen.get().bron_datum is None


def test_nobody_looked_something_up_on_a_day_to_come(editor, lapsed):
    typed = {"geldig_tot": "2090", "bron_datum": "2089-01-01"}
    answer = save(editor, lapsed, button="_publiceren", **typed)
    assert answer.text.count("Deze dag moet nog komen.") == 1
    assert status(lapsed) != "geldig"


def test_what_else_differs_does_not_go_along_silently(editor, lapsed):
    lapsed.toelichting = "Nog niet voor lezers."
    lapsed.save()
    page = html.read_loosely(editor.get(url(lapsed)).content)
    assert "Nog niet voor lezers." in page.one("div", class_="ook-open").text
    # Also when it was changed after the form was made.
    answer = save(editor, lapsed, button="_publiceren", geldig_tot="2090")
    assert answer.redirect_chain == []
    assert status(lapsed) == "verlopen"
    assert str(lapsed.erkenningen.get().geldig_tot) == "2001"
    answer = save(editor, lapsed, button="_bewaren", geldig_tot="2090")
    assert "Lezers zien dit als je" in told(answer)
    assert status(lapsed) == "verlopen"
    save(editor, lapsed, button="_alles", geldig_tot="2091")
    assert status(lapsed) == "geldig"
    assert published_document(lapsed)["toelichting"] == "Nog niet voor lezers."


def test_what_a_colleague_changed_meanwhile_is_told(editor, lapsed):
    data = form_data(editor.get(url(lapsed))) | {
        "geldig_tot": "2090",
        "_publiceren": "1",
    }
    lapsed.erkenningen.update(orgaan="Een ander")
    answer = editor.post(url(lapsed), data)
    assert "Een ander wijzigde dit intussen" in told(answer)
    assert str(lapsed.erkenningen.get().geldig_tot) == "2001"


def test_without_such_a_recognition_the_form_of_all_is_next(editor, lapsed):
    lapsed.erkenningen.all().delete()
    answer = editor.get(url(lapsed), follow=True)
    assert answer.redirect_chain
    assert "staat zo niet meer in de werkversie" in told(answer)
    assert editor.get(url(lapsed).replace(str(lapsed.pk), "999999")).status_code == 404


@pytest.mark.parametrize(
    "rights", [[], ["view_interventie"], ["view_interventie", "change_interventie"]]
)
def test_who_may_not_change_it_is_refused(client, lapsed, rights):
    user = User.objects.create_user("beperkt", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    assert client.get(url(lapsed)).status_code in {403, 404}
    assert client.post(url(lapsed), {"geldig_tot": "2090"}).status_code in {403, 404}
    assert status(lapsed) == "verlopen"
