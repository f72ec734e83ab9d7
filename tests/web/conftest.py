"""What the tests of the page cache share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web import wsgi
from wijkwijzer.web.paginacache import Paginacache


@pytest.fixture
def make_site(inhoud: None, one_connection: None) -> Callable[[], Paginacache]:
    """Return a function that makes a page cache around the real site."""
    return lambda: wsgi.site(nummers=wsgi.now)


@pytest.fixture
def site(make_site: Callable[[], Paginacache]) -> Paginacache:
    return make_site()
