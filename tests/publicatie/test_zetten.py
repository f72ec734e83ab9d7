"""A document is set as data, with bounds, and the same words give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from tests.publicatie.pdf import fouten, kaal, lees, woorden
from wijkwijzer.publicatie import zetten
from wijkwijzer.publicatie.aanpak import Blad
from wijkwijzer.publicatie.boek import Boek, Rubriekdeel, Uitval
from wijkwijzer.publicatie.boom import (
    Citaat,
    Kop,
    Punten,
    Tabel,
    Veld,
    alinea,
    alineas,
    lijst,
    stuk,
)
from wijkwijzer.publicatie.oordeel import merk
from wijkwijzer.publicatie.overzicht import SJABLOON, zet_boek
from wijkwijzer.publicatie.register import Ingang, Matrixdeel, Register
from wijkwijzer.publicatie.tekens import zetbaar
from wijkwijzer.publicatie.zetten import (
    OnzetbaarError,
    Opdracht,
    opdracht,
    zet,
)

pytestmark = pytest.mark.once

MARKUP = '#panic("x") *vet* $x^2$ <b onclick="x">&amp;</b> @aanpak-a \\ // [#link]'
TITEL = f"{MARKUP} {'Een titel zonder einde ' * 12}"[:300]
OVERAL = "🏘️ 👨‍👩‍👧 שלום לכם مرحبا بكم ≥ → é"


def blad(nummer: int, naam: str, velden: list[Veld] | None = None) -> Blad:
    return Blad(
        id=f"aanpak-{nummer}",
        slug=str(nummer),
        soort="aanpak",
        naam=zetbaar(naam),
        samenvatting=zetbaar(OVERAL if velden else ""),
        adres="https://voorbeeld.example/id/aanpak/1",
        velden=velden or [],
        noten=[[stuk(MARKUP, url="https://voorbeeld.example/a?b=#c")]],
        merk=merk(None),
        themas=["verbinding", "onbekend"],
        ringen=[1, 3],
    )


def boek(bladen: list[Blad], verder: list[Rubriekdeel] | None = None) -> Boek:
    tekst = [alinea(stuk(MARKUP))]
    return Boek(
        titel=MARKUP,
        ondertitel=OVERAL,
        moment=datetime(2026, 11, 29, 12, tzinfo=UTC),
        datum="29 november 2026",
        versie=7,
        adres="https://voorbeeld.example/publicatie/",
        deel=1,
        delen=1,
        inleiding=tekst,
        leeswijzer=[],
        rubrieken=[Rubriekdeel("Interventies", MARKUP, bladen)],
        verder=verder or [],
        reflectie=tekst,
        themas=[],
        matrix=Matrixdeel("Rij", "Kolom", ["Een"], [], [0], 0, 0),
        registers=[Register(MARKUP, [Ingang(MARKUP, [b.id for b in bladen])])],
        verantwoording=tekst,
        niveaus=[],
        databanken=[],
        bronnen=[],
        licentie=MARKUP,
        editie=f"Editie 3 {MARKUP}",
        voorwoord=tekst,
    )


STAPPEN = [[stuk(f"Stap {n} {MARKUP}")] for n in range(1, 41)]
RAAR = [
    Veld(MARKUP, [*alineas(f"{MARKUP}\n\n{OVERAL}"), alinea(stuk(OVERAL))]),
    Veld("Stappen", lijst(STAPPEN, genummerd=True)),
    Veld("Noten", [alinea(msgspec.structs.replace(stuk("noot"), nr=1))]),
]

CEL = [alinea(stuk(MARKUP)), *lijst([[stuk(OVERAL)], [stuk(MARKUP)]])]
# What an article can hold, in each other.
OPGEMAAKT = [
    Kop(MARKUP),
    Punten([[*CEL, Punten([CEL], genummerd=True, begin=3)], []], genummerd=False),
    Citaat([alinea(stuk(f"Citaat {MARKUP}"))]),
    Tabel(
        TITEL, [[], CEL], [[CEL, []], [[], [Tabel("", [], [[CEL]])]]], rijkoppen=True
    ),
    Tabel("", [], [[CEL]]),
    alinea(stuk("Hierheen", anker="aanpak-1"), stuk("nergens", anker="aanpak-99")),
]
KENNIS = [
    Veld(TITEL, OPGEMAAKT, breed=True),
    Veld("Breed en leeg", [], breed=True),
    *RAAR,
    Veld("Lijst vooraan", OPGEMAAKT[1:]),
]


def verder() -> list[Rubriekdeel]:
    """Each way to set what is no aanpak, with a strange entry and an empty one."""
    return [
        Rubriekdeel(
            vorm, MARKUP, [blad(n, TITEL, KENNIS), blad(n + 1, f"Leeg {vorm}")], vorm
        )
        for n, vorm in ((10, "blad"), (20, "samen"), (30, "begrippen"))
    ]


def test_whatever_a_record_holds_stays_text_and_everybody_can_read_it():
    """Markup, letters of everywhere, a long title, 40 steps, an empty record; in an
    edition with a preface.
    """
    wat = opdracht(SJABLOON, boek([blad(1, TITEL, RAAR), blad(2, "Leeg")], verder()))
    pdf = zet(wat)
    assert fouten(pdf) == []
    gevonden = woorden(pdf)
    # Signs for what is bold and what is sum are there, as somebody wrote them.
    for tekst in (MARKUP, "Stap 40", TITEL[:120], "Leeg", "≥ → é", "Voorwoord"):
        assert kaal(tekst) in gevonden, tekst
    for vorm in ("blad", "samen", "begrippen"):
        assert kaal(f"Leeg {vorm}") in gevonden
    assert gevonden.count(kaal(f"Citaat {MARKUP}")) == 6
    assert zet(wat) == pdf
    assert lees(pdf).metadata.title == MARKUP
    assert lees(pdf).root_object["/Lang"] == "nl-NL"


def test_a_character_that_no_font_has_is_shown_as_missing():
    assert zetbaar("漢\x07\ud800") == "\N{REPLACEMENT CHARACTER}" * 3
    assert zetbaar(OVERAL) == OVERAL


def test_only_an_address_of_a_page_becomes_a_link():
    assert stuk("x", url="javascript:alert(1)").url == ""
    assert stuk("x", url="https://voorbeeld.example").url


def test_a_record_that_cannot_be_set_is_left_out_and_named(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    asked = []

    def breaks_on_three(wat: Opdracht) -> bytes:
        asked.append(wat)
        data = msgspec.json.decode(wat.gegevens)
        slugs = [b["slug"] for r in data["rubrieken"] for b in r["bladen"]]
        if "3" in slugs:
            raise OnzetbaarError
        return b"%PDF" + wat.gegevens

    from wijkwijzer.publicatie.uitval import uitgevallen

    heel = boek([blad(n, f"Naam {n}") for n in range(8)])
    pdf = zet_boek(heel, opdracht(SJABLOON, heel), breaks_on_three)
    data = msgspec.json.decode(pdf.removeprefix(b"%PDF"))
    assert data["ontbreekt"] == msgspec.to_builtins([Uitval("Naam 3", "3")])
    assert "aanpak-3" not in pdf.decode()
    assert uitgevallen("aanpak") == ["3"]
    assert len(asked) < 16


@pytest.mark.parametrize(
    "evil",
    ["while True: pass", "zetter.begrens(); bytearray(3 << 30)", "raise SystemExit(3)"],
    ids=["never ends", "takes all memory", "says that it cannot"],
)
def test_what_goes_wrong_with_a_document_stays_with_it(
    evil, settings, monkeypatch, tmp_path
):
    (tmp_path / "kwaad.py").write_text(
        f"from wijkwijzer.publicatie import zetter\n{evil}\n"
    )
    monkeypatch.setattr(zetten, "PROGRAMMA", "kwaad")
    # Python looks in the folder where it starts first.
    (tmp_path / "wijkwijzer").symlink_to(settings.BASE_DIR / "wijkwijzer")
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(zetten, "WACHT", 0.5)
    with pytest.raises(OnzetbaarError):
        zet(Opdracht(SJABLOON, 0, b"{}"))
