"""Who wants to embed a page gets its code: on our pages, and by oEmbed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests import factories, html

pytestmark = pytest.mark.usefixtures("inhoud")

CARD = "/aanpakken/futsal-chabbab/"


def frame(code: str) -> html.Element:
    return html.read(f"<!doctype html><title>x</title>{code}".encode()).one("iframe")


# The page and the link to it


@pytest.mark.parametrize(
    ("path", "embed"),
    [
        (CARD, f"/embed{CARD}"),
        ("/aanpakken/?thema=zeggenschap", "/embed/aanpakken/?thema=zeggenschap"),
        (
            "/aanpakken/matrix/?rij=vorm&kolom=doelgroep",
            "/embed/matrix/?rij=vorm&kolom=doelgroep",
        ),
        ("/wie/", "/embed/wie/"),
        ("/begrippen/leefbaarheid/", "/embed/begrippen/leefbaarheid/"),
    ],
)
def test_a_page_that_can_be_embedded_links_to_its_code_and_tells_machines(
    client, path, embed
):
    document = html.read(client.get(path).content)
    (link,) = (a for a in document.all("a") if "data-insluiten" in a)
    made = html.read(client.get(link["href"]).content)
    code = made.one("textarea").text
    assert frame(code)["src"] == f"http://testserver{embed}"
    assert made.one("iframe")["src"] == embed
    json, xml = (
        one["href"]
        for one in document.one("head").all("link")
        if one.get("type").endswith("+oembed")
    )
    assert frame(client.get(json).json()["html"])["src"] == frame(code)["src"]
    assert client.get(xml)["Content-Type"] == "text/xml; charset=utf-8"


def test_choices_are_in_the_code_and_in_the_preview(client):
    address = f"/embed/?adres={CARD}&kleur=donker&hoogte=script"
    document = html.read(client.get(address).content)
    code = document.one("textarea").text
    assert frame(code)["src"] == f"http://testserver/embed{CARD}?kleur=donker"
    assert '<script src="http://testserver/embed/hoogte.js" defer></script>' in code
    assert document.one("iframe")["src"] == f"/embed{CARD}?kleur=donker"
    assert document.one("input", value="donker").get("checked", None) is not None


def test_a_title_cannot_leave_the_code(client):
    aanpak = factories.make_aanpak(naam='Een "raar" <b>ding</b>')
    document = html.read(
        client.get(f"/embed/?adres={aanpak.get_absolute_url()}").content
    )
    code = document.one("textarea").text
    assert frame(code)["title"] == 'Een "raar" <b>ding</b> – WijkWijzer'
    assert "<b>" not in code


OTHERS = [
    *("/over/", "/bestaat-niet/", "/embed/", "https://elders.example/aanpakken/abcd/"),
    *("javascript:alert(1)", "//elders.example/wie/", "http://[", "/aanpakken/nee/"),
    "/id/interventie/00000000-0000-4000-8000-000000000000",
]


@pytest.mark.parametrize("address", OTHERS)
def test_what_cannot_be_embedded_gives_no_code(client, address):
    response = client.get("/embed/", {"adres": address})
    assert "Dit is geen pagina van WijkWijzer die je kunt insluiten" in response.text
    assert "<iframe" not in response.text
    assert client.get("/oembed", {"url": address}).status_code == 404


@pytest.mark.parametrize("page", ["/aanpakken/", "/aanpakken/matrix/"])
def test_what_was_asked_and_does_not_exist_is_told_before_it_is_embedded(client, page):
    address = f"{page}?thema=zeggenschap&thema=bestaatniet"
    made = html.read(client.get("/embed/", {"adres": address}).content)
    assert "“bestaatniet” bestaat niet" in made.one("main").text
    # A program could not be told.
    refused = client.get("/oembed", {"url": f"http://testserver{address}"})
    assert refused.status_code == 404
    assert "“bestaatniet” bestaat niet" in refused.content.decode()


def test_the_script_for_the_height_may_be_loaded_by_other_sites(client):
    response = client.get("/embed/hoogte.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert 0 < len(response.content) < 1024


# oEmbed


def test_oembed_has_all_that_version_1_asks_of_a_rich_answer(client):
    given = client.get("/oembed", {"url": f"http://testserver{CARD}"}).json()
    assert given["version"] == "1.0"
    assert given["type"] == "rich"
    assert given["title"] == "Futsal Chabbab"
    assert given["provider_url"] == "http://testserver/"
    element = frame(given["html"])
    assert (element["width"], element["height"]) == (
        str(given["width"]),
        str(given["height"]),
    )


def test_oembed_in_xml_says_the_same_as_in_json(client):
    aanpak = factories.make_aanpak(naam="Tom & <Jerry>")
    asked = {"url": aanpak.get_absolute_url()}
    xml = client.get("/oembed", asked | {"format": "xml"})
    root = ET.fromstring(xml.content)  # noqa: S314  # our own
    assert root.tag == "oembed"
    json = client.get("/oembed", asked).json()
    assert {e.tag: e.text for e in root} == {k: str(v) for k, v in json.items()}


def test_oembed_is_never_larger_than_was_asked(client):
    asked = {"url": CARD, "maxwidth": "300", "maxheight": "9999"}
    given = client.get("/oembed", asked).json()
    assert given["width"] == 300
    assert given["height"] < 9999
    for wrong in ("0", "-1", "abc", "9" * 30):
        assert (
            client.get("/oembed", {"url": CARD, "maxwidth": wrong}).status_code == 400
        )


def test_oembed_knows_json_and_xml_only(client):
    assert client.get("/oembed", {"url": CARD, "format": "yaml"}).status_code == 501


def test_oembed_of_a_permalink_or_a_former_address_is_that_of_today(client):
    aanpak = factories.make_aanpak(slug="eerste")
    aanpak.slug = "tweede"
    aanpak.save()
    factories.publish(aanpak)
    for url in ("/aanpakken/eerste/", f"/id/aanpak/{str(aanpak.uuid).upper()}"):
        found = frame(client.get("/oembed", {"url": url}).json()["html"])
        assert found["src"] == "http://testserver/embed/aanpakken/tweede/"
    factories.withdraw(aanpak)
    assert client.get("/oembed", {"url": "/aanpakken/eerste/"}).status_code == 404
