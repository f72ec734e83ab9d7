"""What machines read of a page: words of schema.org, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

Data = dict[str, Any]

CONTEXT = "https://schema.org"
# So that no text of ours ends the element, or begins a comment in it.
VEILIG = str.maketrans({teken: f"\\u{ord(teken):04X}" for teken in "<>&\u2028\u2029"})


def als_jsonld(data: Mapping[str, Any]) -> SafeString:
    """The element that a page has it in.

    A block of data and no script: browsers run nothing of it, so our policy, which
    allows no script in a page, has nothing to refuse.
    """
    tekst = json.dumps(
        {"@context": CONTEXT, **data}, ensure_ascii=False, separators=(",", ":")
    )
    veilig = tekst.translate(VEILIG)
    return SafeString(  # nosec B703
        f'<script type="application/ld+json">{veilig}</script>'
    )
