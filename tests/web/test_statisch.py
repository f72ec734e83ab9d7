"""What collectstatic makes of our files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from wijkwijzer.web.statisch import zonder_lucht

STYLESHEETS = sorted(Path(settings.BASE_DIR, "static", "css").glob("*.css"))

# Values with var() keep the space they were written with, which means nothing.
RULES_AS_THE_BROWSER_READS_THEM = r"""css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return Array.from(sheet.cssRules, rule => rule.cssText.replace(/\s+/g, " "));
}"""


@pytest.fixture
def collected(tmp_path):
    """The folder that collectstatic filled from a stylesheet and a picture of ours."""
    source = tmp_path / "source"
    (source / "css").mkdir(parents=True)
    (source / "andere").mkdir()
    css = "/* Waarom */\n.a {\n  color: red;\n  background: url(../punt.svg);\n}\n"
    (source / "css" / "a.css").write_text(css, encoding="utf-8")
    (source / "andere" / "b.css").write_text(css, encoding="utf-8")
    (source / "punt.svg").write_text("<svg/>", encoding="utf-8")
    storage = {"BACKEND": "wijkwijzer.web.statisch.StatischeBestanden"}
    with override_settings(
        STATIC_ROOT=tmp_path / "static",
        STATICFILES_DIRS=[source],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES=settings.STORAGES | {"staticfiles": storage},
    ):
        # Twice: the second time starts from what the first left behind.
        for _ in range(2):
            call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def served(folder: Path, name: str) -> Path:
    manifest = json.loads((folder / "staticfiles.json").read_text(encoding="utf-8"))
    return folder / manifest["paths"][name]


def test_our_stylesheets_are_served_without_comments_and_air(collected):
    css = served(collected, "css/a.css").read_text(encoding="utf-8")
    assert css.startswith(".a {\ncolor: red;\nbackground: url(")


def test_addresses_inside_a_stylesheet_still_get_the_hash_of_their_file(collected):
    css = served(collected, "css/a.css").read_text(encoding="utf-8")
    assert served(collected, "punt.svg").name in css


def test_stylesheets_of_packages_stay_as_they_came(collected):
    css = served(collected, "andere/b.css").read_text(encoding="utf-8")
    assert css.startswith("/* Waarom */\n.a {\n")


def test_a_browser_reads_the_same_rules_without_the_air(page):
    for path in STYLESHEETS:
        css = path.read_bytes()
        before, after = (
            page.evaluate(RULES_AS_THE_BROWSER_READS_THEM, text.decode())
            for text in (css, zonder_lucht(css))
        )
        assert before, path
        assert after == before, path
