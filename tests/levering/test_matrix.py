"""The evidence map goes along with the numbers of its page, in every format."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from aanpakken.facets import THEMA_UITLEG
from aanpakken.models import Doelgroep
from wijkwijzer.levering.lijst import OVER
from wijkwijzer.uitwisseling.werkboek import lees_ods, lees_xlsx

pytestmark = pytest.mark.usefixtures("inhoud")

QUERY = "rij=thema&kolom=doelgroep&laag=gemeente"


def rows_of_csv(client) -> list[list[str]]:
    text = client.get(f"/aanpakken/matrix.csv?{QUERY}").content.decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize(("formaat", "lees"), [("xlsx", lees_xlsx), ("ods", lees_ods)])
def test_a_workbook_has_the_numbers_of_the_csv(client, formaat, lees):
    content = client.get(f"/aanpakken/matrix.{formaat}?{QUERY}").content
    sheet, header = lees(content)[0], rows_of_csv(client)[0]
    rows = [
        [str(row.cellen.get(name) or "0") for name in header] for row in sheet.rijen
    ]
    assert [header, *rows] == rows_of_csv(client)


def test_json_has_the_numbers_by_key(client):
    response = client.get(f"/aanpakken/matrix.json?{QUERY}&thema=bestaatniet")
    data = response.json()
    assert (data["rij"], data["kolom"]) == ("thema", "doelgroep")
    header, *rows, total = rows_of_csv(client)
    names = [column["naam"] for column in data["kolommen"]]
    assert names == header[1:-1]
    for row, told in zip(data["rijen"], rows, strict=True):
        numbers = [*row["aantallen"].values(), row["totaal"]]
        assert [row["naam"], *map(str, numbers)] == told
    assert str(data["totaal"]) == total[-1]
    assert "bestaatniet" in data["over"]["Let op"]
    assert data["over"]["Adres"].startswith("http://testserver/aanpakken/matrix/?rij=")


def test_a_workbook_is_dated_licensed_and_has_no_formulas(client):
    Doelgroep.objects.filter(slug="ouderen").update(naam="=1+1")
    response = client.get(f"/aanpakken/matrix.xlsx?{QUERY}")
    assert "attachment" in response["Content-Disposition"]
    book = load_workbook(BytesIO(response.content))
    about = dict(book[OVER].iter_rows(min_row=2, values_only=True))
    assert about["Licentie"].startswith("CC BY 4.0")
    assert about["Opgehaald op"]
    (cell,) = (cell for cell in book["Matrix"][1] if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_json_tells_every_remark(client):
    """Each by one name: the last would take the place of the others."""
    odd = "rij=thema&kolom=vorm&thema=bestaatniet&vorm=ookniet"
    told = client.get(f"/aanpakken/matrix.json?{odd}").json()["over"]["Let op"]
    assert all(word in told for word in ("bestaatniet", "ookniet", THEMA_UITLEG))


def test_the_json_of_a_selection_tells_every_remark(client):
    odd = "aanpak=abcd&aanpak=bestaatniet&aanpak=abcd"
    told = client.get(f"/selectie/export.json?{odd}").json()["over"]["Let op"]
    sheet = load_workbook(BytesIO(client.get(f"/selectie/export.xlsx?{odd}").content))
    remarks = [
        value
        for name, value in sheet[OVER].iter_rows(min_row=2, values_only=True)
        if name == "Let op"
    ]
    assert remarks
    assert told == " ".join(remarks)
