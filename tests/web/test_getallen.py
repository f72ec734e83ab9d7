"""How many there are is said as people say it: "1 aanpak", not "1 aanpakken"."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Of these there is one on a site that has just begun, or in what a reader chose.
NOUNS = (
    "aanpakken|begrippen|bronnen|dossiers|gemeenten|manieren|praktijkvoorbeelden"
    "|resultaten|stappen|voorbeelden|vragen|woorden"
)
# A number, at most one word and a plural that is always there.
ALWAYS_MANY = re.compile(rf"\}}\}}(?:</\w+>)? (?:\w+ )?(?:{NOUNS})\b")
# "Alle 3 aanpakken": said of a list that is longer than what is shown of it, of what
# can be compared, and per minute.
MANY = {
    "aanpakken/vergelijken.html",
    "api/uitleg.html",
    "kennisdossier/gemeente.html",
    "kennisdossier/gemeente_list.html",
    "publicatie/publicatie.html",
    "web/home.html",
}
READ = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if "admin" not in path.parts and str(path.relative_to(TEMPLATES)) not in MANY
]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_no_template_says_one_of_a_plural(path):
    assert ALWAYS_MANY.findall(path.read_text(encoding="utf-8")) == []
