"""A list as a file: the hits of the page, in its order, and nothing runs."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from random import Random, random
from zipfile import ZipFile

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from aanpakken.models import Aanpak
from tests import factories
from tests.api.vragen import vraag
from tests.tools.often import often
from tests.web import wsgi
from wijkwijzer.api.collecties import OP_NAAM
from wijkwijzer.api.velden import Omgeving
from wijkwijzer.api.vraag import lees_vraag
from wijkwijzer.levering import lijst
from wijkwijzer.levering.lijst import FORMATEN, OVER, Meegenomen, schrijf_lijst
from wijkwijzer.levering.over import Over
from wijkwijzer.levering.urls import LIJSTEN
from wijkwijzer.uitwisseling.werkboek import lees_ods, lees_xlsx
from wijkwijzer.web.door.door import Door
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

BASIS = "https://wijkwijzer.example"
VRAGEN = often("QUERIES", 60)


def lees_csv(inhoud: bytes) -> list[dict[str, str]]:
    tekst = StringIO(inhoud.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(tekst, delimiter=";", strict=True))


def meegenomen(naam: str, query: QueryDict) -> Meegenomen:
    stand, collectie = current_stand(), OP_NAAM[naam]
    gevraagd = lees_vraag(collectie, query, stand)
    plaatsen = gevraagd.filterset.treffers()
    over = Over(collectie.titel, f"{BASIS}/{naam}/", len(plaatsen), stand)
    return Meegenomen(collectie, plaatsen, over, gevraagd.alleen)


def test_a_file_has_all_hits_of_its_page_in_the_same_order():
    stand, dice, met = current_stand(), Random(random()), 0
    omgeving = Omgeving(stand, BASIS)
    for _ in range(VRAGEN):
        naam = dice.choice(LIJSTEN)
        query = vraag(OP_NAAM[naam], stand, dice)
        wat = meegenomen(naam, query)
        declared = OP_NAAM[naam].declared
        page = OP_NAAM[naam].filter(query, stand).treffers()
        expected = [stand.records(declared)[p].slug for p in page]
        rows = lees_csv(b"".join(schrijf_lijst(wat, "csv", omgeving)))
        assert [row["slug"] for row in rows] == expected, query.urlencode()
        met += len(rows)
    assert met > VRAGEN


def slugs(formaat: str, inhoud: bytes, client_json) -> list[str]:
    if formaat == "csv":
        return [row["slug"] for row in lees_csv(inhoud)]
    if formaat == "json":
        return [record["slug"] for record in client_json()["resultaten"]]
    lezer = {"xlsx": lees_xlsx, "ods": lees_ods}[formaat]
    return [rij.cellen["slug"] for rij in lezer(inhoud)[0].rijen]


def test_every_format_has_the_same_records(client):
    found = {}
    for formaat in FORMATEN:
        response = client.get(f"/aanpakken/export.{formaat}?sorteer=naam&pagina=2")
        assert response["Content-Type"] == FORMATEN[formaat]
        found[formaat] = slugs(formaat, response.content, response.json)
    assert len(found["csv"]) == Aanpak.objects.gepubliceerd().count()
    assert {tuple(found[formaat]) for formaat in FORMATEN} == {tuple(found["csv"])}


def test_the_records_in_json_are_the_answers_of_the_api(client):
    records = client.get("/interventies/export.json").json()["resultaten"]
    assert records[0] == client.get(records[0]["zelf"]).json()


def test_a_selection_has_the_order_in_which_somebody_picked(client):
    path = "/selectie/export.csv?aanpak=citytrainers&aanpak=abcd&aanpak=bestaatniet"
    rows = lees_csv(client.get(path).content)
    assert [row["slug"] for row in rows] == ["citytrainers", "abcd"]


def test_a_part_is_a_line_that_says_what_it_is_first(client):
    path = "/aanpakken/export.csv?fields=slug,doelgroepen"
    rows = {row["slug"]: row for row in lees_csv(client.get(path).content)}
    aanpak = Aanpak.objects.get(slug="abcd")
    expected = [
        f"{d.doelgroep.slug}: {d.rol}" for d in aanpak.doelgroepkoppelingen.all()
    ]
    assert {*rows["abcd"]} == {"slug", "doelgroepen"}
    assert rows["abcd"]["doelgroepen"].split("\n") == expected


# Told about it


def test_a_workbook_says_of_when_and_where_it_is_and_what_one_may_do(client):
    response = client.get("/aanpakken/export.xlsx?thema=zeggenschap&fields=naam")
    bladen = {blad.naam: blad for blad in lees_xlsx(response.content)}
    over = {r.cellen["wat"]: r.cellen["waarde"] for r in bladen[OVER].rijen}
    assert over["Adres"] == "http://testserver/aanpakken/?thema=zeggenschap"
    assert over["Opgehaald op"] == str(current_stand().day)
    assert "CC BY 4.0" in over["Licentie"]
    uitleg = [rij.cellen["kolom"] for rij in bladen["Kolommen"].rijen]
    assert uitleg == bladen["Aanpakken"].kolommen == ["naam"]


def test_a_csv_has_in_its_headers_what_has_no_place_in_it(client):
    response = client.get("/aanpakken/export.csv?thema=zeggenschap")
    day = current_stand().day
    assert (
        f'filename="wijkwijzer-aanpakken-{day}.csv"'
        in (response["Content-Disposition"])
    )
    assert 'rel="license"' in response["Link"]
    assert "<http://testserver/aanpakken/?thema=zeggenschap>" in response["Link"]
    assert response["X-Robots-Tag"] == "noindex"


def test_what_cannot_be_asked_is_refused_and_not_left_out(client):
    response = client.get("/aanpakken/export.csv?thema=bestaatniet")
    assert response.status_code == 400
    assert "thema" in response.json()["detail"]


def test_a_workbook_holds_so_many_and_csv_holds_all(client, monkeypatch):
    monkeypatch.setattr(lijst, "MEESTE_RIJEN", 3)
    assert client.get("/aanpakken/export.xlsx").status_code == 400
    assert client.get("/aanpakken/export.csv").status_code == 200


# Safe


def test_nothing_in_a_file_is_taken_for_a_formula(client):
    factories.make_aanpak(naam="=1+1", slug="gevaar", samenvatting="@SUM(A1)")
    content = client.get("/aanpakken/export.csv").content
    (row,) = (row for row in lees_csv(content) if row["slug"] == "gevaar")
    assert (row["naam"], row["samenvatting"]) == ("'=1+1", "'@SUM(A1)")
    # Where a cell is text by its type, readers do not see an apostrophe.
    book = load_workbook(BytesIO(client.get("/aanpakken/export.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} <= {"s", "n"}
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells}
    ods = client.get("/aanpakken/export.ods").content
    assert ("=1+1", "@SUM(A1)") in {
        (rij.cellen["naam"], rij.cellen["samenvatting"])
        for rij in lees_ods(ods)[0].rijen
    }
    assert b"formula" not in ZipFile(BytesIO(ods)).read("content.xml")


# Kept


def test_a_file_is_kept_until_something_changes(one_connection):
    door: Door = wsgi.site(numbers=wsgi.Now())
    first = wsgi.ask(door, "/aanpakken/export.csv")
    before = wsgi.asked(door)
    again = wsgi.ask(door, "/aanpakken/export.csv")
    assert (wsgi.asked(door), again.body) == (before, first.body)
    etag = first.headers["etag"]
    known = wsgi.ask(door, "/aanpakken/export.csv", HTTP_IF_NONE_MATCH=etag)
    assert known.status == 304
    factories.make_aanpak(naam="Nieuw", slug="nieuw")
    assert '"nieuw"' in wsgi.ask(door, "/aanpakken/export.csv").text
