"""A record on one sheet, and a selection as a brochure with somebody's own words."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from aanpakken.keuze import lees_keuze
from aanpakken.models import Aanpak, Stap
from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from tests import factories
from tests.publicatie.pdf import fouten, kaal, lees, woorden
from wijkwijzer.publicatie.blad import blad_van_aanpak, blad_van_interventie
from wijkwijzer.publicatie.boom import Kop
from wijkwijzer.publicatie.brochure import (
    MAX_ORGANISATIE,
    MAX_TEKST,
    MAX_TITEL,
    Eigen,
    maak_brochure,
)
from wijkwijzer.publicatie.zetten import opdracht, zet
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

SITE = "https://voorbeeld.example"
PICKED = "aanpak=futsal-chabbab&aanpak=abcd&waarom-abcd=Past+bij+ons"
MARKUP = "*vet* #panic(1) <b>niet</b>"


def brochure(query: str, eigen: Eigen):
    stand = current_stand()
    keuze = lees_keuze(QueryDict(query), 21, stand)
    return maak_brochure(stand, keuze, eigen, SITE, f"{SITE}/selectie/?{query}")


@pytest.mark.once
def test_an_aanpak_fits_on_one_sheet_whatever_it_holds():
    """What finds no place is named, and where to read it."""
    lang = factories.make_complete_aanpak(slug="lang", naam="Lang")
    Stap.objects.bulk_create(
        Stap(aanpak=lang, nummer=n, naam=f"Stap {n}", toelichting="Doe dit. " * 60)
        for n in range(2, 42)
    )
    factories.publish(lang)
    stand = current_stand()
    aanpak = stand.get(AanpakDocument, "lang")
    pdf = zet(opdracht("blad", blad_van_aanpak(stand, aanpak, SITE)))
    assert fouten(pdf) == []
    assert len(lees(pdf).pages) <= 2
    found = woorden(pdf)
    assert kaal("Paste niet op dit blad: ") in found
    assert kaal(f"{SITE}/id/aanpak/{aanpak.uuid}") in found


@pytest.mark.once
def test_a_sheet_of_the_register_says_what_databanks_say():
    stand = current_stand()
    interventie = stand.get(InterventieDocument, "thuis-op-straat")
    pdf = zet(opdracht("blad", blad_van_interventie(stand, interventie, SITE)))
    assert fouten(pdf) == []
    assert kaal("waarschijnlijk verlopen sinds") in woorden(pdf)


@pytest.mark.once
def test_a_brochure_has_what_was_picked_compared_and_explained_as_text():
    eigen = Eigen.lees(f"Zuid {MARKUP}", "Gemeente Zuid", f"Vooraf {MARKUP}")
    pdf = zet(opdracht("brochure", brochure(PICKED, eigen)))
    assert fouten(pdf) == []
    found = woorden(pdf)
    for text in (
        *(f"Zuid {MARKUP}", "Gemeente Zuid", f"Vooraf {MARKUP}"),
        *("Naast elkaar", "Waarom gekozen: Past bij ons"),
    ):
        assert kaal(text) in found, text
    first, second = Aanpak.objects.get(slug="futsal-chabbab"), "ABCD-methode"
    assert found.rindex(kaal(first.naam)) < found.rindex(kaal(second))


def test_what_somebody_adds_is_bounded_and_one_aanpak_is_compared_with_nothing():
    lang = Eigen.lees("t" * 999, "o" * 999, "x\u202e" * 9_999)
    assert len(lang.titel) <= MAX_TITEL
    assert len(lang.organisatie) <= MAX_ORGANISATIE
    assert len(lang.tekst) <= MAX_TEKST
    assert "\u202e" not in lang.tekst
    alone = brochure("aanpak=abcd", Eigen.lees("", "", ""))
    assert alone.vergelijkingen == []
    assert alone.titel


def test_many_are_compared_by_four():
    slugs = Aanpak.objects.gepubliceerd().values_list("slug", flat=True)
    query = "&".join(f"aanpak={slug}" for slug in slugs[:9])
    tables = brochure(query, Eigen.lees("", "", "")).vergelijkingen
    assert [len(table.namen) for table in tables] == [4, 4, 1]


def test_a_sheet_follows_its_record(client, monkeypatch):
    factories.make_archived_aanpak(slug="weg", naam="Weg")
    factories.make_aanpak(slug="concept", naam="Nergens", status="concept")
    assert client.get("/aanpakken/weg.pdf").status_code == 410
    assert client.get("/aanpakken/concept.pdf").status_code == 404
    moved = client.get("/aanpakken/ABCD.pdf")
    assert (moved.status_code, moved["Location"]) == (301, "/aanpakken/abcd.pdf")
    nothing = client.get("/selectie/brochure.pdf?aanpak=concept")
    assert (nothing.status_code, nothing["Location"]) == (302, "/selectie/")


@pytest.mark.parametrize("path", ["aanpakken/abcd", "interventies/abcd"])
def test_a_page_leads_to_its_sheet(client, path):
    assert f'href="/{path}.pdf"' in client.get(f"/{path}/").content.decode()


def set_brochure(query: str, titel: str):
    document = brochure(query, Eigen.lees(titel, "", ""))
    return document, lees(zet(opdracht("brochure", document)))


@pytest.mark.parametrize("word", ["Kersenboomgaardstraatbuurt", "w" * MAX_TITEL])
def test_the_longest_word_of_a_title_is_whole_on_the_cover(word):
    _, pdf = set_brochure("aanpak=abcd", word)
    sizes = set()

    def seen(text, _cm, matrix, _font, size):
        if text.strip() and text.strip() in word:
            sizes.add(abs(matrix[0]) * size)

    pdf.pages[0].extract_text(visitor_text=seen)
    # A bold letter is half as wide as it is high, a bold "w" three quarters.
    wide = 0.75 if "www" in word else 0.5
    assert max(sizes) * wide * len(word) < pdf.pages[0].mediabox.width - 120


def test_the_name_of_a_field_stands_on_the_page_where_the_field_begins():
    slugs = Aanpak.objects.gepubliceerd().values_list("slug", flat=True)
    query = "&".join(f"aanpak={slug}" for slug in slugs)
    document, pdf = set_brochure(query, "Alles")
    pages = [kaal(page.extract_text()) for page in pdf.pages]
    headed = [
        (blad.naam, kaal(veld.kop + veld.blokken[0].tekst))
        for blad in document.bladen
        for veld in blad.velden
        if isinstance(veld.blokken[0], Kop)
    ]
    alone = {
        start: len(named) - sum(page.count(start) for page in pages)
        for start in {start for _, start in headed}
        if (named := [naam for naam, begin in headed if begin == start])
    }
    assert not {start: n for start, n in alone.items() if n > 0}
