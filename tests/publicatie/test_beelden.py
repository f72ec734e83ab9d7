"""Pictures of articles are printed; where one is not there, what it shows is told."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tests.publicatie.pdf import fouten, kaal, lees, woorden
from tests.publicatie.test_zetten import MARKUP, blad, boek
from wijkwijzer.publicatie import beelden
from wijkwijzer.publicatie.boom import Beeld, Tabel, Veld, alinea, stuk
from wijkwijzer.publicatie.zetten import opdracht, zet

pytestmark = pytest.mark.once

NAAM = f"afbeeldingen/{'a' * 64}.png"
TOONT = f"Buren op een plein {MARKUP}"


def keep(size: tuple[int, int] = (400, 300), mode: str = "RGB", **how) -> str:
    """A picture of an editor, among the media."""
    file = BytesIO()
    Image.new(mode, size, **how).save(file, "PNG")
    default_storage.delete(NAAM)
    return default_storage.save(NAAM, ContentFile(file.getvalue()))


def tree(name: str = NAAM):
    picture = Beeld(name, TOONT)
    in_a_cell = Tabel("", [], [[[picture], [alinea(stuk("ernaast"))]]])
    field = Veld("Tekst", [picture, alinea(stuk("Door X")), in_a_cell], breed=True)
    return boek([blad(1, "Met een beeld", [field])])


def pictures_of(pdf: bytes) -> list[tuple[int, int]]:
    return [shown.image.size for page in lees(pdf).pages for shown in page.images]


def test_a_picture_is_in_the_pdf_that_everybody_can_read():
    keep(color="red")
    pdf = zet(opdracht("overzicht", tree()))
    assert (400, 300) in pictures_of(pdf)
    assert fouten(pdf) == []
    # It is told to who does not see it, and not printed beside itself.
    assert kaal("Afbeelding: Buren") not in woorden(pdf)
    assert kaal("Door X") in woorden(pdf)


def test_a_picture_is_in_the_document_of_word_with_what_it_shows():
    keep(color="red")
    document = docx.Document(BytesIO(zet(opdracht("overzicht", tree(), "docx"))))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == TOONT
    assert (round(shape.width.mm), round(shape.height.mm)) == (51, 38)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_picture_gives_the_same_bytes(form):
    keep(color="red")
    assert zet(opdracht("overzicht", tree(), form)) == zet(
        opdracht("overzicht", tree(), form)
    )


@pytest.mark.parametrize(
    "name", [f"afbeeldingen/{'b' * 64}.png", "../settings.py", "", NAAM]
)
def test_of_what_cannot_be_read_is_told_what_it_shows(name, caplog):
    default_storage.delete(NAAM)
    default_storage.save(NAAM, ContentFile(b"\x89PNG is broken"))
    pdf = zet(opdracht("overzicht", tree(name)))
    assert kaal(f"Afbeelding: {TOONT}"[:40]) in woorden(pdf)
    assert fouten(pdf) == []
    assert "kan niet worden gedrukt" in caplog.text
    document = docx.Document(BytesIO(zet(opdracht("overzicht", tree(name), "docx"))))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert f"Afbeelding: {TOONT}" in told


def test_a_large_picture_is_made_as_large_as_paper_shows():
    picture = beelden.lees([keep((6000, 1000))])[NAAM]
    assert picture.breed == beelden.BREEDSTE
    assert Image.open(BytesIO(picture.data)).size == (945, 158)
    picture = beelden.lees([keep((500, 5000))])[NAAM]
    assert picture.hoog == beelden.HOOGSTE


def test_what_can_be_seen_through_is_white_on_paper():
    picture = beelden.lees([keep(mode="RGBA", color=(0, 0, 0, 0))])[NAAM]
    assert Image.open(BytesIO(picture.data)).getpixel((5, 5)) == (255, 255, 255)


def test_pictures_never_make_a_document_too_large(monkeypatch, caplog):
    keep()
    monkeypatch.setattr(beelden, "MEESTE_BYTES", 10)
    assert beelden.lees([NAAM]) == {}
    assert "passen" in caplog.text


def test_another_picture_is_another_document():
    names = [NAAM, f"afbeeldingen/{'b' * 64}.png"]
    assert len({opdracht("overzicht", tree(name)).sleutel for name in names}) == 2
