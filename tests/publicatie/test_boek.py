"""The book has every published record, every field, in the order of its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

import msgspec
import pytest

from aanpakken.whole import AanpakDocument
from interventies.whole import InterventieDocument
from kennisdossier.models import Begrip, Dossier, Praktijkvoorbeeld
from kennisdossier.opmaak import platte_tekst
from kennisdossier.whole import (
    ArtikelPart,
    BegripDocument,
    DossierDocument,
    PraktijkvoorbeeldDocument,
)
from tests import factories
from tests.publicatie.pdf import fouten, kaal, lees, woorden
from tests.publicatie.test_zetten import MARKUP, OVERAL
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.publicatie import inhoud as overzichtinhoud
from wijkwijzer.publicatie import kennisvelden, overzicht
from wijkwijzer.publicatie.aanpak import Blad, aanpakblad
from wijkwijzer.publicatie.boek import maak_boek
from wijkwijzer.publicatie.bronnen import dag, leesbaar
from wijkwijzer.publicatie.kennisvelden import ONGEZIEN as KENNIS_ONGEZIEN
from wijkwijzer.publicatie.regels import Regel
from wijkwijzer.publicatie.velden import BOVENAAN, ONGEZIEN, REGELS
from wijkwijzer.publicatie.zetten import opdracht, zet
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.declaration import Kind, spec_of

SITE = "https://voorbeeld.example"
# Of the register: what is shown in other words, or says where it stands.
REGISTER_ONGEZIEN = {"uuid", "slug", "naam"}


# Of a tree: what only a template reads.
UNSEEN = {"soort", "merk", "url", "anker", "id", "slug", "adres", "vorm"}
# By kind of record: how its lines are told, in their order.
TOLD = {
    AanpakDocument: ([*REGELS], {*BOVENAAN, *ONGEZIEN}),
    BegripDocument: (kennisvelden.BEGRIP, KENNIS_ONGEZIEN),
    PraktijkvoorbeeldDocument: (kennisvelden.VOORBEELD, KENNIS_ONGEZIEN),
    DossierDocument: (
        [
            *kennisvelden.DOSSIER_VOORAF,
            Regel(("artikelen",), "", list),
            *kennisvelden.DOSSIER,
        ],
        KENNIS_ONGEZIEN,
    ),
}


def book():
    return maak_boek(current_stand(), SITE, f"{SITE}/publicatie/")


def texts(node: Any) -> Iterator[str]:
    """Every text in a tree, in its order, without what only a template reads."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in UNSEEN:
                yield from texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from texts(value)


def words(blad: Blad) -> str:
    return kaal("".join(texts(msgspec.to_builtins(blad)))).casefold()


def called(term: Any) -> str:
    """What a term of a list is called in print."""
    names = (getattr(term, name, "") for name in ("kort", "titel", "naam"))
    return next(filter(None, names), "") or term.functie or term.organisatie.naam


def values(record: Any, unseen: set[str]) -> Iterator[tuple[str, str]]:
    """(field, text) of all that editors wrote in a record and its parts."""
    for field in spec_of(type(record)).fields:
        value = getattr(record, field.name)
        if (type(record), field.name) == (ArtikelPart, "tekst"):
            yield field.name, platte_tekst(value)
            continue
        if field.name in unseen or value is None:
            continue
        many = value if field.many else [value]
        for one in many:
            if field.kind is Kind.PARTS:
                # Of an article: it is in the address of the page.
                yield from values(one, {"slug"})
            elif field.kind in {Kind.TERM, Kind.TERMS}:
                yield field.name, called(one)
            elif field.kind in {Kind.REF, Kind.REFS}:
                if seen := one.get():
                    yield field.name, seen.naam
            elif isinstance(one, Deeldatum):
                yield field.name, one.in_woorden
            elif isinstance(one, date):
                yield field.name, dag(one)
            elif isinstance(one, str) and field.kind is not Kind.CHOICE:
                yield field.name, leesbaar(one) if "://" in one else one


@pytest.mark.once
@pytest.mark.parametrize("declared_as", TOLD, ids=lambda kind: kind.soort)
def test_every_field_of_the_declaration_has_its_line_in_that_order(declared_as):
    regels, besides = TOLD[declared_as]
    told = [naam for regel in regels for naam in regel.van]
    declared = [field.name for field in spec_of(declared_as).fields]
    besides = {*besides, *kennisvelden.BOVENAAN.get(declared_as.soort, ())}
    assert {*declared} - {*told} == {*declared} & besides
    assert {*told} <= {*declared}
    assert sorted(told) == sorted({*told})
    # What is remarked of the steps stands before them, as it does on the page.
    assert told == [naam for naam in declared if naam in told]


def test_every_value_of_every_published_record_is_in_the_book(inhoud):
    stand = current_stand()
    bladen = {(blad.soort, blad.slug): blad for blad in book().bladen}
    records = [record for kind in TOLD for record in stand.all(kind)]
    assert {*bladen} == {(record.soort, record.slug) for record in records}
    for record in records:
        found = words(bladen[record.soort, record.slug])
        parts = [*values(record, {*ONGEZIEN, *KENNIS_ONGEZIEN})]
        if interventie := getattr(record, "zichtbare_interventie", None):
            assert isinstance(interventie, InterventieDocument)
            parts += values(interventie, REGISTER_ONGEZIEN)
        for field, text in parts:
            for line in text.split("\n\n"):
                assert kaal(line.rstrip(".")).casefold() in found, (field, line)


def test_a_register_entry_without_an_aanpak_is_in_the_book_too(inhoud):
    alone = factories.make_interventie(naam="Alleen in het register")
    (chapter,) = [v for v in book().verder if v.titel == "Verder in het register"]
    assert [blad.slug for blad in chapter.bladen] == [alone.slug]


def test_the_knowledge_follows_the_aanpakken_with_dossiers_as_editors_order_them(
    inhoud,
):
    made = book()
    assert [chapter.titel for chapter in made.verder] == [
        "Praktijkvoorbeelden",
        "Kennisdossier",
        "Begrippen",
    ]
    dossiers = [blad.slug for blad in made.verder[1].bladen]
    stand = current_stand()
    assert dossiers == [dossier.slug for dossier in stand.all(DossierDocument)]


def test_every_record_and_every_other_name_of_it_is_in_the_register(inhoud):
    made = book()
    names = made.registers[0].ingangen
    assert {id_ for line in names for id_ in line.bladen} == {b.id for b in made.bladen}
    (term,) = [t for t in current_stand().all(BegripDocument) if t.slug == "wijk-buurt"]
    assert {*term.varianten} <= {line.naam for line in names if line.zie}


def test_an_aanpak_stands_in_its_rubric_by_name(inhoud):
    interventies, andere = book().rubrieken
    assert [b.slug for b in interventies.bladen][:2] == ["buurtcirkel", "citytrainers"]
    assert "abcd" in {blad.slug for blad in andere.bladen}


def test_a_large_book_has_volumes_that_together_have_everything(
    inhoud, client, monkeypatch
):
    ids = [blad.id for blad in book().bladen]
    monkeypatch.setattr(overzichtinhoud, "HEEL", 8 * 8)
    monkeypatch.setattr(overzichtinhoud, "PER_DEEL", 8 * 8)
    stand = current_stand()
    # It is worked out once for what readers see.
    monkeypatch.setattr(stand, "_derived", {})
    volumes = [maak_boek(stand, SITE, SITE, deel) for deel in range(1, 8)]
    assert {volume.delen for volume in volumes} == {7}
    assert [len(volume.bladen) for volume in volumes][:2] == [8, 8]
    assert [blad.id for volume in volumes for blad in volume.bladen] == ids
    for volume in volumes:
        own = {blad.id for blad in volume.bladen}
        lines = [line for part in volume.registers for line in part.ingangen]
        assert {id_ for line in lines for id_ in line.bladen} <= own
    assert client.get("/publicatie/wijkwijzer.pdf")["Location"] == "/publicatie/"
    assert client.get("/publicatie/wijkwijzer-8.pdf").status_code == 404
    page = client.get("/publicatie/").content.decode()
    assert 'href="/publicatie/wijkwijzer-3.pdf"' in page


def test_what_fits_in_one_book_has_no_volumes(inhoud, monkeypatch):
    monkeypatch.setattr(overzichtinhoud, "PER_DEEL", 8 * 8)
    stand = current_stand()
    monkeypatch.setattr(stand, "_derived", {})
    assert len(overzichtinhoud.delen(stand)) == 1


def test_a_concept_changes_nothing_in_the_book(inhoud):
    before = msgspec.json.encode(book().rubrieken)
    factories.make_complete_aanpak(naam="Nergens te vinden", status="concept")
    assert msgspec.json.encode(book().rubrieken) == before


def test_a_record_that_cannot_be_told_is_named_and_breaks_nothing(
    inhoud, monkeypatch, caplog
):
    def breaks(aanpak, basis):
        if aanpak.slug == "abcd":
            raise ValueError("broken")
        return aanpakblad(aanpak, basis)

    monkeypatch.setattr("wijkwijzer.publicatie.boek.aanpakblad", breaks)
    made = book()
    assert [uitval.slug for uitval in made.ontbreekt] == ["abcd"]
    assert "citytrainers" in {blad.slug for blad in made.bladen}


@pytest.mark.long
@pytest.mark.once
def test_the_pdf_has_all_words_of_the_book_and_everybody_can_read_it(inhoud):
    made = book()
    pdf = zet(opdracht(overzicht.SJABLOON, made))
    assert fouten(pdf) == []
    found = woorden(pdf)
    for blad in made.bladen:
        place = found.index(kaal(blad.samenvatting))
        for veld in blad.velden:
            place = found.index(kaal(veld.kop), place)
            for text in texts(msgspec.to_builtins(veld.blokken)):
                assert len(missing(text, found)) <= 1, (blad.slug, veld.kop, text)
    names = [blad.naam for blad in made.bladen]
    outline = [item.title for item in flat(lees(pdf).outline)]
    # A theme can have the name of a term; it comes later.
    assert [title for title in outline if title in names][: len(names)] == names


@pytest.mark.long
@pytest.mark.once
def test_strange_and_empty_records_of_the_knowledge_are_right_in_the_pdf(inhoud):
    odd = {"naam": MARKUP[:100], "slug": "raar"}
    dossier = factories.make_dossier(**odd, samenvatting=OVERAL)
    text = f"<h3>{escape(MARKUP)}</h3><ul><li>{OVERAL}<ol><li>diep</li></ol></li></ul>"
    factories.make_artikel(dossier, naam=MARKUP[:100], tekst=text)
    factories.make_record(Begrip, **odd, definitie=MARKUP, toelichting=OVERAL)
    factories.make_record(Praktijkvoorbeeld, **odd, samenvatting=MARKUP, let_op=OVERAL)
    # As empty as can be published.
    leeg = {"naam": "Leeg", "slug": "leeg"}
    factories.make_record(Begrip, **leeg, definitie="-")
    for kind in (Dossier, Praktijkvoorbeeld):
        factories.make_record(kind, **leeg, samenvatting="-")
    made = book()
    assert {b.slug for b in made.bladen} >= {"raar", "leeg"}
    pdf = zet(opdracht(overzicht.SJABLOON, made))
    assert fouten(pdf) == []
    found = woorden(pdf)
    # Some seven times: a name also stands above its page, and in the register.
    assert found.count(kaal(MARKUP[:60])) >= 7
    assert kaal("diep") in found
    assert zet(opdracht(overzicht.SJABLOON, made, "docx")).startswith(b"PK")


def flat(outline: list[Any]) -> Iterator[Any]:
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def missing(text: str, found: str) -> list[str]:
    """Of each four words, those that are not there: one may be parted by a page."""
    every = text.split()
    fours = (" ".join(every[i : i + 4]) for i in range(0, len(every), 4))
    return [four for four in fours if kaal(four) not in found]
