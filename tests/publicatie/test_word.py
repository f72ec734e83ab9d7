"""The overview and a selection as documents of Word, with real styles."""

from __future__ import annotations

from io import BytesIO

import docx
import msgspec
import pytest
from django.http import QueryDict
from docx.oxml.ns import qn

from aanpakken.keuze import lees_keuze
from tests.publicatie.pdf import kaal
from tests.publicatie.test_boek import book, texts
from tests.publicatie.test_zetten import MARKUP, OVERAL, RAAR, TITEL, blad, boek, verder
from wijkwijzer.publicatie.brochure import Eigen, maak_brochure
from wijkwijzer.publicatie.word.inhoud import schrijf
from wijkwijzer.publicatie.zetten import opdracht, zet
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.once


def read(content: bytes):
    return docx.Document(BytesIO(content))


def written(tree) -> bytes:
    """Without a process of its own: the data as that gets it."""
    data = msgspec.json.decode(opdracht("x", tree).gegevens)
    soort = "brochure" if "vergelijkingen" in data else "overzicht"
    return schrijf(soort, int(tree.moment.timestamp()), data, {})


def words(document) -> str:
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return kaal("".join(lines))


def test_every_word_of_the_book_is_in_the_document_in_its_order(inhoud):
    made = book()
    document = read(written(made))
    found = words(document)
    for entry in made.bladen:
        place = found.index(kaal(entry.samenvatting))
        for text in texts(msgspec.to_builtins(entry.velden)):
            assert found.find(kaal(text), place) > 0, (entry.slug, text)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    names = [entry.naam for entry in made.bladen]
    # A theme can have the name of a term; it comes later.
    assert [text for text in headings if text in names][: len(names)] == names
    assert document.core_properties.language == "nl-NL"


def test_whatever_a_record_holds_stays_text_in_word_too():
    tree = boek([blad(1, TITEL, RAAR), blad(2, "Leeg")], verder())
    content = zet(opdracht("overzicht", tree, "docx"))
    assert content == written(tree)
    found = words(read(content))
    for text in (MARKUP, OVERAL, TITEL, f"Stap 40 {MARKUP}"):
        assert kaal(text) in found, text
    assert found.count(kaal(f"Citaat {MARKUP}")) == 6


def test_it_is_dutch_paper_with_numbered_pages_and_no_heading_smaller_than_its_text():
    document = read(written(boek([blad(1, "Een", RAAR)])))
    (page,) = document.sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert "PAGE" in page.footer.paragraphs[0]._p.xml
    assert "w:autoHyphenation" in document.settings.element.xml
    sizes = [document.styles[f"Heading {n}"].font.size for n in range(1, 5)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= document.styles["Normal"].font.size
    fonts = {f.get(qn("w:ascii")) for f in document.styles.element.iter(qn("w:rFonts"))}
    assert len(fonts) == 1


def test_each_list_of_steps_begins_at_one():
    steps = read(written(boek([blad(1, "Een", RAAR), blad(2, "Twee", RAAR)])))
    numbers = [
        p._p.pPr.numPr.numId.val
        for p in steps.paragraphs
        if p.style.name == "List Number"
    ]
    assert len({*numbers[:40]}) == len({*numbers[40:]}) == 1
    assert numbers[0] != numbers[-1]


def test_a_selection_as_a_document_has_the_words_of_who_made_it(inhoud, client):
    stand = current_stand()
    keuze = lees_keuze(QueryDict("aanpak=futsal-chabbab&aanpak=abcd"), 21, stand)
    eigen = Eigen.lees("Zuid", "Gemeente Zuid", MARKUP)
    site = "https://voorbeeld.example"
    document = read(written(maak_brochure(stand, keuze, eigen, site, site)))
    found = words(document)
    for text in ("Zuid", "Gemeente Zuid", MARKUP, "Naast elkaar"):
        assert kaal(text) in found
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "Eigenschap",
        "Futsal Chabbab",
        "ABCD-methode",
    ]
    response = client.get("/selectie/brochure.docx?aanpak=abcd")
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content[:2] == b"PK"
