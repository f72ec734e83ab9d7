"""What the tests of deelname share."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def schone_cache():
    cache.clear()
