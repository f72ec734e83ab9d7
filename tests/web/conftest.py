"""What the tests of the door share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web import wsgi
from wijkwijzer.web.door.door import Door


@pytest.fixture
def make_site(inhoud: None, one_connection: None) -> Callable[[], Door]:
    """Return a function that makes a door before the real site."""
    return lambda: wsgi.site(numbers=wsgi.Now())


@pytest.fixture
def site(make_site: Callable[[], Door]) -> Door:
    return make_site()
