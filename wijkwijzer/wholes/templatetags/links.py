"""The mark of a dead link, for every template that prints an address of an editor.

A builtin library, so no template loads it. It asks the stand that the page is made of:
no query, and a page that says so is made anew when that changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from wijkwijzer.wholes import links
from wijkwijzer.wholes.current import used

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def linkmerk(url: str) -> SafeString | str:
    """The mark behind a link to ``url``; empty for as long as it works."""
    stand = used.get()
    seen = stand.vocabulary.dode_links.get(url) if stand else None
    return links.linkmerk(seen) if seen else ""


@register.filter(is_safe=True)
def linkmerken(html: SafeString) -> SafeString:
    """HTML with the mark behind each link in it that is dead."""
    stand = used.get()
    return links.met_linkmerken(html, stand.vocabulary.dode_links if stand else {})
