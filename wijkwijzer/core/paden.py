"""The addresses of pages, each looked up once.

A page names fifty of them, most of them the same as the page before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import get_script_prefix, get_urlconf, reverse


def pad(naam: str, *delen: object) -> str:
    """The address of a page, by its name and what stands in it.

    Raises NoReverseMatch, as ``reverse`` does.
    """
    return _pad(naam, delen, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=1024)
def _pad(naam: str, delen: tuple[object, ...], urlconf: str | None, prefix: str) -> str:
    # ``prefix`` is what reverse() puts before it: another prefix, another address.
    return reverse(naam, urlconf, args=delen)


@receiver(setting_changed)
def _vergeet(**kwargs: Any) -> None:
    """Only tests change a setting while the site runs."""
    _pad.cache_clear()
