"""What collectstatic makes of our files."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from wijkwijzer.web.statisch import zonder_lucht

LARGE = "\n".join(f".regel-{number} {{ color: red; }}" for number in range(100))

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
    (source / "css" / "groot.css").write_text(f"{LARGE}\n", encoding="utf-8")
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


@pytest.fixture
def large(collected):
    """A function: ask for a stylesheet of which there are compressed forms."""
    name = served(collected, "css/groot.css").relative_to(collected)
    with override_settings(
        STATIC_ROOT=collected,
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
    ):
        yield partial(Client().get, f"/static/{name}")


def body(response) -> bytes:
    return b"".join(response)


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


# How they are served


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("br, gzip", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0.0", None),
        ("*;q=0", None),
        ("xbr", None),
    ],
)
def test_a_file_comes_in_an_encoding_that_the_client_takes(large, accept, encoding):
    response = large(headers={"Accept-Encoding": accept})
    assert response.get("Content-Encoding") == encoding
    assert (body(response) == LARGE.encode()) is (encoding is None)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-0", 0, 1), ("bytes=-1", -1, None), ("bytes=0-99999", 0, None)],
)
def test_a_part_of_a_file_is_exactly_that_part(large, asked, start, end):
    response = large(headers={"Range": asked})
    part = LARGE.encode()[start:end]
    assert response.status_code == 206
    assert body(response) == part
    assert response["Content-Length"] == str(len(part))
    first = start % len(LARGE)
    last = first + len(part) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(LARGE)}"


def test_a_part_that_is_not_there_is_said_not_to_be(large):
    response = large(headers={"Range": f"bytes={len(LARGE)}-"})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(LARGE)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "regels=0-1"])
def test_a_range_that_means_nothing_here_gives_the_whole_file(large, asked):
    response = large(headers={"Range": asked})
    assert (response.status_code, body(response).decode()) == (200, LARGE)


@pytest.mark.parametrize(
    ("given", "status"), [("{}", 206), ('"x"', 200), ("W/{}", 200), ("", 200)]
)
def test_only_who_has_the_rest_of_this_file_gets_a_part(large, given, status):
    first = large()
    assert body(first).decode() == LARGE
    asked = {"Range": "bytes=1-2", "If-Range": given.format(first["ETag"])}
    response = large(headers=asked)
    assert response.status_code == status
    assert body(response).decode() == (LARGE[1:3] if status == 206 else LARGE)


@pytest.mark.parametrize("given", ["{}", "W/{}", '"x", {}', '"x",W/{}, "y"', "*"])
def test_who_has_a_file_does_not_get_it_again(large, given):
    first = large()
    assert body(first).decode() == LARGE
    response = large(headers={"If-None-Match": given.format(first["ETag"])})
    assert (response.status_code, body(response)) == (304, b"")


def test_who_has_other_versions_gets_the_file(large):
    response = large(headers={"If-None-Match": '"x", "y"'})
    assert (response.status_code, body(response).decode()) == (200, LARGE)


def test_since_a_time_a_file_has_changed_or_not(large):
    first = large()
    assert body(first).decode() == LARGE
    long_ago = "Thu, 01 Jan 1970 00:00:00 GMT"
    for since, sent in ((first["Last-Modified"], ""), (long_ago, LARGE)):
        response = large(headers={"If-Modified-Since": since})
        assert response.status_code == (200 if sent else 304)
        assert body(response).decode() == sent


def test_a_browser_reads_the_same_rules_without_the_air(page):
    for path in STYLESHEETS:
        css = path.read_bytes()
        before, after = (
            page.evaluate(RULES_AS_THE_BROWSER_READS_THEM, text.decode())
            for text in (css, zonder_lucht(css))
        )
        assert before, path
        assert after == before, path
