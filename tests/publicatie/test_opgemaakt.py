"""The text of an article becomes blocks of text, whatever is in it."""

from __future__ import annotations

import msgspec
import pytest

from kennisdossier.opmaak import platte_tekst, schoon
from tests.publicatie.pdf import kaal
from tests.publicatie.test_boek import texts
from wijkwijzer.publicatie.boom import Alinea, Beeld, Citaat, Kop, Lijst, Punten, Tabel
from wijkwijzer.publicatie.opgemaakt import opgemaakt

pytestmark = pytest.mark.once

PAGINA = "https://voorbeeld.example/kennisdossier/kunst/"


def blocks(html: str):
    return opgemaakt(schoon(html), PAGINA)


def said(block: Alinea) -> str:
    return "".join(stuk.tekst for stuk in block.stukken)


def test_stress_and_links_are_pieces_of_a_line_with_the_spaces_between_them():
    (line,) = blocks("<p>Een <em>mooi</em> en <strong>vet</strong><br>woord, hier.</p>")
    assert said(line) == "Een mooi en vet woord, hier."
    assert [s.tekst for s in line.stukken if s.schuin] == ["mooi"]
    assert [s.tekst for s in line.stukken if s.vet] == ["vet"]


def test_a_list_in_a_list_stays_in_it():
    (outer,) = blocks("<ul><li>een<ol start=3><li>drie</ol><li>twee</ul>")
    assert isinstance(outer, Punten)
    first, inner = outer.punten[0]
    assert said(first) == "een"
    assert (inner.genummerd, inner.begin) == (True, 3)
    assert isinstance(blocks("<ul><li>een<li>twee</ul>")[0], Lijst)


def test_headings_quotes_tables_and_pictures_keep_what_they_are():
    html = (
        "<h3>Kop</h3><blockquote><p>Woord</p></blockquote>"
        "<table><caption>Naam</caption><tr><th>A</th><th>B</th></tr>"
        "<tr><td>1</td></tr></table>"
        '<figure><img src="/media/a.png" alt="Een plein">'
        "<figcaption>Door X</figcaption></figure>"
    )
    kop, citaat, tabel, beeld, onderschrift = blocks(html)
    assert kop == Kop("Kop")
    assert isinstance(citaat, Citaat)
    assert isinstance(tabel, Tabel)
    assert (tabel.naam, len(tabel.kop), [len(rij) for rij in tabel.rijen]) == (
        "Naam",
        2,
        [2],
    )
    assert beeld == Beeld("a.png", "Een plein")
    assert said(onderschrift) == "Door X"


def test_of_a_picture_that_is_not_ours_is_told_what_it_shows():
    html = '<img src="https://elders.example/a.png" alt="Een plein">'
    (line,) = opgemaakt(html, PAGINA)
    assert said(line) == "Afbeelding: Een plein"


def test_a_link_to_a_record_leads_to_its_entry_and_another_has_a_note():
    own, other, bad = blocks(
        '<p><a href="/aanpakken/abcd/">ABCD</a></p><p><a href="/over/">Over</a></p>'
        '<p><a href="tel:0612345678">Bel</a></p>'
    )
    (stuk,) = own.stukken
    assert (stuk.anker, stuk.noot) == ("aanpak-abcd", ())
    assert stuk.url == "https://voorbeeld.example/aanpakken/abcd/"
    assert other.stukken[0].noot[0].tekst == "voorbeeld.example/over"
    assert bad.stukken[0].url == ""


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;b&gt; #panic(1) &amp;amp; <p>open <ul><li>los <h3>kop",
        "<script>alert(1)</script><p onclick=x>tekst</p><iframe src=x>",
        "<ol start=99999999><li></li></ol><table></table><h3></h3>",
        "<ul><li>" * 59 + "diep",
        "los</p></ul></table> eind",
        "\u202eomgekeerd\u0000 \U0001f3d8 שלום",
    ],
)
def test_no_word_of_a_strange_text_is_lost_or_becomes_markup(html):
    clean = schoon(html)
    found = kaal("".join(texts(msgspec.to_builtins(opgemaakt(clean, PAGINA)))))
    for word in (
        platte_tekst(clean).replace("\u202e", "\N{REPLACEMENT CHARACTER}").split()
    ):
        assert kaal(word) in found or "\u202e" in clean, word
    # Also when nobody cleaned it.
    opgemaakt(html, PAGINA)
