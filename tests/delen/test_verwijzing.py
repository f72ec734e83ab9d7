"""Every record can be referred to: in words, in two file formats, and as a QR code."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from aanpakken.models import Aanpak
from tests import factories, html
from wijkwijzer.delen.verwijzing import Verwijzing
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.registry import wholes

VAN = Verwijzing(
    titel="Samen 100% {wijk} & meer",
    sleutel="wijkwijzer-samen",
    dag=date(2026, 3, 4),
    permalink="https://wijkwijzer.example/id/aanpak/1",
    pad="/id/aanpak/1",
)


def test_in_words_as_apa_has_it():
    assert VAN.apa == (
        "WijkWijzer. (2026, 4 maart). Samen 100% {wijk} & meer. "
        "https://wijkwijzer.example/id/aanpak/1"
    )


def test_bibtex_takes_no_sign_of_a_title_for_a_command():
    assert r"title = {Samen 100\% \{wijk\} \& meer}," in VAN.bibtex
    assert "author = {{WijkWijzer}}," in VAN.bibtex
    assert VAN.bibtex.startswith("@misc{wijkwijzer-samen,")


def test_ris_has_a_tag_a_line_and_ends_as_it_should():
    lines = VAN.ris.split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert "DA  - 2026/03/04" in lines
    assert lines[-2:] == ["ER  - ", ""]


def test_the_qr_code_is_a_picture_with_a_name():
    root = ET.fromstring(VAN.qr())  # noqa: S314  # our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.find("{*}title").text == "QR-code: Samen 100% {wijk} & meer"


@pytest.mark.parametrize("soort", wholes())
def test_every_detail_page_has_its_link_reference_and_files(inhoud, client, soort):
    document = current_stand().all(wholes()[soort])[0]
    page = html.read(client.get(document.get_absolute_url()).content)
    part = page.one("section", id="delen")
    assert f"http://testserver{document.permalink}" in part.text
    assert part.one("p", class_="cite").text.startswith("WijkWijzer. (")
    for ending in ("ris", "bib", "svg"):
        address = f"{document.permalink}.{ending}"
        assert address in {
            *(a["href"] for a in part.all("a")),
            *(i["src"] for i in part.all("img")),
        }
    kinds = {"ris": "research-info", "bib": "bibtex", "svg": "image/svg+xml"}
    for ending, kind in kinds.items():
        assert kind in client.get(f"{document.permalink}.{ending}")["Content-Type"]


def test_the_files_follow_the_record(inhoud, client):
    aanpak = factories.make_aanpak(naam="Eerste naam")
    address = f"/id/aanpak/{str(aanpak.uuid).upper()}.ris"
    assert "TI  - Eerste naam" in client.get(address).text
    factories.withdraw(aanpak, "Voorbij.")
    response = client.get(address)
    assert response.status_code == 410
    assert "Voorbij." in response.text


def test_there_are_no_files_of_what_readers_never_saw(inhoud, client):
    concept = factories.make_aanpak(status="concept")
    seen = Aanpak.objects.gepubliceerd().first()
    for address in (
        f"/id/aanpak/{concept.uuid}.bib",
        f"/id/aanpak/{seen.uuid}.doc",
        f"/id/iets/{seen.uuid}.bib",
    ):
        assert client.get(address).status_code == 404
