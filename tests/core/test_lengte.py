"""A text that is too long is refused with a count, never cut."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from tests import html

pytestmark = pytest.mark.usefixtures("inhoud")

NEW = "/admin/core/bron/add/"
LONG = "é" * 262


@pytest.fixture
def beheerder(client) -> User:
    user = User.objects.create_superuser("beheerder")
    client.force_login(user)
    return user


@pytest.fixture
def log_in(beheerder, client, settings, base_url):
    """Return a function: let this page be of somebody who may do everything."""

    def log_in(page) -> None:
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": base_url}
        page.context.add_cookies([cookie])

    return log_in


def test_no_form_of_the_admin_lets_a_browser_cut_a_text(client, beheerder):
    seen = 0
    for model, own in admin.site._registry.items():
        if not any(str(url.name).endswith("_add") for url in own.get_urls()):
            continue
        options = model._meta
        name = f"admin:{options.app_label}_{options.model_name}_add"
        response = client.get(reverse(name))
        if response.status_code != 200:  # only readers make these
            continue
        page = html.read_loosely(response.content)
        assert [e["name"] for e in page.all() if "maxlength" in e] == []
        seen += sum("data-hoogstens" in e for e in page.all())
    assert seen > 100


def test_a_text_that_is_too_long_is_refused_with_both_numbers(client, beheerder):
    response = client.post(NEW, {"titel": LONG})
    (error,) = response.context["errors"].data[0]
    assert "250" in error
    assert "262" in error
    assert LONG in response.content.decode()


def paste(field, text: str) -> None:
    field.focus()
    field.page.evaluate("text => document.execCommand('insertText', false, text)", text)


def test_a_paste_that_is_too_long_stays_and_is_counted(page, log_in):
    log_in(page)
    page.goto(NEW)
    field = page.get_by_label("Titel", exact=True)
    paste(field, LONG)
    expect(field).to_have_value(LONG)
    says = page.locator("#id_titel_lengte")
    expect(says).to_have_role("status")
    expect(says).to_have_text("262 van 250 tekens: 12 te veel.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile("262 van 250 tekens: 12 te veel.$")
    )
    for _ in range(12):
        field.press("Backspace")
    expect(says).to_have_text("250 van 250 tekens.")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_what_was_refused_comes_back_whole_and_counted(page, log_in):
    log_in(page)
    page.goto(NEW)
    paste(page.get_by_label("Titel", exact=True), LONG)
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(page.locator(".errorlist").first).to_contain_text("262")
    expect(page.get_by_label("Titel", exact=True)).to_have_value(LONG)
    expect(page.locator("#id_titel_lengte")).to_contain_text("12 te veel")


@pytest.mark.parametrize(
    "text", ["😀👍🏽é", "a\nb\n\nc", "  a \n", "\u00a0a\u2003", "e\u0301"]
)
def test_the_count_is_that_of_the_server(page, log_in, text):
    log_in(page)
    page.goto(NEW)
    field = page.locator("#proef")
    page.evaluate(
        """() => document.querySelector("#bron_form").insertAdjacentHTML("beforeend",
          '<textarea id="proef" data-hoogstens="1"></textarea>')"""
    )
    field.fill(text)
    # What a browser sends, and what a CharField makes of it.
    counted = len(text.replace("\n", "\r\n").strip())
    expected = f"{counted} van 1 tekens: {counted - 1} te veel." if counted > 1 else ""
    expect(page.locator("#proef_lengte")).to_have_text(expected)


def test_without_javascript_the_server_refuses_and_nothing_is_cut(
    browser, browser_context_args, base_url, log_in
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url, "java_script_enabled": False}
    )
    page = context.new_page()
    log_in(page)
    page.goto(NEW)
    field = page.get_by_label("Titel", exact=True)
    field.fill(LONG)
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(page.locator(".errorlist").first).to_contain_text("262")
    expect(field).to_have_value(LONG)
    context.close()
