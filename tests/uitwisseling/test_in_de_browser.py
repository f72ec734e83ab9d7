"""In a browser: upload, see the differences, confirm; and every page can be used."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kennisdossier.models import Begrip
from tests.kennisdossier.conftest import account, complaints, editor, log_in
from tests.uitwisseling.conftest import BEGIN, csv_van
from wijkwijzer.uitwisseling.invoer import ontvang
from wijkwijzer.uitwisseling.models import Inhoud

# Imported, because pytest finds fixtures by name.
__all__ = ["account", "complaints", "editor", "log_in"]

pytestmark = pytest.mark.usefixtures("inhoud")
LANG = "Een heel lange uitleg over wat dit begrip precies betekent. " * 5


@pytest.mark.long
def test_from_a_file_to_the_working_copy(editor, axe_bevindingen):
    editor.set_viewport_size({"width": 360, "height": 800})
    editor.goto(BEGIN)
    rijen = [{"slug": "bonding", "naam": "Hecht", "definitie": LANG}]
    bestand = {
        "name": "begrip.csv",
        "mimeType": "text/csv",
        "buffer": csv_van("begrip", *rijen),
    }
    editor.locator("input[type=file]").set_input_files(bestand)
    editor.get_by_role("button", name="Kijk na").click()
    expect(editor.get_by_text("Er is nog niets gewijzigd.")).to_be_visible()
    expect(editor.locator("ins").first).to_have_text("Hecht")
    assert axe_bevindingen(editor) == []
    editor.get_by_role("button", name="Lees in").click()
    expect(editor.get_by_text("0 nieuw, 1 gewijzigd")).to_be_visible()
    assert Begrip.objects.get(slug="bonding").naam == "Hecht"


@pytest.mark.long
def test_every_page_is_accessible_and_fits(editor, axe_bevindingen, account):
    fout = ontvang(
        naam="begrip.csv", inhoud=csv_van("begrip", {"naam": "x"}), by=account
    )
    lijst = ontvang(
        naam="lijst.csv",
        inhoud=csv_van("lijst", {"Titel": "Onbekend", "databank": "movisie", "x": 1}),
        by=account,
        wat=Inhoud.ERKENNINGEN,
    )
    for width in (360, 1280):
        editor.set_viewport_size({"width": width, "height": 800})
        for path in (
            BEGIN,
            f"{BEGIN}{fout.token}/",
            f"{BEGIN}{lijst.token}/",
            "tegelijk",
        ):
            if path == "tegelijk":
                editor.goto("/admin/kennisdossier/begrip/")
                editor.locator(".action-select").first.check()
                editor.locator("select[name=action]").select_option("dien_in")
                editor.locator("button[name=index]").click()
                expect(editor.get_by_text("1 begrip", exact=True)).to_be_visible()
            else:
                editor.goto(path)
            assert axe_bevindingen(editor) == [], (path, width)
            wide = "document.documentElement.scrollWidth - innerWidth"
            assert editor.evaluate(wide) <= 0, (path, width)
