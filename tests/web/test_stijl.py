"""The gallery of components: every one of them, and only for developers."""

from __future__ import annotations

import re

from django.conf import settings

from tests import html

COMPONENTS = settings.BASE_DIR / "templates" / "components"


def test_the_gallery_is_there_only_with_debug(inhoud, client, settings):
    assert client.get("/stijl/").status_code == 404
    settings.DEBUG = True
    assert client.get("/stijl/").status_code == 200


def test_every_component_is_in_the_gallery_or_on_every_page():
    shown = {"voet.html", "zoekveld.html", "ringdiagram.html", "tijdlijn.html"}
    shown |= {"bladwijzer.html"}  # in the header
    shown |= {"redactie.html", "voorbeeldbalk.html"}  # a tag shows it
    shown |= {"oembed.html", "og.html"}  # for programs
    shown |= {"meenemen.html"}  # leads to files that the gallery has not
    shown |= {"werk_je_hiermee.html"}  # where it stands, reacties.html does not
    pattern = re.compile(r"components/([\w]+\.html)")
    todo = [COMPONENTS.parent / "web" / "stijl.html"]
    while todo:
        for name in pattern.findall(todo.pop().read_text(encoding="utf-8")):
            if name not in shown:
                shown.add(name)
                todo.append(COMPONENTS / name)
    assert {file.name for file in COMPONENTS.glob("*.html")} - shown == set()


def test_the_gallery_is_valid_html(inhoud, client, settings, nu_fouten):
    settings.DEBUG = True
    document = client.get("/stijl/").content
    html.read(document)
    assert nu_fouten(document) == []
