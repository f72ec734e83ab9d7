"""One browser context for all page types of a process: a fresh one each time costs more
than axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def shared_context(
    browser: Browser, browser_context_args: dict, base_url: str
) -> Iterator[BrowserContext]:
    context = browser.new_context(**browser_context_args | {"base_url": base_url})
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared_page(shared_context: BrowserContext) -> Page:
    return shared_context.new_page()


@pytest.fixture
def visit(inhoud: None, shared_page: Page) -> Iterator[Page]:
    """The shared page, on the real content and at its usual size."""
    shared_page.set_viewport_size(DESK)
    shared_page.emulate_media(
        color_scheme="light", forced_colors="none", media="screen"
    )
    yield shared_page
    # An empty page, or one of ours in a sandbox, has no store.
    shared_page.evaluate(
        """() => {
          try {
            localStorage.clear();
            sessionStorage.clear();
          } catch {}
        }"""
    )
