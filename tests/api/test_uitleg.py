"""What stands on the page about the API works."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.html import escape

from tests import html
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.api.uitleg import VOORBEELDEN, uitleg_van
from wijkwijzer.wholes.current import current_stand

# The server of these tests shares their database: on SQLite only.
pytestmark = pytest.mark.once


def run(taal: str, code: str, folder: Path) -> str:
    command = {
        "curl": [shutil.which("bash"), "-euc", code],
        "python": [sys.executable, "-c", code],
        "javascript": [shutil.which("node"), "--input-type=module", "-e", code],
    }[taal]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
@pytest.mark.parametrize("voorbeeld", VOORBEELDEN, ids=lambda v: v.sleutel)
def test_every_example_runs_and_says_the_same_in_every_language(
    served, tmp_path, voorbeeld
):
    context = uitleg_van(current_stand(), f"{served}/api/v1")
    (talen,) = (talen for v, talen in context["voorbeelden"] if v is voorbeeld)
    said = {t.sleutel: run(t.sleutel, t.code, tmp_path) for t in talen}
    assert said["python"] == said["javascript"]
    words = said["python"].split()
    assert words
    if voorbeeld.sleutel == "etag":
        assert "304" in words
        assert said["curl"] == "304"
    elif voorbeeld.sleutel == "paginas":
        assert 'rel="next"' in said["curl"]
        assert len(said["python"].splitlines()) == 41
    elif voorbeeld.sleutel == "kopie":
        assert json.loads(said["curl"])["volgende"] == words[-1]
    else:
        data = json.loads(said["curl"])
        names = [r["naam"] for r in data.get("resultaten", [data])]
        assert names
        assert all(name in said["python"] for name in names)


def test_the_page_shows_every_list_and_every_example_as_it_runs(client, inhoud):
    content = client.get("/api/").content.decode()
    page = html.read(content)
    links = {a["href"] for a in page.one("main").all("a")}
    assert {f"http://testserver/api/v1/{c.naam}" for c in ALLE} <= links
    context = uitleg_van(current_stand(), "http://testserver/api/v1")
    for _, talen in context["voorbeelden"]:
        for taal in talen:
            assert f"<code>{escape(taal.code)}</code>" in content
