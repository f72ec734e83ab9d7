"""Telling readers, quietly and in words, that a link does not work any more."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wijkwijzer.core.templatetags.wijkwijzer import tijd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# As texts are kept: a link holds no link, and attributes stand in double quotes.
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>.*?</a>', re.DOTALL)


def linkmerk(seen: date) -> SafeString:
    """The mark that stands after a link; ``seen`` is the day on which it was dead."""
    return format_html(
        ' <span class="note">[deze link werkt niet meer (gezien op {})]</span>',
        tijd(seen),
    )


def met_linkmerken(html: str, dode_links: Mapping[str, date]) -> SafeString:
    """Safe HTML of a text, with the mark after each link that is dead."""

    def marked(link: re.Match[str]) -> str:
        seen = dode_links.get(unescape(link[1]))
        return f"{link[0]}{linkmerk(seen)}" if seen else link[0]

    # Safe came in, and our mark is escaped.
    return SafeString(LINK.sub(marked, html) if dode_links else html)  # nosec B703
