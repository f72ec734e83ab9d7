"""What every page costs in queries, by name: pages do not grow with the catalogue."""

from __future__ import annotations

import pytest
from django.utils import timezone

from aanpakken.models import (
    Aanpak,
    Actor,
    Doelgroepkoppeling,
    Feit,
    Reflectiethema,
    Themakoppeling,
    Uitvoering,
)
from aanpakken.whole import AanpakDocument
from interventies.models import Databank, Erkenning, Interventie, Niveau
from interventies.whole import InterventieDocument
from tests import factories, html
from wijkwijzer.core.models import Bron, Status
from wijkwijzer.wholes.current import current_stand
from wijkwijzer.wholes.first_versions import add_first_versions

pytestmark = pytest.mark.usefixtures("inhoud")

NUMBER = "SELECT memory_nummer"  # did anything change?
DOCUMENTS = "SELECT wholes_versie"
# What a page shows, and what that names: the register entries of its aanpakken.
SHOWN = [NUMBER, DOCUMENTS, DOCUMENTS]
REACHABLE = "SELECT kennisdossier_contactpunt"  # can somebody be asked?
REACTIONS = ["SELECT deelname_reactie", "SELECT deelname_stem"]

COSTS = {
    # Nothing changed since all was published: there is nothing to show.
    "/": [NUMBER],
    "/aanpakken/": SHOWN,
    "/aanpakken/?thema=zeggenschap&laag=gemeente&leeftijd=14": SHOWN,
    "/aanpakken/?sorteer=recent&thema=bestaatniet": SHOWN,
    # Nothing found: nothing to load.
    "/aanpakken/?doelgroep=ouderen&leeftijd=3": [NUMBER],
    "/aanpakken/matrix/": [NUMBER],
    "/aanpakken/vergelijken/?aanpak=abcd&aanpak=buurtcirkel": SHOWN,
    "/aanpakken/futsal-chabbab/": SHOWN,
    "/aanpakken/abcd/": SHOWN,
    # A register entry names no other; its page shows the aanpak that names it.
    "/interventies/": [NUMBER, DOCUMENTS],
    "/interventies/?niveau=goed-onderbouwd": [NUMBER, DOCUMENTS],
    "/interventies/futsal-chabbab/": SHOWN,
    "/themas/": [NUMBER],
    "/themas/zeggenschap/": SHOWN,
    "/wie/": [NUMBER],
    # And the examples that name the actor.
    "/wie/gemeente/": [*SHOWN, DOCUMENTS, DOCUMENTS],
    # All dossiers are in memory: everything else asks them.
    "/kennisdossier/": [NUMBER],
    "/kennisdossier/samenlevingsopbouw/": [*SHOWN, REACHABLE, *REACTIONS],
    "/kennisdossier/samenlevingsopbouw/lessen/": SHOWN,
    "/begrippen/": [NUMBER, DOCUMENTS],
    "/begrippen/bonding/": [NUMBER, DOCUMENTS],
    "/praktijkvoorbeelden/": SHOWN,
    # And the others that are part of the same.
    "/praktijkvoorbeelden/in-beeld-overvecht/": [*SHOWN, DOCUMENTS, *REACTIONS],
    "/gemeenten/": [NUMBER],
    "/gemeenten/utrecht/": SHOWN,
    # Four kinds of hits, three of which name others.
    "/zoeken/?q=kunst": [NUMBER, *[DOCUMENTS] * 7],
    # What was withdrawn is asked once, not at each visit.
    "/nieuw/": [NUMBER, DOCUMENTS],
    "/aanpakken/feed.atom?sorteer=recent": SHOWN,
    "/interventies/feed.atom": [NUMBER, DOCUMENTS],
    "/sitemap-aanpakken.xml": [NUMBER],
    "/over/": [NUMBER],
    "/api/": [NUMBER],
    "/api/v1/aanpakken?thema=zeggenschap&q=wijk": SHOWN,
    "/api/v1/aanpakken/abcd": SHOWN,
    "/api/v1/interventies?niveau=goed-onderbouwd": [NUMBER, DOCUMENTS],
    # What it has of each entry is looked up once, not at each visit.
    "/api/v1/erkenningen": [NUMBER],
    "/api/v1/doelgroepen": [NUMBER],
    "/api/v1/openapi.json": [NUMBER, *[DOCUMENTS] * 7],
    "/verantwoording/": [NUMBER],
    # Which aanpakken have any is looked up once, not at each visit.
    "/verantwoording/correcties/": SHOWN,
}

LISTS = ["/aanpakken/", "/interventies/"]


def grow(number: int) -> None:
    """More entries, each with a register entry and links of every kind on a card."""
    doelgroep = factories.make_doelgroep()
    thema = Reflectiethema.objects.get(slug="zeggenschap")
    actor = Actor.objects.select_related("laag").get(slug="gemeente")
    bron, databank = Bron.objects.first(), Databank.objects.first()
    niveau = Niveau.objects.get(slug="goed-onderbouwd")
    for _ in range(number):
        interventie = factories.make_interventie(status=Status.CONCEPT)
        aanpak = factories.make_aanpak(interventie=interventie, status=Status.CONCEPT)
        Themakoppeling.objects.create(
            aanpak=aanpak, thema=thema, basis="redactioneel", sterkte="sterk"
        )
        Doelgroepkoppeling.objects.create(
            aanpak=aanpak, doelgroep=doelgroep, rol="primair", omschrijving="x"
        )
        Uitvoering.objects.create(
            aanpak=aanpak,
            naam="Gemeente",
            rol="uitvoerder",
            actor=actor,
            laag=actor.laag,
            laag_basis="lijst",
        )
        Feit.objects.create(aanpak=aanpak, soort="duur", tekst="een jaar", bron=bron)
        Erkenning.objects.create(
            interventie=interventie,
            databank=databank,
            niveau=niveau,
            datum="2020",
            bron_url=factories.BRON_URL,
        )
    # All at once: one by one takes ten seconds.
    for document in (InterventieDocument, AanpakDocument):
        new = document.model.objects.filter(status=Status.CONCEPT)
        keys = [*new.values_list("pk", flat=True)]
        new.update(status=Status.GEPUBLICEERD, gepubliceerd_op=timezone.now())
        add_first_versions(document, document.model.objects.filter(pk__in=keys))


def visit_before(client, address: str) -> None:
    """What the page shows of each record is not in memory any more."""
    client.get(address)
    current_stand.in_use._documents = {}


@pytest.mark.parametrize("address", COSTS)
def test_a_page_costs_these_queries_and_no_other(client, met_queries, address):
    visit_before(client, address)
    with met_queries(len(COSTS[address])) as queries:
        assert client.get(address).status_code == 200
    assert sorted(queries) == sorted(COSTS[address])


@pytest.mark.parametrize("address", COSTS)
def test_a_page_that_was_seen_before_asks_what_changed_and_what_readers_said(
    client, met_queries, address
):
    client.get(address)
    with met_queries(4) as queries:
        assert client.get(address).status_code == 200
    assert {*queries} <= {NUMBER, REACHABLE, *REACTIONS}


def test_a_detail_page_of_an_aanpak_costs_at_most_4_queries():
    assert len(COSTS["/aanpakken/abcd/"]) <= 4


@pytest.mark.parametrize("path", LISTS)
def test_a_list_that_was_seen_before_shows_a_publication_at_once(client, path):
    model = Aanpak if path == "/aanpakken/" else Interventie
    client.get(path)
    record = model.objects.get(slug="abcd")
    record.naam = "Net gewijzigd"
    record.save()
    assert "Net gewijzigd" not in html.read(client.get(path).content).text
    factories.publish(record)
    assert "Net gewijzigd" in html.read(client.get(path).content).text


@pytest.mark.long
def test_pages_cost_the_same_at_21_and_at_210_entries(client, met_queries):
    addresses = [
        *(*LISTS, "/aanpakken/?thema=zeggenschap", "/themas/", "/wie/", "/over/"),
        *("/themas/zeggenschap/", "/wie/gemeente/"),
    ]

    def cost(address: str) -> list[str]:
        visit_before(client, address)
        with met_queries(40) as queries:
            assert client.get(address).status_code == 200
        return queries

    before = {address: cost(address) for address in addresses}
    grow(210 - Aanpak.objects.count())
    document = html.read(client.get("/aanpakken/").content)
    assert html.result_count(document) == 210
    assert {address: cost(address) for address in addresses} == before


@pytest.mark.long
def test_a_change_costs_the_same_at_21_and_at_210_entries(client, met_queries):
    record = Interventie.objects.get(slug="abcd")

    def cost() -> list[str]:
        record.toelichting += " Anders."
        record.save()
        factories.publish(record)
        with met_queries(60) as queries:
            client.get("/aanpakken/")
        return queries

    client.get("/aanpakken/")
    before = cost()
    grow(210 - Aanpak.objects.count())
    client.get("/aanpakken/")
    # In a new base: else the layers would hold all that was just made.
    current_stand.reset()
    client.get("/aanpakken/")
    assert cost() == before


def test_a_page_that_does_not_exist_costs_at_most_3_queries(client, met_queries):
    client.get("/aanpakken/bestaat-niet/")
    with met_queries(3) as queries:
        assert client.get("/aanpakken/bestaat-niet/").status_code == 404
    assert queries == [
        NUMBER,
        "SELECT wholes_publicatie",  # withdrawn
        "SELECT core_vorigeslug",
    ]
