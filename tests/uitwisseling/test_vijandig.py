"""Files that are something else than they seem are refused, in Dutch."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import Workbook

from wijkwijzer.rekenblad import ods as schrijfods
from wijkwijzer.rekenblad.blad import Blad
from wijkwijzer.rekenblad.schrijven import schrijf
from wijkwijzer.uitwisseling import ods
from wijkwijzer.uitwisseling.gelezen import Kennis, Lezing
from wijkwijzer.uitwisseling.lezen import lees
from wijkwijzer.uitwisseling.poort import GeweigerdError

ODS = schrijf([Blad("begrip", ["slug", "naam"], [["a", "b"]])], "ods")


def ingepakt(**delen: bytes | str) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for naam, inhoud in delen.items():
            pak.writestr(naam.replace("__", "/"), inhoud)
    return uit.getvalue()


def xlsx(maak) -> bytes:
    boek = Workbook()
    vel = boek.active
    vel.title = "begrip"
    vel.append(["slug", "naam"])
    vel.append(["a", "b"])
    maak(vel)
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def anders(bestand: bytes, naam: str, inhoud: bytes | None, **vervang: str) -> bytes:
    """The same zip with a part added, or with other words in it."""
    uit = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(bestand)) as oud,
        zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw,
    ):
        for deel in oud.namelist():
            tekst = oud.read(deel)
            if deel == naam:
                for van, tot in vervang.items():
                    assert van.encode() in tekst
                    tekst = tekst.replace(van.encode(), tot.encode())
            nieuw.writestr(deel, tekst)
        if inhoud is not None:
            nieuw.writestr(naam, inhoud)
    return uit.getvalue()


def gewoon(vel) -> None:
    """Nothing odd."""


def op_slot() -> bytes:
    inhoud = bytearray(ingepakt(**{"begrip.csv": "slug;naam\na;b\n"}))
    # The mark that a part is encrypted, in both places.
    inhoud[6] |= 1
    inhoud[inhoud.index(b"PK\x01\x02") + 8] |= 1
    return bytes(inhoud)


LOL = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
    "<x>&b;</x>"
)
CEL, RIJ = "<table:table-cell office", "<table:table-row>"


def in_ods(van: str, bij: str) -> bytes:
    """A sheet with one more attribute at every such element."""
    element, *rest = van.rstrip(">").split(" ")
    anders_ = " ".join([element, bij, *rest]) + (">" if van.endswith(">") else "")
    return anders(ODS, "content.xml", None, **{van: anders_})


GOED = xlsx(gewoon)
ALIAS = "slug: &a [x, x]\nnaam: [*a, *a]\n"

# What is large is made when it is tried.
VIJANDIG = {
    "macro's in de naam": ("a.xlsm", GOED, "macro’s"),
    "macro's": ("a.xlsx", anders(GOED, "xl/vbaProject.bin", b"x"), "macro’s"),
    "macro's van LibreOffice": (
        "a.ods",
        anders(ODS, "Basic/x.xml", b"<x/>"),
        "macro’s",
    ),
    "andere bestanden": (
        *("a.xlsx", anders(GOED, "xl/externalLinks/e1.xml", b"<x/>")),
        "andere bestanden",
    ),
    "samengevoegd": ("a.xlsx", xlsx(lambda v: v.merge_cells("A2:B2")), "A2:B2"),
    "formule": (
        *("a.xlsx", xlsx(lambda v: v.append(["c", "=1+1"]))),
        "Blad “begrip”, B3: hier staat een formule",
    ),
    "foutwaarde": ("a.xlsx", xlsx(lambda v: v.append(["c", "#N/A"])), "een fout"),
    "entiteiten": ("a.xlsx", anders(GOED, "xl/x.xml", LOL.encode()), "entiteiten"),
    "entiteiten in UTF-16": (
        *("a.xlsx", anders(GOED, "xl/x.xml", LOL.encode("utf-16"))),
        "entiteiten",
    ),
    "entiteiten in ods": ("a.ods", ingepakt(**{"content.xml": LOL}), "entiteiten"),
    "samengevoegd in ods": (
        *("a.ods", in_ods(CEL, 'table:number-rows-spanned="2"')),
        "samengevoegd",
    ),
    "formule in ods": (
        *("a.ods", in_ods(CEL, 'table:formula="of:=1"')),
        "A1: hier staat een formule",
    ),
    "miljoenen rijen in ods": (
        *("a.ods", in_ods(RIJ, 'table:number-rows-repeated="1048576"')),
        "meer dan 50000 rijen",
    ),
    "oud of met wachtwoord": (
        "a.xlsx",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"x",
        ".xls",
    ),
    "met wachtwoord": ("a.zip", op_slot(), "wachtwoord"),
    "bom": (
        "a.zip",
        lambda: ingepakt(**{"begrip.csv": b"\0" * 30_000_000}),
        "honderden keren",
    ),
    "bom in stukken": (
        "a.zip",
        lambda: ingepakt(**{f"b{i}.csv": b"\0" * 1_000_000 for i in range(220)}),
        "meer dan 200 MB",
    ),
    "uit de map": ("a.zip", ingepakt(**{"../begrip.csv": "x"}), "vreemde naam"),
    "van de schijf": ("a.zip", ingepakt(**{"/etc/begrip.csv": "x"}), "vreemde naam"),
    "geen zip": ("a.zip", b"PK\x03\x04 kapot", "beschadigd"),
    "geen werkmap": ("a.xlsx", ingepakt(**{"x.txt": "x"}), "geen werkmap"),
    "te groot": ("a.csv", lambda: b"x" * 50_000_000, "48 MB"),
    "leeg": ("a.csv", b"", "leeg"),
    "een plaatje": ("a.png", b"x", "Dit soort bestand lezen we niet"),
    "Windows-1252": (
        *("begrip.csv", "slug;naam\na;b\nc;Café\n".encode("cp1252")),
        "begrip.csv, regel 3, bij “slug;naam a;b c;Café”: dit is geen UTF-8",
    ),
    "UTF-16": ("begrip.csv", "slug;naam\n".encode("utf-16"), "geen UTF-8"),
    "aanhalingsteken": ("begrip.csv", b'slug;naam\na;"b"c\n', "regel 2"),
    "twee kolommen": ("begrip.csv", b"slug;slug\na;b\n", "“slug” staat er twee keer"),
    "geen kop": ("begrip.csv", b"slug;;naam\na;b;c\n", "kolom B heeft geen naam"),
    "te breed": ("begrip.csv", b"slug;naam\na;b;c\n", "rij 2: hier staan meer cellen"),
    "geen json": ("a.json", b'{"a": ', "geen JSON"),
    "diepe json": ("a.json", b"[" * 100_000, "JSON"),
    "yaml met verwijzingen": (
        *("a.zip", ingepakt(**{"begrip/a.yaml": ALIAS})),
        "begrip/a.yaml, regel 2: verwijzingen",
    ),
}


# Each part is where no document can be, or says what its tag does not.
VREEMD = {
    "een punt": {".": "x"},
    "een map als document": {"begrip/a.yaml/b.yaml": "x"},
    "een document en een map": {"begrip/a.yaml": "a: 1", "begrip/a.yaml/b.yaml": "x"},
    "een map als stand": {"stand/publicaties.yaml/a.yaml": "x"},
    "een lange naam": {f"begrip/{'a' * 300}.yaml": "x"},
    "een lange map": {f"{'a' * 5000}/a.yaml": "x"},
    **{
        f"{soort} {waarde}": {"begrip/a.yaml": f"slug: !!{soort} {waarde}"}
        for soort in ("bool", "int", "float", "timestamp", "binary", "null")
        for waarde in ("abc", "''", "2026-99-99")
    },
    "een getal zonder eind": {"begrip/a.yaml": "slug: " + "9" * 5000},
}


@pytest.mark.once
@pytest.mark.parametrize("geval", VREEMD)
def test_what_no_disk_or_yaml_can_hold_is_told_and_brings_nothing_in(geval):
    lezing = gelezen("a.zip", ingepakt(**VREEMD[geval]))
    assert lezing.gelezen == []
    gezegd = [*map(str, lezing.fouten), *lezing.opmerkingen]
    assert gezegd
    assert all(len(regel) < 400 and "Errno" not in regel for regel in gezegd)


@pytest.mark.once
def test_two_parts_that_are_one_file_are_refused():
    zip_ = ingepakt(**{"begrip/a.yaml": "a: 1", "begrip//a.yaml": "b: 1"})
    with pytest.raises(GeweigerdError, match="twee keer"):
        gelezen("a.zip", zip_)


class Leeg(Kennis):
    def van(self, declared):
        return {}


def gelezen(naam: str, inhoud: bytes) -> Lezing:
    return lees(naam, inhoud, Leeg(), zaad=uuid4())


@pytest.mark.once
@pytest.mark.parametrize("geval", VIJANDIG)
def test_it_is_refused_and_told_why(geval):
    naam, inhoud, gezegd = VIJANDIG[geval]
    with pytest.raises(GeweigerdError) as fout:
        gelezen(naam, inhoud() if callable(inhoud) else inhoud)
    assert gezegd in str(fout.value)


@pytest.mark.once
@pytest.mark.parametrize(
    "inhoud",
    [
        "slug,naam\na,b\n",
        "slug;naam\r\na;b\r\n",
        "\ufeffslug\tnaam\na\tb\n",
        '"slug","naam"\n"a","b"\n\n\n',
        "Slug;Term\na;b\n",
    ],
)
def test_a_csv_of_any_program_is_read(inhoud):
    lezing = gelezen("begrip.csv", inhoud.encode())
    assert [str(f) for f in lezing.fouten] == []
    assert (lezing.gelezen[0].data["slug"], lezing.gelezen[0].data["naam"]) == (
        "a",
        "b",
    )


@pytest.mark.once
def test_a_date_of_excel_is_as_precise_as_it_is_shown():
    def maak(vel) -> None:
        vel["C1"], vel["D1"], vel["E1"] = "begin", "eind", "laatst_gecontroleerd_op"
        for cel, vorm in (("C2", "mmm yyyy"), ("D2", "yyyy"), ("E2", "dd-mm-yyyy")):
            vel[cel] = datetime(2020, 7, 1, tzinfo=UTC).replace(tzinfo=None)
            vel[cel].number_format = vorm
        vel.title = "praktijkvoorbeeld"

    data = gelezen("a.xlsx", xlsx(maak)).gelezen[0].data
    assert (data["begin"], data["eind"]) == ("2020-07", "2020")
    assert data["laatst_gecontroleerd_op"] == "2020-07-01"


@pytest.mark.once
def test_what_another_program_adds_to_a_sheet_is_no_text_of_a_cell():
    inhoud = (
        "<table:table-row><table:table-cell><office:annotation><text:p>Opmerking"
        "</text:p></office:annotation><text:p>a<text:span> b</text:span></text:p>"
        '</table:table-cell><table:table-cell table:number-columns-repeated="16000"/>'
        "</table:table-row>"
    )
    tekst = "".join(schrijfods._inhoud([Blad("x", ["naam"])]))
    tekst = tekst.replace("</table:table>", f"{inhoud}</table:table>")
    ((_, rijen),) = ods.lees(tekst.encode(), lambda *plek: None)
    assert rijen[1][1][0] == "a b"
