"""The colours of an embed: those of tokens.css, whatever a reader prefers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

# The key in the address, and its words in the form; the first one is the default.
KLEUREN = {
    "mee": "Mee met wat de lezer heeft ingesteld",
    "licht": "Altijd licht",
    "donker": "Altijd donker",
}
MEE = "mee"
SCHEMA = {"licht": "light", "donker": "dark"}
# Where tokens.css has the colours of each: all in the light, in the dark what differs.
BLOK = {
    "licht": re.compile(r"^:root \{\n(.*?)^\}", re.DOTALL | re.MULTILINE),
    "donker": re.compile(
        r"^@media \(prefers-color-scheme: dark\) \{\n\s*:root \{\n(.*?)\}",
        re.DOTALL | re.MULTILINE,
    ),
}


@cache
def kleurblad(kleur: str) -> str:
    """The stylesheet that keeps an embed light or dark.

    Made of tokens.css, so that who restyles the site has one file to replace. Who
    forces colours of his own keeps those.
    """
    pad = finders.find("css/tokens.css")
    gevonden = (
        BLOK[kleur].search(Path(pad).read_text(encoding="utf-8")) if pad else None
    )
    kleuren = gevonden[1] if gevonden else ""
    return (
        "@media (forced-colors: none) {\n  :root {\n"
        f"{kleuren}\n    color-scheme: {SCHEMA[kleur]};\n  }}\n}}\n"
    )
