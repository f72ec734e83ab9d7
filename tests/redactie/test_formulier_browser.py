"""A form in a browser: where you are, what is wrong, and never sideways."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests.core.test_lengte import beheerder, log_in
from tests.meta.test_admin import address

__all__ = ["beheerder", "log_in"]

pytestmark = pytest.mark.usefixtures("inhoud")


def test_where_you_are_stays_after_saving(page, log_in):
    log_in(page)
    aanpak = Aanpak.objects.get(slug="abcd")
    page.goto(address(Aanpak, "change", aanpak.pk))
    page.get_by_role("navigation", name="Onderdelen").get_by_text("Stappen").click()
    expect(page.locator("#id_stappen-0-naam")).to_be_visible()
    page.locator(".opslaan [name=_continue]").click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert page.url.endswith("#sectie-stappen")
    expect(page.locator("#id_stappen-0-naam")).to_be_visible()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(page, log_in):
    log_in(page)
    page.goto(address(Aanpak, "change", Aanpak.objects.get(slug="abcd").pk))
    page.locator("#stappen-group > summary").click()
    page.locator("#id_stappen-0-naam").fill("")
    page.locator(".opslaan [name=_save]").click()
    summary = page.locator(".fouten")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("#id_stappen-0-naam")).to_be_focused()
    # What has the focus is not under the bar with buttons.
    field = page.locator("#id_stappen-0-naam").bounding_box()
    bar = page.locator(".opslaan").bounding_box()
    assert field["y"] + field["height"] <= bar["y"]


@pytest.mark.parametrize("model", [Aanpak, Begrip], ids=lambda m: m.__name__)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_and_a_list_never_scroll_sideways(
    page, log_in, model, width, axe_bevindingen
):
    page.set_viewport_size({"width": width, "height": 740})
    log_in(page)
    for url in (
        address(model, "change", model.objects.first().pk),
        address(model, "changelist"),
        "/admin/admin/logentry/",
    ):
        page.goto(url)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        wide = "e => e.scrollWidth > e.clientWidth"
        assert not page.locator(".results").evaluate_all(f"all => all.some({wide})")
        assert axe_bevindingen(page) == [], url


def test_without_a_script_a_part_is_added_and_saved(
    browser, browser_context_args, base_url, log_in
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url, "java_script_enabled": False}
    )
    page = context.new_page()
    log_in(page)
    begrip = Begrip.objects.filter(verwijzingen=None).first()
    page.goto(address(Begrip, "change", begrip.pk))
    page.get_by_role("button", name="Voeg toe: verwijzing").click()
    page.locator("#id_verwijzingen-0-label").fill("Lees meer")
    page.locator("#id_verwijzingen-0-url").fill("https://www.movisie.nl/")
    page.locator("#id_verwijzingen-0-url").press("Enter")
    page.wait_for_url(re.compile("/admin/kennisdossier/begrip/(\\?|#|$)"))
    assert begrip.verwijzingen.get().label == "Lees meer"
    context.close()
