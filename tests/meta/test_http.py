"""What every page type promises on the wire and in its markup."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from itertools import pairwise

import pytest
from django.conf import settings
from django.http import HttpResponse

from tests import html
from tests.paginas import FORMULIEREN, PAGINAS, Pagina, antwoord, bereid_voor

# That every page answers on both databases is tested in tests/meta/test_house.py; its
# markup and headers come from no database.
pytestmark = pytest.mark.once

every_page = pytest.mark.parametrize("pagina", PAGINAS, ids=str)


@pytest.fixture
def answer(inhoud, pagina: Pagina) -> HttpResponse:
    return antwoord(pagina)


@pytest.fixture
def document(inhoud, pagina: Pagina) -> html.Element:
    return document_of(pagina)


@cache
def document_of(pagina: Pagina) -> html.Element:
    """Read once for all tests here, which only look."""
    return html.read(antwoord(pagina).content)


# Headers


@pytest.mark.parametrize(
    "pagina", [p for p in PAGINAS if p not in FORMULIEREN], ids=str
)
def test_readers_get_no_cookie_and_no_answer_that_depends_on_one(answer):
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize("pagina", FORMULIEREN, ids=str)
def test_a_page_with_a_form_is_kept_nowhere_and_not_indexed(answer, document):
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in document.one("meta", name="robots")["content"]
    assert {*answer.cookies} <= {"csrftoken"}


@every_page
def test_every_page_has_the_security_headers(answer):
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.get(name) for name in expected} == expected
    assert answer["Permissions-Policy"]


@every_page
def test_the_content_security_policy_has_no_hole(answer):
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe-|\*|https?:|data:|blob:", policy)


# Markup


@every_page
def test_no_page_has_inline_style_or_script(document):
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"]
    for element in document.all():
        events = [name for name in element.attributes if name.startswith("on")]
        assert not events, element.attributes
        assert "style" not in element, element.attributes
        if element.name == "script":
            data = element.get("type") in {"application/ld+json", "application/json"}
            assert element.get("src") or data
        if element.name == "style":
            digest = hashlib.sha256(element.raw_text.encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in allowed
        for name in ("href", "src", "action"):
            assert not element.get(name).lower().startswith(("javascript:", "data:"))


@every_page
def test_every_page_has_one_title_one_heading_and_its_language(document):
    assert document.one("html")["lang"] == "nl"
    assert "WijkWijzer" in document.one("title").text
    assert document.one("h1").text
    assert document.one("main")["id"] == "inhoud"


@every_page
def test_headings_skip_no_level(document):
    levels = [int(h.name[1]) for h in document.all("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


@every_page
def test_skip_links_are_first_and_lead_to_something_that_takes_focus(document):
    links = [a for a in document.all("a") if "skip-link" in a.get("class")]
    assert links[0].text == "Ga direct naar de inhoud"
    first = next(document.one("body").all("a"))
    assert first is links[0]
    for link in links:
        target = document.one(id=link["href"].removeprefix("#"))
        assert target.get("tabindex") == "-1"


@every_page
def test_no_id_is_used_twice(document):
    ids = [element["id"] for element in document.all() if "id" in element]
    assert sorted(ids) == sorted({*ids})


@pytest.mark.long
def test_every_link_inside_our_site_leads_somewhere(inhoud, client):
    """All pages, and one step further; the filters have tests of their own."""
    bereid_voor()
    found: dict[str, str] = {}
    for pagina in PAGINAS:
        for link in html.read(antwoord(pagina).content).all("a"):
            address = link.get("href").partition("#")[0]
            if address.startswith("/") and "?" not in address:
                found.setdefault(address, pagina.naam)
    assert len(found) > 50
    for address, where in found.items():
        status = client.get(address).status_code
        assert status in {200, 303}, f"{address} on {where}: {status}"


@every_page
def test_links_within_a_page_lead_to_an_element_that_exists(document):
    ids = {element["id"] for element in document.all() if "id" in element}
    for link in document.all("a"):
        if link.get("href").startswith("#"):
            assert link["href"][1:] in ids, link["href"]


@every_page
def test_no_page_shows_a_python_value(document):
    text = document.text
    # Programs that somebody may copy are in Python, on purpose.
    programs = {program.text for program in document.all("pre")}
    for program in sorted(programs, key=len, reverse=True):
        text = text.replace(program, "")
    assert not re.search(
        r"(?<!If-)\bNone\b|\bFalse\b|\bTrue\b|<\w+ object|\{\{|\{%", text
    )
    for element in document.all("input", "option", "time", "a"):
        for name in ("value", "datetime", "href"):
            assert element.get(name) not in {"None", "False", "True"}, (
                element.attributes
            )


@every_page
def test_a_page_loads_files_of_our_own_site_only(document):
    sources = [
        element.get("src") or element.get("href")
        for element in document.all("script", "img", "link", "source", "iframe")
        if element.get("rel") not in {"canonical", "license", "alternate"}
        # Data for machines, which stands in the page itself.
        and element.get("type") != "application/ld+json"
    ]
    assert sources
    # A record has its picture (a QR code) at its own address; a frame shows an embed.
    own = ("/static/", "/id/", "/embed/")
    assert [s for s in sources if not s.startswith(own)] == []


@pytest.mark.parametrize(
    "pagina",
    [p for p in PAGINAS if p.pad.startswith(("/aanpakken/?", "/interventies/?"))],
    ids=str,
)
def test_a_filtered_list_is_not_indexed_and_points_to_the_whole_list(document, pagina):
    canonical = document.one("link", rel="canonical")
    assert canonical["href"] == f"http://testserver{pagina.pad.partition('?')[0]}"
    if pagina.naam != "aanpakken, met melding":
        assert "noindex" in document.one("meta", name="robots")["content"]


@pytest.mark.parametrize(
    "pagina",
    [
        p
        for p in PAGINAS
        if "?" not in p.pad and p.status == 200 and p not in FORMULIEREN
    ],
    ids=str,
)
def test_a_page_without_filters_may_be_indexed(document, pagina):
    assert not any(document.all("meta", name="robots"))
