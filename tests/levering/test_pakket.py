"""Everything as tables: whole, explained, checked, and always the same."""

from __future__ import annotations

import csv
import zipfile
from hashlib import sha256
from io import BytesIO, StringIO

import pytest

from aanpakken.models import Stap
from wijkwijzer.api import bestand
from wijkwijzer.api.collecties import ALLE
from wijkwijzer.levering.pakket import KOLOMMEN, LEESMIJ, SOMMEN
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

PATH = "/gegevens/wijkwijzer.zip"


@pytest.fixture
def package(client) -> dict[str, bytes]:
    pak = zipfile.ZipFile(BytesIO(client.get(PATH).content))
    assert pak.testzip() is None
    return {naam: pak.read(naam) for naam in pak.namelist()}


def table(content: bytes) -> list[dict[str, str]]:
    tekst = StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(tekst, delimiter=";", strict=True))


def test_every_collection_is_a_table_with_all_its_records(package):
    stand = current_stand()
    for collectie in ALLE:
        rows = table(package[f"{collectie.naam}.csv"])
        assert len(rows) == len(collectie.plaatsen(stand)), collectie.naam


def test_a_part_is_a_row_that_says_of_what_it_is(package):
    owners = {row["uuid"]: row["slug"] for row in table(package["aanpakken.csv"])}
    steps = table(package["aanpakken.stappen.csv"])
    found = [(owners[row["record"]], row["naam"]) for row in steps]
    rows = Stap.objects.filter(aanpak__status="gepubliceerd")
    assert sorted(found) == sorted(rows.values_list("aanpak__slug", "naam"))


def test_every_column_is_explained_and_every_explanation_has_its_column(package):
    explained: dict[str, list[str]] = {}
    for row in table(package[KOLOMMEN]):
        explained.setdefault(row["bestand"], []).append(row["kolom"])
        assert row["uitleg"], row
    tables = {n: c for n, c in package.items() if n.endswith(".csv") and n != KOLOMMEN}
    assert {*explained} == {*tables}
    for naam, content in tables.items():
        head = content.decode("utf-8-sig").split("\r\n", 1)[0]
        assert head == ";".join(f'"{kolom}"' for kolom in explained[naam]), naam


def test_no_column_is_explained_by_its_own_name(package):
    rows = csv.DictReader(
        StringIO(package[KOLOMMEN].decode("utf-8-sig")), delimiter=";"
    )
    same = {r["kolom"] for r in rows if r["uitleg"].strip(".").lower() == r["kolom"]}
    assert not same & {"naam", "slug", "uuid"}


def test_the_checksums_are_those_of_the_files(package):
    sums = dict(
        reversed(line.split("  ")) for line in package.pop(SOMMEN).decode().splitlines()
    )
    assert sums == {n: sha256(c).hexdigest() for n, c in package.items()}
    assert b"CC BY 4.0" in package[LEESMIJ]


def test_the_same_content_is_the_same_file_and_its_checksum_stands_beside_it(client):
    first, second = client.get(PATH), client.get(PATH)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert first["Checksum-SHA256"] == sha256(first.content).hexdigest()
    known = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert known.status_code == 304


def test_what_is_too_large_to_keep_is_sent_in_pieces(client, monkeypatch):
    whole = client.get(PATH).content
    monkeypatch.setattr(bestand, "IN_GEHEUGEN", 1000)
    monkeypatch.setattr(bestand, "STUK", 1000)
    response = client.get(PATH)
    assert response.streaming
    assert b"".join(response.streaming_content) == whole
    assert int(response["Content-Length"]) == len(whole)
