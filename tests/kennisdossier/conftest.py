"""An editor who is logged in, in a browser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import ConsoleMessage, Page

from wijkwijzer.core.groepen import REDACTIE, grant_editors


@pytest.fixture
def account(db) -> User:
    grant_editors()
    user = User.objects.create_user("redacteur", is_staff=True)
    user.groups.add(Group.objects.get(name=REDACTIE))
    return user


@pytest.fixture
def log_in(account, client, settings, base_url):
    """Return a function: let this page be of an editor who is logged in."""

    def log_in(page) -> None:
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": base_url}
        page.context.add_cookies([cookie])

    return log_in


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser and our scripts complain of; what it merely tells is none."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type != "info":
            found.append(f"{message.type}: {message.text}")

    page.context.on("console", note)
    page.context.on("weberror", lambda error: found.append(str(error.error)))
    return found


@pytest.fixture
def editor(log_in, page, complaints):
    """A page of an editor. What the browser complains of is a failure."""
    log_in(page)
    yield page
    # But that nobody touched a page before it went with changes.
    expected = "Blocked attempt to show a 'beforeunload'"
    assert [c for c in complaints if expected not in c] == []
