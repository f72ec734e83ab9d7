"""Every way in which an editor could lose what they typed, in a browser."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from playwright.sync_api import Error, expect

from aanpakken.models import Aanpak, Doelgroep
from kennisdossier.models import Begrip, Dossier
from tests import factories
from tests.kennisdossier.conftest import (
    account,
    complaints,
    log_in,
)
from tests.meta.test_admin import address
from tests.redactie.test_teruggeven import failing
from tests.redactie.versturen import (
    GO_ON,
    NOTHING_YET,
    PASSWORD,
    sign_out_behind_their_back,
)
from tests.tools.databases import full_disk
from wijkwijzer.core.models import Bron
from wijkwijzer.deelname.models import Bericht
from wijkwijzer.wholes.models import Versie

# Imported, because pytest finds fixtures by name.
__all__ = ["account", "complaints", "log_in"]

pytestmark = pytest.mark.usefixtures("inhoud")

DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('klad:')).length"


@pytest.fixture
def editor(log_in, page, complaints):
    """A page of an editor. What the browser complains of is a failure."""
    log_in(page)
    yield page
    # But for the status of an answer, that nobody touched a page before it went, and
    # Select2 when an answer comes after its list was closed.
    expected = (
        "Failed to load resource",
        "Blocked attempt to show",
        "removePlaceholder",
    )
    assert [c for c in complaints if not any(e in c for e in expected)] == []


@pytest.fixture
def dossier() -> Dossier:
    dossier = factories.make_dossier(naam="Buren en koffie", samenvatting="Was.")
    factories.make_artikel(dossier=dossier, tekst="<p>Eerst.</p>", naam="Bestaand")
    return dossier


def of(record) -> str:
    return address(type(record), "change", record.pk)


def offer(page):
    return page.get_by_role("region", name="Niet opgeslagen")


def summary(page):
    return page.get_by_label("Samenvatting", exact=False).first


def drafts(page, number: int) -> None:
    """The script keeps what is typed a second after it was."""
    end = time.monotonic() + 10
    while page.evaluate(DRAFTS) != number:
        assert time.monotonic() < end, page.evaluate("({...localStorage})")
        page.wait_for_timeout(100)


def press_save(page, name: str = "Opslaan") -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def sign_in(page) -> None:
    page.get_by_label("Gebruikersnaam").fill("redacteur")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")


def write_everything(page) -> None:
    """In a field, in rich text, in a new row with rich text, and a choice by name."""
    summary(page).fill("Getypt & wel.")
    page.locator("#artikelen-group > summary").click()
    rich = page.locator("#artikelen-0 .opmaak").get_by_role("textbox").first
    rich.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" En meer.")
    page.get_by_role("button", name="Nog een artikel toevoegen").click()
    row = page.locator("#artikelen-1")
    row.get_by_label("Kop", exact=True).fill("Nieuwe kop")
    row.locator(".opmaak").get_by_role("textbox").first.click()
    page.keyboard.type("Nieuw ")
    press_bold = row.locator(".opmaak").get_by_role("button", name="Vet", exact=True)
    press_bold.first.click()
    page.keyboard.type("artikel")
    page.locator(".field-organisaties .select2-selection").click()
    page.keyboard.type("movisie")
    page.get_by_role("option", name="Movisie", exact=True).click()


def check_everything(page) -> None:
    expect(summary(page)).to_have_value("Getypt & wel.")
    expect(page.locator("#artikelen-0 .opmaak-tekst").first).to_contain_text("En meer.")
    row = page.locator("#artikelen-1")
    expect(row.get_by_label("Kop", exact=True)).to_have_value("Nieuwe kop")
    expect(row.locator(".opmaak-tekst strong").first).to_have_text("artikel")
    expect(page.locator(".field-organisaties .select2-selection")).to_contain_text(
        "Movisie"
    )


def check_saved(dossier: Dossier) -> None:
    dossier.refresh_from_db()
    assert dossier.samenvatting == "Getypt & wel."
    texts = [*dossier.artikelen.order_by("pk").values_list("tekst", flat=True)]
    assert "En meer." in texts[0]
    assert texts[1] == "<p>Nieuw <strong>artikel</strong></p>"
    assert [o.naam for o in dossier.organisaties.all()] == ["Movisie"]


# In this browser


@pytest.mark.parametrize("how", ["closed", "crashed"])
def test_a_tab_that_is_gone_is_offered_and_put_back_only_when_asked(
    editor, dossier, how, axe_bevindingen
):
    editor.goto(of(dossier))
    write_everything(editor)
    drafts(editor, 1)
    # As much as is typed within a second may be lost.
    editor.evaluate("new Promise(done => setTimeout(done, 1200))")
    if how == "crashed":
        with pytest.raises(Error):
            editor.goto("chrome://crash", timeout=3_000)
    page = editor.context.new_page()
    editor.close()
    page.goto(of(dossier))
    expect(offer(page)).to_contain_text("typte je hier iets")
    expect(summary(page)).to_have_value("Was.")
    assert page.locator("#artikelen-1").count() == 0
    assert [f for f in axe_bevindingen(page) if "klad" in f] == []
    offer(page).get_by_role("button", name="Terugzetten").click()
    expect(offer(page)).to_contain_text("Er is nog niets opgeslagen")
    check_everything(page)
    press_save(page, "Opslaan en opnieuw bewerken")
    expect(page.locator(".messagelist .success")).to_be_visible()
    drafts(page, 0)
    assert offer(page).count() == 0
    check_saved(dossier)


def test_what_is_typed_before_the_script_has_come_is_kept_too(editor, dossier):
    factories.publish(dossier)

    def come_late(route) -> None:
        editor.locator("textarea").first.evaluate("veld => { veld.value = 'Oud.'; }")
        route.continue_()

    editor.route("**/admin-klad*.js", come_late)
    editor.goto(address(Dossier, "intrekken", dossier.pk))
    drafts(editor, 1)


def test_what_is_saved_takes_along_the_drafts_of_tries_before(editor, dossier):
    editor.on("dialog", lambda dialog: dialog.accept())
    for number in (1, 2):
        editor.goto(of(dossier))
        summary(editor).fill("Koffie met buren.")
        drafts(editor, number)
    press_save(editor)
    expect(editor.locator(".messagelist .success")).to_be_visible()
    drafts(editor, 0)


def test_two_tabs_each_have_their_own_and_signing_out_forgets_both(editor, dossier):
    editor.goto(of(dossier))
    summary(editor).fill("Van de ene")
    other = editor.context.new_page()
    drafts(editor, 1)
    other.goto(of(dossier))
    expect(offer(other)).to_have_count(1)
    summary(other).fill("Van de andere")
    drafts(other, 2)
    third = editor.context.new_page()
    third.goto(of(dossier))
    expect(offer(third)).to_have_count(2)
    offer(third).first.get_by_role("button", name="Weggooien").click()
    drafts(third, 1)
    offer(third).last.get_by_role("button", name="Terugzetten").click()
    assert summary(third).input_value() in {"Van de ene", "Van de andere"}
    # Of somebody else nothing is offered, nor forgotten.
    third.evaluate(
        "localStorage.setItem(`klad:0:${location.pathname}:x`,"
        "JSON.stringify({op: Date.now(), velden: {samenvatting: 'Geheim'}}))"
    )
    third.evaluate(
        "localStorage.setItem('klad:0:/oud/:y',"
        "JSON.stringify({op: Date.now() - 31 * 864e5, velden: {x: 'y'}}))"
    )
    third.goto(of(dossier))
    drafts(third, 2)
    third.get_by_role("button", name="Uitloggen", exact=True).click()
    expect(third.get_by_text("Opnieuw inloggen")).to_be_visible()
    drafts(third, 1)


def test_what_was_typed_in_a_row_never_lands_in_another(editor, dossier):
    """A colleague removes the part meanwhile, and adds one."""
    editor.goto(of(dossier))
    editor.locator("#artikelen-group > summary").click()
    editor.locator("#id_artikelen-0-naam").fill("Getypt")
    drafts(editor, 1)
    page = editor.context.new_page()
    editor.close()
    dossier.artikelen.all().delete()
    factories.make_artikel(dossier=dossier, naam="Van een ander")
    page.goto(of(dossier))
    offer(page).get_by_role("button", name="Terugzetten").click()
    expect(page.locator("#id_artikelen-0-naam")).to_have_value("Van een ander")
    expect(page.locator("#id_artikelen-1-naam")).to_have_value("Getypt")


def test_rows_of_a_list_and_a_plan_have_a_draft_too(editor):
    def closed(url: str) -> None:
        nonlocal page
        drafts(page, 1)
        gone, page = page, page.context.new_page()
        gone.close()
        page.goto(url)

    page, words = editor, address(Doelgroep, "changelist")
    page.goto(words)
    page.locator("#id_form-0-volgorde").fill("77")
    # Where that row is not, it is not offered and not forgotten.
    closed(f"{words}?q={Doelgroep.objects.last().slug}")
    expect(offer(page)).to_have_count(0)
    closed(words)
    offer(page).get_by_role("button", name="Terugzetten").click()
    expect(page.locator("#id_form-0-volgorde")).to_have_value("77")
    press_save(page)
    expect(page.locator(".messagelist .success").first).to_be_visible()
    drafts(page, 0)

    plan = address(Begrip, "plannen", Begrip.objects.first().pk)
    page.goto(plan)
    page.get_by_label("Waarom trek je het in?").fill("Verouderd.")
    closed(plan)
    offer(page).get_by_role("button", name="Terugzetten").click()
    page.get_by_label("Intrekken").check()
    page.get_by_label("Wanneer?").fill("2100-01-01T09:00")
    expect(page.get_by_label("Waarom trek je het in?")).to_have_value("Verouderd.")


def test_leaving_asks_only_with_something_that_is_not_saved(editor, dossier):
    asked: list[str] = []

    def answer(dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    editor.on("dialog", answer)
    editor.goto(of(dossier))
    summary(editor).click()
    editor.goto("/admin/")
    assert asked == []
    editor.goto(of(dossier))
    summary(editor).fill("Anders")
    summary(editor).fill("Was.")
    editor.goto("/admin/")
    assert asked == []
    editor.goto(of(dossier))
    summary(editor).fill("Anders")
    editor.get_by_role("link", name="Geschiedenis").click()
    expect(editor).to_have_url(re.compile("history"))
    assert asked == ["beforeunload"]
    editor.goto(of(dossier))
    summary(editor).fill("Nog anders")
    editor.locator("#id_naam").fill("")
    press_save(editor)
    expect(editor.locator(".errornote")).to_be_visible()
    assert len(asked) == 1
    # What was refused is not saved either.
    editor.locator("#id_slug").click()
    editor.goto("/admin/")
    assert len(asked) == 2


def test_nothing_is_kept_of_passwords(editor, account):
    account.is_superuser = True
    account.save()
    editor.goto(address(User, "add"))
    # Where the page begins: typing before that, a browser mentions.
    expect(editor.get_by_label("Gebruikersnaam")).to_be_focused()
    editor.get_by_label("Gebruikersnaam").fill("noor")
    editor.locator("input[type=password]").first.fill("geheim-woord")
    drafts(editor, 1)
    kept = editor.evaluate("JSON.stringify(localStorage)")
    assert "noor" in kept
    assert "geheim" not in kept


# With the server


@pytest.mark.parametrize("how", ["session", "token"])
def test_after_signing_in_again_everything_is_there_to_save(
    editor, dossier, how, axe_bevindingen
):
    editor.goto(of(dossier))
    write_everything(editor)
    sign_out_behind_their_back()
    if how == "token":
        other = editor.context.new_page()
        other.goto("/admin/")
        sign_in(other)
        expect(
            other.get_by_role("button", name="Uitloggen", exact=True)
        ).to_be_visible()
    press_save(editor)
    assert axe_bevindingen(editor) == []
    if how == "session":
        sign_in(editor)
    expect(editor.get_by_role("button", name=GO_ON)).to_be_visible()
    assert axe_bevindingen(editor) == []
    editor.get_by_role("button", name=GO_ON).click()
    expect(editor.get_by_text(NOTHING_YET)).to_be_visible()
    expect(editor).to_have_url(re.compile(f"{of(dossier)}$"))
    check_everything(editor)
    dossier.refresh_from_db()
    assert dossier.samenvatting == "Was."
    press_save(editor)
    expect(editor.locator(".messagelist .success")).to_be_visible()
    drafts(editor, 0)
    check_saved(dossier)


def test_without_javascript_signing_in_again_loses_nothing(
    browser, browser_context_args, log_in, dossier, base_url
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url}, java_script_enabled=False
    )
    page = context.new_page()
    log_in(page)
    page.goto(of(dossier))
    summary(page).fill("Getypt")
    page.locator("#artikelen-group > summary").click()
    page.locator("textarea[name=artikelen-0-tekst]").fill("<p>Getypt</p>\n<p>x</p>")
    sign_out_behind_their_back()
    press_save(page, "Opslaan en publiceren")
    sign_in(page)
    page.get_by_role("button", name=GO_ON).click()
    expect(summary(page)).to_have_value("Getypt")
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.samenvatting == "Getypt"
    assert dossier.artikelen.get().tekst == "<p>Getypt</p>\n<p>x</p>"
    context.close()


FAILURES = {
    "full": (full_disk, "We kunnen nu niet opslaan"),
    "away": (
        lambda: failing(OperationalError("gone"), reads=True),
        "We kunnen nu niet opslaan",
    ),
    "error": (lambda: failing(RuntimeError("ours")), "Er ging iets mis"),
}


@pytest.mark.parametrize("how", FAILURES)
def test_a_save_that_fails_gives_everything_back_also_after_going_back(
    editor, dossier, how, axe_bevindingen, schermafdruk
):
    happens, heading = FAILURES[how]
    editor.goto(of(dossier))
    if how == "full":
        # More than there is room for in the pages that are free.
        editor.locator("#artikelen-0 .opmaak").wait_for(state="attached")
        editor.locator("#id_artikelen-0-tekst").evaluate(
            "area => { area.value = `<p>${'woord '.repeat(30000)}</p>`;"
            "area.dispatchEvent(new Event('opmaak:lees')) }"
        )
    write_everything(editor)
    with happens():
        press_save(editor)
        expect(editor.get_by_role("heading", name=heading)).to_be_visible()
    assert axe_bevindingen(editor) == []
    schermafdruk(editor, f"teruggeven-{how}")
    editor.go_back()
    page = editor.context.new_page()
    page.goto(of(dossier))
    expect(offer(page)).to_have_count(1)
    offer(page).get_by_role("button", name="Terugzetten").click()
    check_everything(page)
    page.close(run_before_unload=False)
    editor.go_forward()
    editor.get_by_role("button", name=GO_ON).click()
    expect(editor.get_by_text(NOTHING_YET)).to_be_visible()
    check_everything(editor)
    press_save(editor)
    expect(editor.locator(".messagelist .success")).to_be_visible()
    check_saved(dossier)


# Enter


def test_enter_saves_on_every_kind_of_form_and_publishes_nothing(editor, dossier):
    bericht = factories.make_any(Bericht)
    Bericht.objects.filter(pk=bericht.pk).update(status="mislukt", aan="a@b.example")
    aanpak = Aanpak.objects.get(slug="abcd")
    versions = Versie.objects.count()
    forms = [
        (aanpak, "naam"),
        (dossier, "naam"),
        (Begrip.objects.first(), "naam"),
        (Doelgroep.objects.first(), "naam"),
        (Bron.objects.first(), "titel"),
    ]
    for record, field in forms:
        editor.goto(of(record))
        editor.locator(f"#id_{field}").fill("Door Enter")
        editor.keyboard.press("Enter")
        expect(editor.locator(".messagelist .success")).to_be_visible()
        record.refresh_from_db()
        assert getattr(record, field) == "Door Enter"
    assert Versie.objects.count() == versions
    editor.goto(of(bericht))
    editor.locator("#id_aan").fill("c@d.example")
    editor.keyboard.press("Enter")
    editor.goto(address(Doelgroep, "changelist"))
    editor.locator("#id_form-0-volgorde").fill("77")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert Doelgroep.objects.filter(volgorde=77).exists()
    bericht.refresh_from_db()
    assert (bericht.status, bericht.aan) == ("mislukt", "a@b.example")
