"""Pages of the catalogue: what a reader finds on them."""

from __future__ import annotations

import re

import pytest

from aanpakken.models import Aanpak, Actor, Actorlaag, Reflectiethema, Uitvoering
from aanpakken.whole import AanpakDocument
from interventies.models import Interventie
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")


def page(client, address: str) -> html.Element:
    response = client.get(address)
    assert response.status_code == 200
    return html.read(response.content)


# A detail page


def test_the_contents_of_a_page_are_its_parts_in_their_order(client):
    for aanpak in Aanpak.objects.gepubliceerd():
        document = page(client, aanpak.get_absolute_url())
        links = [a["href"] for a in document.one(class_="toc").all("a")]
        parts = [s for s in document.one("article").all("section") if [*s.all("h2")]]
        assert links == [f"#{part.get('id')}" for part in parts], aanpak


def test_a_detail_page_shows_every_step_fact_link_and_actor(client):
    aanpakken = current_stand().all(AanpakDocument)
    assert len(aanpakken) == 21
    for aanpak in aanpakken:
        content = client.get(aanpak.get_absolute_url()).content.decode()
        text = html.read(html.without_tips(content)).text.casefold()
        parts = [
            *(stap.naam for stap in aanpak.stappen),
            *(feit.tekst for feit in aanpak.feiten),
            *(link.label for link in aanpak.links),
            *(uitvoering.naam for uitvoering in aanpak.uitvoeringen),
            *(part.element.naam for part in aanpak.elementen),
            *(part.omschrijving for part in aanpak.doelgroepen),
            *aanpak.omschrijving.split("\n\n"),
            *aanpak.doel,
            aanpak.samenvatting,
        ]
        for part in parts:
            assert " ".join(part.split()).casefold() in text, (aanpak.slug, part)


def test_a_page_gives_its_permanent_link_and_how_to_cite_it(client):
    aanpak = Aanpak.objects.get(slug="abcd")
    share = page(client, "/aanpakken/abcd/").one(id="delen")
    permalink = f"http://testserver/id/aanpak/{aanpak.uuid}"
    assert permalink in {a["href"] for a in share.all("a")}
    assert f"{aanpak.naam}. {permalink}" in share.text


def test_text_of_an_editor_cannot_become_markup(client):
    aanpak = factories.make_complete_aanpak(
        naam="<b>Vet</b>", samenvatting="<script>x</script>", omschrijving="<i>x</i>"
    )
    for address in ("/aanpakken/", aanpak.get_absolute_url(), "/"):
        content = client.get(address).content.decode()
        assert "<b>" not in content
        assert "<script>x" not in content
        assert "<i>" not in content


# The register entry

IN_THE_REGISTER = "in de databank van"
NOT_IN_A_DATABANK = "We vonden deze aanpak niet in een databank"
BEING_CHECKED = "De redactie kijkt na wat databanken over deze aanpak zeggen."


def recognition(client, slug: str) -> str:
    return page(client, f"/aanpakken/{slug}/").one(id="erkenning").text


def brochure(client, slug: str) -> str:
    address = f"/selectie/?aanpak={slug}&als=brochure"
    return page(client, address).one(id=f"{slug}-erkenning").text


@pytest.mark.parametrize("show", [recognition, brochure])
def test_an_aanpak_says_nothing_of_a_register_entry_that_readers_do_not_see(
    client, show
):
    assert "Effectief" in show(client, "thuis-op-straat")
    factories.withdraw(Interventie.objects.get(slug="thuis-op-straat"))
    concept = factories.make_interventie(status="concept")
    aanpak = factories.make_aanpak(interventie=concept)
    for slug in ("thuis-op-straat", aanpak.slug):
        text = show(client, slug)
        assert BEING_CHECKED in text
        # Neither what was true, nor the opposite of it.
        for untrue in ("Effectief", IN_THE_REGISTER, NOT_IN_A_DATABANK):
            assert untrue not in text
        assert "Geen erkenning gevonden" not in text


@pytest.mark.parametrize("show", [recognition, brochure])
def test_an_aanpak_says_that_a_databank_has_it_only_when_one_does(client, show):
    entry = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=entry)
    for slug in (aanpak.slug, factories.make_aanpak().slug):
        assert NOT_IN_A_DATABANK in show(client, slug)
        assert IN_THE_REGISTER not in show(client, slug)
    factories.make_vermelding(entry, in_databank="eerder", bron_datum="2011-02")
    text = show(client, aanpak.slug)
    assert "Stond er eerder in, volgens een pagina van februari 2011." in text
    assert "Staat nu in" not in text
    factories.make_vermelding(entry, in_databank="nu")
    assert "Staat nu in de databank van" in show(client, aanpak.slug)
    assert NOT_IN_A_DATABANK not in show(client, aanpak.slug)


def test_no_page_of_an_aanpak_leads_to_an_entry_that_readers_do_not_see(client):
    entry = Interventie.objects.get(slug="thuis-op-straat")
    factories.withdraw(entry)
    for address in (
        "/aanpakken/thuis-op-straat/",
        "/aanpakken/vergelijken/?aanpak=thuis-op-straat&aanpak=abcd",
        "/selectie/?aanpak=thuis-op-straat&als=brochure",
    ):
        content = client.get(address).content.decode()
        assert entry.get_absolute_url() not in content
        assert "Effectief" not in page(client, address).one("main").text


def test_filters_count_an_unseen_entry_as_unknown_and_none(client):
    def counts() -> dict[tuple[str, str], int]:
        options = html.options(page(client, "/aanpakken/"))
        return {(option.key, option.value): option.count for option in options}

    before = counts()
    factories.withdraw(Interventie.objects.get(slug="resto-vanharte"))
    after = counts()
    level = ("niveau", "goed-beschreven")
    assert after[level] == before[level] - 1
    assert after["niveau", "onbekend"] == before["niveau", "onbekend"] + 1
    assert after["erkenning", "geen"] == before["erkenning", "geen"] + 1
    assert after["databank", "movisie"] == before["databank", "movisie"] - 1
    # Of the aanpak itself nothing changed.
    for key in ("laag", "thema", "doelgroep", "soort"):
        same = {k: n for k, n in after.items() if k[0] == key}
        assert same == {k: n for k, n in before.items() if k[0] == key}


def test_a_card_says_nothing_of_an_entry_that_readers_do_not_see(client):
    def card() -> str:
        (found,) = (
            card.text
            for card in page(client, "/aanpakken/?q=thuis+op+straat").all("article")
            if any(card.all("a", href="/aanpakken/thuis-op-straat/"))
        )
        return found

    assert "Effectief" in card()
    factories.withdraw(Interventie.objects.get(slug="thuis-op-straat"))
    assert "Effectief" not in card()


# Cards


def test_a_card_says_in_words_what_its_rings_show(client):
    (card,) = (
        card
        for card in page(client, "/aanpakken/").all("article")
        if any(card.all("a", href="/aanpakken/goldensports/"))
    )
    assert "Door professionals" in card.text
    assert "Ouderen, vanaf 65 jaar" in card.text
    assert "Goed Onderbouwd" in card.text
    (glyph,) = card.all("svg", class_="rings")
    assert glyph.get("aria-hidden") == "true"


# Themes


def test_each_theme_shows_how_many_aanpakken_its_filter_gives(client):
    document = page(client, "/themas/")
    for thema in Reflectiethema.objects.all():
        count = html.result_count(page(client, f"/aanpakken/?thema={thema.slug}"))
        (tile,) = (
            link
            for link in document.one("main").all("a")
            if link.get("href") == thema.get_absolute_url()
        )
        around = next(e for e in tile.above() if e.name in {"li", "article"})
        assert f"{count} aanpak" in around.text
        names = html_names(page(client, thema.get_absolute_url()))
        assert len({*names}) == count


def html_names(document: html.Element) -> list[str]:
    prefix = "/aanpakken/"
    return [
        link["href"].removeprefix(prefix).rstrip("/")
        for link in document.one("main").all("a")
        if link.get("href").startswith(prefix) and link["href"] != prefix
        if "?" not in link["href"]
    ]


def test_a_theme_separates_what_a_source_says_from_what_editors_added(client):
    explicit = {"right-to-challenge", "community-organising"}
    document = page(client, "/themas/zeggenschap/")
    sections = [s for s in document.one("main").all("section") if html_slugs(s)]
    assert {*html_slugs(sections[0])} == explicit
    assert not explicit & {s for section in sections[1:] for s in html_slugs(section)}


def html_slugs(section: html.Element) -> list[str]:
    return [
        a["href"].split("/")[2]
        for a in section.all("a")
        if a.get("href").startswith("/aanpakken/") and a["href"].count("/") == 3
    ]


def test_a_theme_that_does_not_exist_is_not_found(client):
    assert client.get("/themas/bestaat-niet/").status_code == 404


# Rings and actors


def cards(main: html.Element) -> list[str]:
    """The aanpakken that a page tells of on a source's word."""
    return [slug for card in main.all("article") for slug in html_slugs(card)]


def test_the_rings_page_names_every_actor_and_links_who_takes_part(client):
    main = page(client, "/wie/").one("main")
    for laag in Actorlaag.objects.all():
        assert laag.kort in main.text
    for actor in Actor.objects.all():
        takes_part = actor.uitvoeringen.exists() or actor.voorbeelden.exists()
        links = [*main.all("a", href=actor.get_absolute_url())]
        assert bool(links) == takes_part, actor
        assert actor.naam.lower() in main.text.lower()


@pytest.mark.parametrize(
    "slug", ["gemeente", "wijkagent", "wijkmanagers-gebiedsregisseurs"]
)
def test_the_counts_of_an_actor_are_those_of_its_page_and_of_the_list(client, slug):
    own = page(client, f"/wie/{slug}/").one("main")
    count = html.result_count(page(client, f"/aanpakken/?actor={slug}"))
    assert len(cards(own)) == len({*cards(own)}) == count
    (pill, *_) = [
        link
        for link in page(client, "/wie/").one("main").all("a", class_="pill")
        if link["href"] == f"/wie/{slug}/"
    ]
    only_editors = len(html_slugs(own)) - count
    assert [int(n) for n in re.findall(r"\d+", pill.text)] == [count or only_editors]


def test_every_actor_page_leads_on_to_something(client):
    for actor in Actor.objects.all():
        main = page(client, actor.get_absolute_url()).one("main")
        ring = f"/aanpakken/?laag={actor.laag.slug}"
        assert [*main.all("a", href=ring)], actor
        leads_to = {*main.all("a", class_="pill")}
        assert leads_to, actor
        for link in leads_to:
            named = Actor.objects.get(slug=link["href"].split("/")[2])
            assert named.uitvoeringen.exists() or named.voorbeelden.exists()


def test_an_actor_page_tells_roles_apart(client):
    aanpakken = {}
    actor = Actor.objects.filter(uitvoeringen=None, voorbeelden=None).first()
    for rol in ("ondersteuner", "partner", "verwijzer"):
        aanpakken[rol] = factories.make_aanpak(naam=f"Aanpak van {rol}")
        aanpakken[rol].uitvoeringen.create(
            naam="x", rol=rol, actor=actor, laag=actor.laag, laag_basis="lijst"
        )
    also = aanpakken["partner"].uitvoeringen
    also.create(
        naam="x", rol="verwijzer", actor=actor, laag=actor.laag, laag_basis="lijst"
    )
    editors = factories.make_aanpak(naam="Aanpak van de redactie")
    editors.uitvoeringen.create(
        naam="x",
        rol="partner",
        basis="redactioneel",
        opmerking="Daarom.",
        actor=actor,
        laag=actor.laag,
        laag_basis="lijst",
    )
    for aanpak in (*aanpakken.values(), editors):
        factories.publish(aanpak)
    main = page(client, actor.get_absolute_url()).one("main")
    found = {part["aria-labelledby"]: html_slugs(part) for part in main.all("section")}
    assert found["voert-uit"] == [aanpakken["ondersteuner"].slug]
    assert found["werkt-mee"] == [aanpakken["partner"].slug]
    assert found["verwijst"] == [aanpakken["verwijzer"].slug]
    assert found["kop-redactie"] == [editors.slug]
    assert "Daarom." in main.text


def test_an_actor_page_shows_the_examples_that_name_them_and_where_to_read_on(client):
    main = page(client, "/wie/buurtsportcoaches-cultuurcoaches/").one("main")
    assert [*main.all("a", href="/praktijkvoorbeelden/kunst-op-recept-leiden/")]
    dossier = "/kennisdossier/gezonde-en-leefbare-wijken-met-cultuur/"
    assert any(a["href"].startswith(dossier) for a in main.all("a"))
    example = page(client, "/praktijkvoorbeelden/kunst-op-recept-leiden/").one("main")
    assert [*example.all("a", href="/wie/buurtsportcoaches-cultuurcoaches/")]


def test_the_diagram_has_the_same_links_as_the_lists_beside_it(client):
    main = page(client, "/wie/").one("main")
    diagram = next(main.all("svg", class_="diagram"))
    in_diagram = {a["href"] for a in diagram.all("a")}
    beside = {
        a["href"] for a in main.all("a") if all(e is not diagram for e in a.above())
    }
    assert in_diagram <= beside


def test_the_rings_ask_who_is_in_them(client):
    text = page(client, "/wie/").text
    for laag in Actorlaag.objects.prefetch_related("richtvragen"):
        for question in laag.richtvragen.all():
            assert question.vraag in text


def test_an_actor_that_no_source_names_says_so_once(client):
    actor = Actor.objects.filter(uitvoeringen=None, voorbeelden=None).first()
    assert actor
    main = page(client, actor.get_absolute_url()).one("main")
    assert not html_slugs(main)
    assert main.text.count("Geen bron gebruikt deze naam") == 1


@pytest.mark.parametrize("slug", ["wijkagent", "gemeente", "sociaal-wijkteam"])
def test_what_is_said_of_an_actor_fits_one_as_well_as_many(client, slug):
    main = page(client, f"/wie/{slug}/").one("main")
    headings = {heading.text for heading in main.all("h2")}
    assert not any(heading.startswith("Zij ") for heading in headings)
    assert {"Uitvoering", "Meewerken", "Volgens de redactie"} & headings
    assert re.search(
        r"Bij \d+ aanpak(ken)? is er volgens een bron een rol\."
        r"|Geen bron gebruikt deze naam",
        main.text,
    )


def test_what_an_actor_does_is_what_was_published(client):
    actor = Actor.objects.filter(uitvoeringen=None).first()
    aanpak = Aanpak.objects.get(slug="abcd")
    Uitvoering.objects.create(
        aanpak=aanpak,
        naam=actor.naam,
        rol="uitvoerder",
        actor=actor,
        laag=actor.laag,
        laag_basis="lijst",
    )
    address = actor.get_absolute_url()
    assert html_slugs(page(client, address).one("main")) == []
    factories.publish(aanpak)
    assert html_slugs(page(client, address).one("main")) == ["abcd"]


def test_an_actor_that_does_not_exist_is_not_found(client):
    assert client.get("/wie/bestaat-niet/").status_code == 404
