"""The matrix and a comparison: as a PDF that everybody can read, and as a picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import msgspec
import pytest
from django.http import QueryDict

from aanpakken.facets import THEMA_UITLEG, AanpakFilter
from aanpakken.keuze import lees_keuze
from aanpakken.matrix import maak_matrix
from tests.publicatie.pdf import fouten, kaal, lees, woorden
from tests.publicatie.test_boek import texts
from tests.publicatie.test_zetten import MARKUP, OVERAL, TITEL
from wijkwijzer.publicatie import plaat, views
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.publicatie.zetten import opdracht, zet
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.once

PAGE = "https://voorbeeld.example/aanpakken/"
SVG = "{http://www.w3.org/2000/svg}"
TWO = "aanpak=abcd&aanpak=wijktheater"


def matrix(query: str = "") -> plaat.Matrixplaat:
    stand, asked = current_stand(), QueryDict(query)
    filterset = AanpakFilter(asked, stand)
    return plaat.matrixplaat(stand, filterset, maak_matrix(filterset, asked), PAGE)


def comparison(query: str) -> plaat.Vergelijkplaat:
    stand = current_stand()
    return plaat.vergelijkplaat(stand, lees_keuze(QueryDict(query), 4, stand), PAGE)


def set_as(template: str, document: plaat.Plaat, form: str = "pdf") -> bytes:
    return zet(opdracht(template, document, form))


def strange() -> list[tuple[str, plaat.Plaat]]:
    """Both, with markup and letters of everywhere in every place."""
    of_matrix, compared = matrix(), comparison(TWO)
    deel = msgspec.structs.replace(of_matrix.matrix, rijtitel=MARKUP)
    cells = [[MARKUP, zetbaar(OVERAL)], []]
    tabel = plaat.Vergelijking([zetbaar(TITEL), "Leeg"], [plaat.Rij(MARKUP, cells)])
    around = {"titel": zetbaar(f"{MARKUP} {OVERAL}"), "opmerkingen": [MARKUP]}
    return [
        (plaat.MATRIX, msgspec.structs.replace(of_matrix, matrix=deel, **around)),
        (plaat.VERGELIJKING, msgspec.structs.replace(compared, tabel=tabel, **around)),
    ]


@pytest.mark.parametrize(
    "query", ["", "rij=thema&kolom=doelgroep&thema=verbinding&x=1", "q=bestaatniet"]
)
def test_the_matrix_as_pdf_has_every_number_and_word_of_the_page(inhoud, query):
    document = matrix(query)
    pdf = set_as(plaat.MATRIX, document)
    assert fouten(pdf) == []
    found = woorden(pdf)
    # Who is told which filters there are, knows what is counted.
    told = [*document.opmerkingen, document.datum, PAGE, "CC BY 4.0"]
    told.append(THEMA_UITLEG)
    for text in [*told, *(rij.naam for rij in document.matrix.rijen)]:
        assert kaal(text) in found, text
    row = document.matrix.rijen[0]
    numbers = "".join(str(number) for number in [*row.aantallen, row.totaal])
    assert kaal(row.naam) + numbers in found


def test_a_comparison_as_pdf_has_every_word_of_the_page(inhoud):
    document = comparison(f"{TWO}&aanpak=citytrainers&aanpak=buurtcirkel")
    pdf = set_as(plaat.VERGELIJKING, document)
    assert fouten(pdf) == []
    found = woorden(pdf)
    for text in texts(msgspec.to_builtins(document.tabel)):
        assert kaal(text) in found, text
    assert lees(pdf).metadata.title == document.titel


@pytest.mark.parametrize("form", ["pdf", "svg", "png"])
def test_whatever_is_in_it_stays_text_and_the_same_gives_the_same_bytes(inhoud, form):
    for template, document in strange():
        made = set_as(template, document, form)
        assert made == set_as(template, document, form)
        if form == "pdf":
            assert fouten(made) == []
            assert kaal(MARKUP) in woorden(made)


def test_a_drawing_says_what_it_shows_and_does_nothing(inhoud):
    for template, document in strange():
        svg = set_as(template, document, "svg")
        root = ElementTree.fromstring(svg)  # noqa: S314  # our own
        assert root.attrib["role"] == "img"
        assert root[0].tag == f"{SVG}title"
        assert root[0].text == document.titel
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert not {"script", "foreignObject", "style", "iframe"} & tags
        names = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith("on")}
        where = re.findall(rb'href="([^"]*)"', svg)
        ours = (b"#", b"data:image/", PAGE.encode())
        assert [href for href in where if not href.startswith(ours)] == []


@pytest.mark.usefixtures("inhoud")
@pytest.mark.parametrize(
    ("path", "kind", "place"),
    [
        ("matrix.pdf?rij=laag", "application/pdf", "inline"),
        ("matrix.png", "image/png", "attachment"),
        (f"vergelijken.pdf?{TWO}", "application/pdf", "inline"),
        (f"vergelijken.svg?{TWO}", "image/svg+xml", "attachment"),
        (f"vergelijken.png?{TWO}", "image/png", "attachment"),
    ],
)
def test_each_has_an_address_beside_its_page(client, monkeypatch, path, kind, place):
    asked = []
    monkeypatch.setattr(views, "geef", lambda wat: asked.append(wat) or b"%PDF x")
    response = client.get(f"/aanpakken/{path}")
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(place)
    name, _, query = path.partition("?")
    page = f"{name.partition('.')[0]}/?{query}".rstrip("?")
    assert page in msgspec.json.decode(asked[0].gegevens)["adres"]
    shown = client.get(f"/aanpakken/{page}").content.decode().replace("&amp;", "&")
    assert f'href="../{path.split("?")[0]}?' in shown


def test_what_is_no_comparison_leads_to_the_page(inhoud, client):
    response = client.get("/aanpakken/vergelijken.pdf?aanpak=abcd")
    assert response["Location"] == "/aanpakken/vergelijken/?aanpak=abcd"
    page = client.get("/aanpakken/vergelijken/?aanpak=abcd").content.decode()
    assert "vergelijken.pdf" not in page
