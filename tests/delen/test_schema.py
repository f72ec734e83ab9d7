"""What machines read of a page: schema.org and Open Graph, of what readers see."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests import factories, html
from tests.paginas import VOORBEELDEN, antwoord
from wijkwijzer.core.jsonld import als_jsonld
from wijkwijzer.delen.deelbeeld import SITE, Beeld, beeld_van, png
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.registry import wholes

pytestmark = [pytest.mark.usefixtures("inhoud"), pytest.mark.once]

HERE = "http://testserver"
PAPER, CORE = (250, 246, 239), (184, 67, 27)
TYPES = {
    "home": "WebSite",
    **dict.fromkeys(
        ("aanpakken", "interventies", "kennisdossier", "praktijkvoorbeelden"),
        "CollectionPage",
    ),
    **dict.fromkeys(("themas", "wie", "begrippen"), "DefinedTermSet"),
    **dict.fromkeys(("thema", "actor"), "DefinedTerm"),
    "api": "Dataset",
}


def page(path: str) -> html.Element:
    return html.read(Client().get(path).content)


def data_of(document: html.Element) -> dict[str, Any]:
    return json.loads(document.one("script", type="application/ld+json").raw_text)


@pytest.mark.parametrize("naam", TYPES)
def test_a_list_and_a_word_say_what_they_are(naam):
    (pagina,) = (p for p in VOORBEELDEN if p.naam == naam)
    found = data_of(html.read(antwoord(pagina).content))
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == TYPES[naam]
    assert found["url"] == f"{HERE}{pagina.pad}"


def test_a_list_has_its_records_in_the_order_of_the_page():
    document = page("/aanpakken/")
    items = data_of(document)["mainEntity"]["itemListElement"]
    cards = [
        f"{HERE}{heading.one('a')['href']}"
        for heading in document.all("h3", class_="card-title")
    ]
    assert [item["url"] for item in items] == cards
    assert [item["position"] for item in items] == [*range(1, len(cards) + 1)]


@pytest.mark.parametrize("soort", wholes())
def test_a_record_has_what_the_norm_asks_and_a_picture(soort):
    record = current_stand().all(wholes()[soort])[0]
    document = page(record.get_absolute_url())
    own, crumbs = data_of(document)["@graph"]
    assert own["identifier"] == f"{HERE}{record.permalink}"
    assert own["url"] == f"{HERE}{record.get_absolute_url()}"
    if soort == "begrip":
        assert own["@type"] == "DefinedTerm"
        assert own["inDefinedTermSet"] == f"{HERE}/begrippen/"
    else:
        assert own["@type"] == "Article"
        assert {"license", "dateModified", "datePublished", "isBasedOn"} <= own.keys()
    listed, itself = crumbs["itemListElement"]
    assert Client().get(listed["item"].removeprefix(HERE)).status_code == 200
    assert itself["name"] == document.one("h1").text
    graph = {
        m["property"]: m["content"] for m in document.all("meta") if "property" in m
    }
    assert graph["og:url"] == own["url"]
    assert graph["og:title"] == itself["name"]
    assert (
        graph["og:description"] == document.one("meta", name="description")["content"]
    )
    picture = Client().get(graph["og:image"].removeprefix(HERE))
    assert picture["Content-Type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).size == (1200, 630)


def test_what_an_editor_inferred_is_not_said_to_machines():
    record = current_stand().get(wholes()["aanpak"], "buurtbemiddeling")
    named = {t.thema.naam for t in record.themas if t.basis == "expliciet"}
    assert len(named) < len(record.themas)
    own, _ = data_of(page(record.get_absolute_url()))["@graph"]
    assert {about["name"] for about in own.get("about", [])} == named


def test_a_name_ends_no_script():
    aanpak = factories.make_aanpak(
        naam="Samen </script><script>alert(1)</script> & <!--"
    )
    document = page(f"/aanpakken/{aanpak.slug}/")
    own, _ = data_of(document)["@graph"]
    assert own["headline"] == aanpak.naam
    assert (
        "<"
        not in als_jsonld({"name": aanpak.naam})[len("<script ") :].partition(
            "</script>"
        )[0]
    )


def test_a_filtered_list_says_nothing_of_itself_to_machines():
    document = page("/aanpakken/?thema=zeggenschap")
    assert not [*document.all("script", type="application/ld+json")]


def test_a_page_that_is_of_no_record_has_the_picture_of_the_site():
    address = page("/over/").one("meta", property="og:image")["content"]
    response = Client().get(address.removeprefix(HERE))
    assert response["Content-Type"] == "image/png"


# The picture


def colours(beeld: Beeld) -> set[tuple[int, int, int]]:
    picture = Image.open(BytesIO(png(beeld))).convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 16)}


def test_the_picture_fills_the_rings_that_act():
    """At 11 o'clock of each ring: paper, or the colour of who acts."""
    centre = (970, 315)
    with_core = Image.open(BytesIO(png(Beeld("A", ringen=frozenset({1})))))
    without = Image.open(BytesIO(png(Beeld("A", ringen=frozenset({2, 3})))))
    assert with_core.convert("RGB").getpixel(centre) == CORE
    assert without.convert("RGB").getpixel(centre) == PAPER


def test_the_picture_says_a_level_as_the_page_does():
    stand = current_stand()
    for record in stand.all(wholes()["aanpak"]):
        beeld, geldigheid = beeld_van(stand, record), record.geldigheid
        if geldigheid is None or geldigheid.niveau is None:
            assert (beeld.onder, beeld.stippen) == ("", None)
            continue
        assert beeld.onder.startswith(geldigheid.niveau.naam)
        # What lapsed fills no dot.
        assert (beeld.stippen == 0) == geldigheid.vervallen


@pytest.mark.parametrize("titel", ["x" * 500, "Lange woorden " * 40, "ŵ 漢 \u202e", ""])
def test_any_title_gives_a_small_picture_on_paper(titel):
    made = png(Beeld(titel, "Aanpak", titel, frozenset({1, 2, 3}), 3))
    assert len(made) < 80_000
    assert Image.open(BytesIO(made)).convert("RGB").getpixel((5, 5)) == PAPER


def test_the_same_words_give_the_same_bytes():
    assert png(SITE) == png(SITE)


def test_there_is_no_picture_of_what_readers_do_not_see(client):
    concept = factories.make_aanpak(status="concept")
    assert client.get(f"/id/aanpak/{concept.uuid}.png").status_code == 404
    gone = factories.make_archived_aanpak()
    assert client.get(f"/id/aanpak/{gone.uuid}.png").status_code == 410
