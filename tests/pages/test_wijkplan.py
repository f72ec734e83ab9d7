"""A wijkplan stays in the browser where it was written, and goes along as a file."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("inhoud")

PAD = "/wijkplan/?aanpak=abcd"


def test_a_plan_is_kept_taken_along_and_opened_elsewhere(
    browser, browser_context_args, base_url, tmp_path
):
    hoe = browser_context_args | {"base_url": base_url}
    here, elsewhere = browser.new_context(**hoe), browser.new_context(**hoe)
    page = here.new_page()
    sent = []
    page.on(
        "request", lambda request: sent.append(request.url + str(request.post_data))
    )
    page.goto(PAD)
    page.get_by_label("Wie wonen hier?").fill("Veel jonge gezinnen.\nEn studenten ♥")
    page.get_by_label("Waarom past ABCD-methode hier?").fill("Past bij ons.")
    page.reload()
    expect(page.get_by_label("Wie wonen hier?")).to_have_value(
        "Veel jonge gezinnen.\nEn studenten ♥"
    )
    link = page.locator("[data-met-link] button").get_attribute("data-copy")
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar als bestand").click()
    file = tmp_path / "wijkplan.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["aanpakken"] == ["abcd"]
    assert not [line for line in sent if "gezinnen" in line]

    other = elsewhere.new_page()
    other.goto("/wijkplan/")
    other.get_by_label("Open een bewaard plan").set_input_files(file)
    other.wait_for_url(f"**{PAD}")
    expect(other.get_by_label("Waarom past ABCD-methode hier?")).to_have_value(
        "Past bij ons."
    )
    other.get_by_label("Wie werken hier?").fill("De buurtsportcoach")
    # What somebody has is not lost to a link.
    other.goto(link)
    expect(other.get_by_label("Wie werken hier?")).to_have_value("De buurtsportcoach")
    other.get_by_role("button", name="Vervang mijn plan").press("Enter")
    expect(other.get_by_label("Wie werken hier?")).to_have_value("")
    here.close()
    elsewhere.close()


def test_what_was_written_becomes_a_pdf_and_on_paper_text_that_no_field_cuts_off(page):
    page.goto(PAD)
    page.get_by_label("Wie wonen hier?").fill("Veel jonge gezinnen")
    with page.expect_download() as download:
        page.get_by_role("button", name="Maak een pdf").click()
    assert download.value.suggested_filename == "wijkplan.pdf"
    page.emulate_media(media="print")
    expect(page.locator(".written", has_text="gezinnen")).to_be_visible()
    expect(page.get_by_label("Wie wonen hier?")).to_be_hidden()
    # What is open has room to write.
    expect(page.get_by_label("Wie werken hier?")).to_be_visible()
