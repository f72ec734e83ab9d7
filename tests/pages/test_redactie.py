"""An editor in each browser: what is published is there to read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.kennisdossier.conftest import account, log_in
from tests.meta.test_admin import address
from tests.wholes.begrippen import make_begrip

# Imported, because pytest finds fixtures by name.
__all__ = ["account", "log_in"]


@pytest.mark.firefox
def test_what_an_editor_types_and_publishes_by_keyboard_is_read(page, inhoud, log_in):
    begrip = make_begrip(naam="Buurtsoep")
    log_in(page)
    page.goto(address(type(begrip), "change", begrip.pk))
    page.get_by_label("Definitie").first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Soep die buren samen koken.")
    page.locator("[name=_publiceren]").first.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("lezers zien nu versie 1")
    page.goto(begrip.get_absolute_url())
    expect(page.locator(".lead")).to_have_text("Soep die buren samen koken.")
