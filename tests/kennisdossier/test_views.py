"""Pages of the kennisdossier: what they show, link and leave out."""

from __future__ import annotations

import re

import pytest

from kennisdossier.dossierdelen import leestijd
from kennisdossier.models import Artikel, Begrip, Dossier, Gemeente, Praktijkvoorbeeld
from kennisdossier.whole import PraktijkvoorbeeldDocument
from tests import factories, html
from wijkwijzer.publicatie.kennisvelden import voorbeeldvelden
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

DOSSIER = "/kennisdossier/samenlevingsopbouw/"
VOORBEELD = "/praktijkvoorbeelden/in-beeld-overvecht/"
UTRECHT = "/gemeenten/utrecht/"


def page(client, address: str) -> html.Element:
    response = client.get(address)
    assert response.status_code == 200, address
    return html.read(response.content)


def links(root: html.Element) -> set[str]:
    return {link.get("href") for link in root.one(id="inhoud").all("a")}


# Dossiers


def test_the_overview_links_to_every_dossier(client):
    found = links(page(client, "/kennisdossier/"))
    assert {d.get_absolute_url() for d in Dossier.objects.all()} <= found


def test_the_table_of_contents_leads_to_every_artikel(client):
    root = page(client, DOSSIER)
    [toc] = root.all("nav", class_="toc")
    targets = {link["href"] for link in toc.all("a")}
    for artikel in Artikel.objects.filter(dossier__slug="samenlevingsopbouw"):
        assert f"#{artikel.slug}" in targets
        assert root.one(id=artikel.slug).one("h2").text == artikel.naam


def test_every_target_of_a_link_inside_the_page_exists(client):
    for dossier in Dossier.objects.all():
        root = page(client, dossier.get_absolute_url())
        ids = {element.get("id") for element in root.all()}
        inside = {a["href"] for a in root.all("a") if a.get("href").startswith("#")}
        assert {target[1:] for target in inside} <= ids, dossier


def test_a_dossier_says_where_it_comes_from_and_how_long_reading_takes(client):
    text = page(client, DOSSIER).text
    assert "leestijd" in text
    assert "Kennis van" in text
    assert "3 augustus 2020" in text


def test_reading_time_is_rounded_up_to_whole_minutes():
    assert leestijd([]) == 1
    assert leestijd(["<p>woord</p> " * 200]) == 1
    assert leestijd(["woord " * 201]) == 2


def test_questions_and_answers_stand_with_their_dossier(client):
    address = "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/"
    assert f"{address}vragen/" in links(page(client, address))
    root = page(client, f"{address}vragen/")
    assert len([*root.all("summary")]) == 16


def test_lessons_stand_beside_the_dossier(client):
    assert f"{DOSSIER}lessen/" in links(page(client, DOSSIER))
    root = page(client, f"{DOSSIER}lessen/")
    assert len([*root.one(id="gemeenten").all("li")]) == 6


def test_a_heading_of_the_lessons_stands_there_once(client):
    for dossier in Dossier.objects.gepubliceerd():
        response = client.get(f"{dossier.get_absolute_url()}lessen/")
        if response.status_code == 404:
            continue
        headings = [h.text for h in html.read(response.content).all("h3")]
        assert len(headings) == len({*headings}), dossier


def test_a_dossier_without_questions_has_no_page_for_them(client):
    assert f"{DOSSIER}vragen/" not in links(page(client, DOSSIER))
    assert client.get(f"{DOSSIER}vragen/").status_code == 404


def rename() -> Dossier:
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    dossier.slug = "samen-bouwen"
    dossier.save()
    return dossier


def test_the_pages_beside_a_renamed_dossier_move_along(client):
    dossier = rename()
    assert client.get(f"{DOSSIER}lessen/").status_code == 200
    factories.publish(dossier)
    response = client.get(f"{DOSSIER}lessen/")
    assert response.status_code == 301
    assert response["Location"] == "/kennisdossier/samen-bouwen/lessen/"


def test_a_concept_dossier_does_not_exist_for_readers(client):
    concept = factories.make_dossier(status="concept")
    address = concept.get_absolute_url()
    assert client.get(address).status_code == 404
    assert client.get(f"{address}lessen/").status_code == 404
    assert address not in links(page(client, "/kennisdossier/"))


def test_a_dossier_that_was_withdrawn_says_why_and_is_linked_nowhere(client):
    dossier = Dossier.objects.get(slug="samenlevingsopbouw")
    factories.withdraw(dossier, "Opgegaan in een ander dossier.")
    for address in (DOSSIER, f"{DOSSIER}lessen/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Opgegaan in een ander dossier." in response.content.decode()
    assert DOSSIER not in links(page(client, "/kennisdossier/"))
    assert DOSSIER not in {
        address.partition("#")[0] for address in links(page(client, "/aanpakken/abcd/"))
    }


def test_a_renamed_dossier_keeps_its_old_address(client):
    factories.publish(rename())
    response = client.get(DOSSIER)
    assert response.status_code == 301
    assert response["Location"] == "/kennisdossier/samen-bouwen/"


def test_what_is_not_known_of_a_dossier_is_said_in_one_line(client):
    said = 0
    for dossier in Dossier.objects.all():
        address = dossier.get_absolute_url()
        for part in ("", "lessen/", "vragen/"):
            response = client.get(f"{address}{part}")
            if response.status_code == 404:
                continue
            main = html.read(response.content).one("main")
            unknown = [*main.all("p", class_="not-known")]
            found = re.findall(r"(?i)\b(?:niet bekend|onbekend)", main.text)
            assert len(found) == len(unknown) <= 1, f"{address}{part}"
            said += len(unknown)
    assert said


@pytest.mark.parametrize(
    ("bron", "line"),
    [
        (None, "uit welke bron het komt en wanneer dit gecontroleerd is"),
        ("", "van wanneer de bron is en wanneer dit gecontroleerd is"),
        ("2020-08", "wanneer dit gecontroleerd is"),
    ],
)
def test_a_dossier_asks_for_what_nobody_said_of_its_source(client, bron, line):
    source = None if bron is None else factories.make_bron(datum=bron or None)
    dossier = factories.make_dossier(bron=source)
    text = page(client, dossier.get_absolute_url()).one("article").text
    assert f"Nog niet bekend: {line}. Weet jij het? Laat het ons weten." in text


# Terms


def test_the_glossary_has_every_term_once_under_its_letter(client):
    root = page(client, "/begrippen/")
    terms = [term.text for term in root.one(id="inhoud").all("dt")]
    assert sorted(terms) == sorted(
        Begrip.objects.gepubliceerd().values_list("naam", flat=True)
    )
    for link in root.one("nav", aria_label="Ga naar een letter").all("a"):
        letter = root.one(id=link["href"][1:])
        assert letter.one("h2").text == link.text
        assert all(term.text[0].upper() == link.text for term in letter.all("dt")), (
            link.text
        )


def test_terms_in_a_dossier_lead_to_the_glossary_and_the_text_stays_as_it_was(client):
    before = [*Artikel.objects.values_list("tekst", flat=True)]
    root = page(client, DOSSIER)
    marked = [*root.all("button", class_="tip")]
    assert len(marked) > 5
    ids = [button["popovertarget"] for button in marked]
    assert len(ids) == len({*ids}), "every term once"
    assert [*Artikel.objects.values_list("tekst", flat=True)] == before


def test_a_term_is_marked_in_the_description_of_an_aanpak(client):
    Begrip.objects.filter(slug="bonding").update(varianten="buurtgenoten\netiket")

    def marked() -> bool:
        description = page(client, "/aanpakken/abcd/").one(id="omschrijving")
        tips = description.all("button", popovertarget="begrip-bonding")
        return bool([*tips])

    assert not marked()
    factories.publish(Begrip.objects.get(slug="bonding"))
    assert marked()


def test_a_term_that_readers_do_not_see_is_not_marked_and_has_no_page(client):
    concept = factories.make_record(
        Begrip,
        naam="Knikkeren",
        slug="knikkeren",
        varianten="bewoners\nwijk",
        definitie="Zo.",
        status="concept",
    )
    for begrip in Begrip.objects.gepubliceerd():
        factories.withdraw(begrip)
    assert not [*page(client, DOSSIER).all("button", class_="tip")]
    assert client.get("/begrippen/bonding/").status_code == 410
    assert client.get(concept.get_absolute_url()).status_code == 404


# Examples


def test_an_example_shows_where_it_is_and_says_what_is_not_known(client):
    text = page(client, VOORBEELD).text
    assert "Overvecht" in text
    assert "Uitgebreid naar Kanaleneiland (Utrecht)" in text
    bare = page(client, "/praktijkvoorbeelden/kunst-op-recept-nieuwegein/")
    assert bare.one("p", class_="not-known").text == (
        "Nog niet bekend: in welke wijk het is, wanneer het begon en voor wie het is. "
        "Weet jij het? Laat het ons weten."
    )


def test_what_an_editor_chose_of_an_example_is_said_to_be_chosen(client):
    marked = "Gekozen door de redactie"
    for voorbeeld in current_stand().all(PraktijkvoorbeeldDocument):
        main = page(client, voorbeeld.get_absolute_url()).one("main")
        told = {dt.text: dt.parent.text for dt in main.all("dt")}
        fields = {veld.kop: str(veld.blokken) for veld in voorbeeldvelden(voorbeeld)}
        chosen = {"Voor wie": voorbeeld.doelgroepen, "Thema’s": voorbeeld.themas}
        for title in (title for title, terms in chosen.items() if terms):
            assert marked in told[title], voorbeeld
            assert "redactie=True" in fields[title], voorbeeld


def test_what_is_not_known_of_an_example_is_said_in_one_line(client):
    for voorbeeld in Praktijkvoorbeeld.objects.all():
        article = page(client, voorbeeld.get_absolute_url()).one("article")
        unknown = [*article.all("p", class_="not-known")]
        found = re.findall(r"(?i)\b(?:niet bekend|onbekend)", article.text)
        assert len(found) == len(unknown) <= 1, voorbeeld.slug
        for link in (a for p in unknown for a in p.all("a")):
            assert client.get(link["href"]).status_code == 200


def test_every_example_has_a_page_with_its_figures(client):
    for voorbeeld in Praktijkvoorbeeld.objects.all():
        root = page(client, voorbeeld.get_absolute_url())
        rows = [*root.all("table", class_="figures-table")]
        assert bool(rows) == voorbeeld.cijfers.exists()
        for cijfer in voorbeeld.cijfers.all():
            assert cijfer.waarde in rows[0].text
        dated = voorbeeld.cijfers.exclude(peildatum=None).exists()
        assert bool(rows and "Peildatum" in rows[0].text) == dated


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        ([], ""),
        ([("Jaar van de foto", "2017", None)], ""),
        ([("Leden", "30", "2020"), ("Startjaar", "1998", None)], ""),
        (
            [("Leden", "30", None), ("Startjaar", "1998", None)],
            "van wanneer de cijfers zijn",
        ),
        (
            [("Leden", "30", "2020"), ("Bezoekers", "9", None)],
            "van wanneer alle cijfers zijn",
        ),
    ],
)
def test_an_example_asks_only_of_counts_when_they_were_true(client, figures, asked):
    example = factories.make_record(
        Praktijkvoorbeeld, naam="Proef", slug="proef", samenvatting="Een proef."
    )
    for kenmerk, waarde, day in figures:
        example.cijfers.create(kenmerk=kenmerk, waarde=waarde, peildatum=day)
    factories.publish(example)
    text = page(client, example.get_absolute_url()).text
    assert re.findall("van wanneer (?:de|alle) cijfers zijn", text) == (
        [asked] if asked else []
    )


def test_an_aanpak_shows_its_examples_with_the_reason(client):
    section = page(client, "/aanpakken/wijktheater/").one(id="voorbeelden")
    assert "Buurtopera Malpertuis" in section.text
    assert "(volgens de redactie)" in section.text


def test_an_aanpak_shows_the_dossiers_that_name_it(client):
    section = page(client, "/aanpakken/abcd/").one(id="dossiers")
    assert f"{DOSSIER}#" in {
        f"{link['href'].partition('#')[0]}#" for link in section.all("a")
    }


def test_an_example_that_was_withdrawn_is_nowhere(client):
    factories.withdraw(Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht"))
    assert client.get(VOORBEELD).status_code == 410
    for address in (
        "/praktijkvoorbeelden/",
        UTRECHT,
        "/embed/gemeenten/utrecht/",
        "/praktijkvoorbeelden/in/utrecht/overvecht/",
        "/praktijkvoorbeelden/in/utrecht/kanaleneiland/",
        "/aanpakken/buurtreminiscentie/",
        "/begrippen/positieve-gezondheid/",
        "/zoeken/?q=fotocursus+overvecht",
    ):
        assert VOORBEELD not in links(page(client, address)), address
    lessons = "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/lessen/"
    dossier = page(client, lessons)
    assert "In Beeld" not in dossier.one(id="voorbeelden").text


def test_the_permalink_of_an_example_leads_to_its_page(client):
    voorbeeld = Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht")
    response = client.get(f"/id/praktijkvoorbeeld/{voorbeeld.uuid}")
    assert (response.status_code, response["Location"]) == (303, VOORBEELD)


# Places


def test_a_gemeente_shows_its_examples_and_its_code(client):
    root = page(client, UTRECHT)
    assert VOORBEELD in links(root)
    assert "https://identifier.overheid.nl/tooi/id/gemeente/gm0344" in links(root)


def test_a_gemeente_says_of_an_aanpak_whether_a_source_or_an_editor_linked_it(client):
    root = page(client, UTRECHT)
    assert "Aanpakken die hierop lijken" in root.text
    assert "hier gebruikt worden" not in root.one("h2", id="kop-lijkt-op").text
    assert not [*root.all("h2", id="kop-gebruikt")]
    voorbeeld = Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht")
    voorbeeld.koppelingen.update(basis="expliciet")
    assert not [*page(client, UTRECHT).all("h2", id="kop-gebruikt")]
    factories.publish(voorbeeld)
    used = page(client, UTRECHT).one("section", aria_labelledby="kop-gebruikt")
    assert "/aanpakken/buurtreminiscentie/" in {a["href"] for a in used.all("a")}
    assert "Bij In Beeld" in used.text


def test_a_gemeente_can_be_followed_and_embedded(client):
    root = page(client, UTRECHT)
    feed = root.one("link", type="application/atom+xml")["href"]
    entry = f"http://testserver{VOORBEELD}"
    assert entry in client.get(feed).content.decode()
    follow = next(a for a in root.all("a") if "per mail" in a.text)["href"]
    form = page(client, follow)
    assert "Praktijkvoorbeelden, Gemeente: Utrecht" in form.text
    embed = page(client, "/embed/gemeenten/utrecht/")
    assert VOORBEELD in links(embed)
    code = client.get(f"/embed/?adres={UTRECHT}").content.decode()
    assert "/embed/gemeenten/utrecht/" in code


def test_all_gemeenten_with_an_example_are_listed_with_how_many(client):
    root = page(client, "/gemeenten/")
    tiles = {a["href"]: a.text for a in root.all("a", class_="tile")}
    seen = Praktijkvoorbeeld.objects.gepubliceerd().exclude(gemeente=None)
    assert {*tiles} == {v.gemeente.get_absolute_url() for v in seen}
    number = seen.filter(gemeente__slug="utrecht").count()
    assert tiles[UTRECHT].startswith(f"Utrecht {number} voorbeeld")


def test_the_address_of_before_leads_to_the_page_of_a_gemeente(client):
    response = client.get("/praktijkvoorbeelden/in/utrecht/?a=b")
    assert (response.status_code, response["Location"]) == (301, f"{UTRECHT}?a=b")


def test_a_gemeente_names_an_example_once_also_when_it_grew_within_it(client):
    root = page(client, UTRECHT)
    cards = [a for a in root.one(id="inhoud").all("a") if a.get("href") == VOORBEELD]
    assert len(cards) == 1


def test_a_gemeente_shows_what_came_from_elsewhere(client):
    voorbeeld = Praktijkvoorbeeld.objects.get(slug="in-beeld-overvecht")
    voorbeeld.wijk, voorbeeld.gemeente = None, Gemeente.objects.get(slug="leiden")
    voorbeeld.save()
    assert "Ook hierheen uitgebreid" not in page(client, UTRECHT).text
    factories.publish(voorbeeld)
    root = page(client, UTRECHT)
    assert "Ook hierheen uitgebreid" in root.text
    assert VOORBEELD in links(root)


def test_a_wijk_shows_what_came_there_from_elsewhere(client):
    root = page(client, "/praktijkvoorbeelden/in/utrecht/kanaleneiland/")
    assert "Ook hierheen uitgebreid" in root.text
    assert VOORBEELD in links(root)


def test_a_place_that_does_not_exist_is_not_found(client):
    for address in ("in/atlantis/", "in/utrecht/atlantis/", "in/leiden/overvecht/"):
        assert client.get(f"/praktijkvoorbeelden/{address}").status_code == 404
    for address in ("/gemeenten/atlantis/", "/embed/gemeenten/atlantis/"):
        assert client.get(address).status_code == 404


# Search


@pytest.mark.parametrize(
    ("query", "kind", "address"),
    [
        ("third place", "begrippen", "/begrippen/first-second-third-place/"),
        ("fotocursus", "praktijkvoorbeelden", VOORBEELD),
        ("samenlevingsopbouw", "dossiers", DOSSIER),
        ("kanaleneiland", "gemeenten", UTRECHT),
    ],
)
def test_the_search_finds_every_kind(client, query, kind, address):
    groups = client.get("/zoeken/", {"q": query}).context["groepen"]
    found = next(group for group in groups if group.sleutel == kind)
    assert address in {hit.url for hit in found.treffers}


def test_a_gemeente_sees_what_to_pay_attention_to(client):
    assert "Waar je als gemeente op let" in page(client, "/wie/gemeente/").text
