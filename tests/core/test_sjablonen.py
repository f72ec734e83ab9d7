"""Templates are sent without their indents, and nothing that a reader sees changes."""

from __future__ import annotations

import re

from django.conf import settings
from django.template.loader import get_template

TEMPLATES = settings.BASE_DIR / "templates"
HTML = sorted(TEMPLATES.rglob("*.html"))
INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)


def source(name: str) -> str:
    return get_template(name).template.source


def test_a_template_has_its_lines_but_no_indents():
    assert len(HTML) > 100
    for file in HTML:
        lines = source(str(file.relative_to(TEMPLATES))).split("\n")
        written = file.read_text(encoding="utf-8").split("\n")
        assert lines == [line.lstrip(" \t") for line in written], file


def test_no_template_has_text_that_shows_its_indents():
    shows = re.compile(r"<(?:pre|textarea|script)\b[^>]*>[^<]*\n")
    assert [f for f in HTML if shows.search(f.read_text(encoding="utf-8"))] == []


def test_what_is_no_html_stays_as_it_is():
    other = [file for file in TEMPLATES.rglob("*") if file.suffix in {".txt", ".svg"}]
    assert any(INDENTED.search(file.read_text(encoding="utf-8")) for file in other)
    for file in other:
        name = str(file.relative_to(TEMPLATES))
        assert source(name) == file.read_text(encoding="utf-8")
