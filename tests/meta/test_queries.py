"""What every page costs in queries, by name: lists do not grow with the catalogue."""

from __future__ import annotations

import pytest

from aanpakken.catalogus import catalogus
from aanpakken.models import (
    Aanpak,
    Actor,
    Doelgroepkoppeling,
    Feit,
    Reflectiethema,
    Themakoppeling,
    Uitvoering,
)
from interventies.catalogus import register
from interventies.models import Databank, Erkenning, Interventie, Niveau
from kennisdossier.catalogus import kennis
from tests import factories, html
from wijkwijzer.core.models import Bron

pytestmark = pytest.mark.usefixtures("inhoud")

VERSION = "SELECT core_catalogusversie"

# The entries of one page, and what a card shows of each.
CARDS = [
    "SELECT aanpakken_aanpak",  # with form and register entry
    "SELECT interventies_erkenning",  # with databank, level and the usual validity
    "SELECT aanpakken_themakoppeling",
    "SELECT aanpakken_doelgroepkoppeling",
    "SELECT aanpakken_uitvoering",  # with ring and actor
    "SELECT aanpakken_feit",  # with source
]

DETAIL = [
    *CARDS,
    "SELECT interventies_databankvermelding",
    "SELECT aanpakken_aspectkoppeling",
    "SELECT aanpakken_elementkoppeling",
    "SELECT aanpakken_stap",
    "SELECT aanpakken_link",
    "SELECT core_bron",  # the sources of the entry
]

REGISTER = [
    "SELECT interventies_interventie",  # with its aanpak
    "SELECT interventies_erkenning",
    "SELECT interventies_databankvermelding",
]

EXAMPLE_CARDS = [
    "SELECT kennisdossier_praktijkvoorbeeld",  # with gemeente and wijk
    "SELECT aanpakken_reflectiethema",
    "SELECT kennisdossier_voorbeeldkoppeling",  # with its aanpak
]

COSTS = {
    "/aanpakken/": [VERSION, *CARDS],
    "/aanpakken/?thema=zeggenschap&laag=gemeente&leeftijd=14": [VERSION, *CARDS],
    "/aanpakken/?sorteer=recent&thema=bestaatniet": [VERSION, *CARDS],
    # Nothing found: nothing to load.
    "/aanpakken/?doelgroep=ouderen&leeftijd=3": [VERSION],
    "/aanpakken/futsal-chabbab/": DETAIL,
    "/aanpakken/abcd/": DETAIL,
    "/interventies/": [VERSION, *REGISTER],
    "/interventies/?niveau=goed-onderbouwd": [VERSION, *REGISTER],
    "/interventies/futsal-chabbab/": REGISTER,
    "/themas/": ["SELECT aanpakken_reflectiethema", VERSION],
    "/themas/zeggenschap/": [
        "SELECT aanpakken_reflectiethema",
        "SELECT aanpakken_themakoppeling",
        *CARDS,
        VERSION,  # for the number of examples
    ],
    "/wie/": [
        VERSION,
        "SELECT aanpakken_actorlaag",
        "SELECT aanpakken_richtvraag",
        "SELECT aanpakken_actor",
    ],
    "/wie/gemeente/": [
        "SELECT aanpakken_actor",  # with its ring
        "SELECT aanpakken_uitvoering",
        *CARDS,
        "SELECT aanpakken_actor",  # the others in the ring
        VERSION,  # for the points of attention
    ],
    "/kennisdossier/": [
        VERSION,
        "SELECT kennisdossier_dossier",  # with its source
        "SELECT core_organisatie",
    ],
    "/kennisdossier/samenlevingsopbouw/": [
        VERSION,
        "SELECT kennisdossier_dossier",  # with its source
        "SELECT core_organisatie",
        "SELECT kennisdossier_artikel",
        "SELECT kennisdossier_contactpunt",  # with its organisation
        "SELECT kennisdossier_reactie",
        "SELECT kennisdossier_stem",
    ],
    "/kennisdossier/samenlevingsopbouw/lessen/": [
        "SELECT kennisdossier_dossier",
        VERSION,
    ],
    "/begrippen/": ["SELECT kennisdossier_begrip"],
    "/begrippen/bonding/": [
        "SELECT kennisdossier_begrip",  # with its source
        "SELECT kennisdossier_begripverwijzing",
        "SELECT kennisdossier_praktijkvoorbeeld",
        VERSION,
    ],
    "/praktijkvoorbeelden/": [VERSION, *EXAMPLE_CARDS],
    "/praktijkvoorbeelden/in-beeld-overvecht/": [
        *EXAMPLE_CARDS,  # with source and whole
        "SELECT kennisdossier_cijfer",
        "SELECT aanpakken_doelgroep",
        "SELECT kennisdossier_wijk",  # where it was extended to
        "SELECT kennisdossier_begrip",
        "SELECT aanpakken_werkzaamelement",
        "SELECT kennisdossier_praktijkvoorbeeld",  # its parts
        VERSION,
        "SELECT kennisdossier_reactie",
        "SELECT kennisdossier_stem",
    ],
    "/praktijkvoorbeelden/in/utrecht/": [
        "SELECT kennisdossier_gemeente",
        VERSION,
        *EXAMPLE_CARDS,
        "SELECT kennisdossier_praktijkvoorbeeld",  # extended to here: none
        "SELECT kennisdossier_wijk",
    ],
    "/": [
        VERSION,  # once, for everything that is counted
        "SELECT interventies_niveau",
        "SELECT aanpakken_reflectiethema",
        "SELECT aanpakken_actorlaag",
        "SELECT aanpakken_richtvraag",
        "SELECT aanpakken_actor",
        *CARDS,  # of the three that changed last
    ],
    # Seven kinds of hits, and the number is read once.
    "/zoeken/?q=kunst": [VERSION, *CARDS],
    "/over/": [VERSION],
    "/verantwoording/": [
        "SELECT aanpakken_criterium",
        "SELECT interventies_niveau",
        "SELECT interventies_niveau",  # their steps
        "SELECT interventies_databank",
        "SELECT interventies_geldigheidsregel",
        "SELECT interventies_niveau",  # of the rules
        "SELECT core_bron",
        "SELECT core_broncorrectie",
    ],
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
        interventie = factories.make_interventie()
        aanpak = factories.make_aanpak(interventie=interventie)
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


def visit_before(client, address: str) -> None:
    """The index is built; what the page shows of each record is not yet in memory."""
    client.get(address)
    catalogus().geladen.clear()
    register().geladen.clear()
    kennis().voorbeelden.geladen.clear()


@pytest.mark.parametrize("address", COSTS)
def test_a_page_costs_these_queries_and_no_other(client, met_queries, address):
    visit_before(client, address)
    with met_queries(len(COSTS[address])) as queries:
        assert client.get(address).status_code == 200
    assert sorted(queries) == sorted(COSTS[address])


@pytest.mark.parametrize("address", [a for a in COSTS if a.partition("?")[0] in LISTS])
def test_a_list_that_was_seen_before_only_asks_whether_something_changed(
    client, met_queries, address
):
    client.get(address)
    with met_queries(1) as queries:
        assert client.get(address).status_code == 200
    assert queries == [VERSION]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_that_was_seen_before_shows_a_change_at_once(client, path):
    model = Aanpak if path == "/aanpakken/" else Interventie
    client.get(path)
    model.objects.filter(slug="abcd").update(naam="Net gewijzigd")
    assert "Net gewijzigd" in html.read(client.get(path).content).text


@pytest.mark.parametrize("address", [a for a in COSTS if a.partition("?")[0] in LISTS])
def test_a_list_costs_at_most_8_queries(address):
    assert len(COSTS[address]) <= 8


@pytest.mark.parametrize("address", [a for a in COSTS if a.count("/") == 3])
def test_a_detail_page_costs_at_most_12_queries(address):
    assert len(COSTS[address]) <= 12


def test_pages_cost_the_same_at_21_and_at_210_entries(client, met_queries):
    addresses = [*LISTS, "/aanpakken/?thema=zeggenschap", "/themas/", "/wie/", "/over/"]

    def cost(address: str) -> list[str]:
        visit_before(client, address)
        with met_queries(40) as queries:
            assert client.get(address).status_code == 200
        return queries

    before = {address: cost(address) for address in addresses}
    grow(210 - Aanpak.objects.count())
    assert Aanpak.objects.gepubliceerd().count() == 210
    document = html.read(client.get("/aanpakken/").content)
    assert html.result_count(document) == 210
    assert {address: cost(address) for address in addresses} == before


def test_building_the_index_costs_the_same_at_21_and_at_210_entries(
    client, met_queries
):
    def cost() -> list[str]:
        # A change makes the next reader build anew.
        Interventie.objects.filter(slug="abcd").update(toelichting="Anders.")
        with met_queries(60) as queries:
            client.get("/aanpakken/")
        return queries

    before = cost()
    grow(210 - Aanpak.objects.count())
    assert cost() == before


def test_a_theme_and_an_actor_cost_the_same_with_more_entries(client, met_queries):
    def cost(address: str) -> list[str]:
        visit_before(client, address)
        with met_queries(12) as queries:
            assert client.get(address).status_code == 200
        return queries

    addresses = ["/themas/zeggenschap/", "/wie/gemeente/"]
    before = {address: cost(address) for address in addresses}
    grow(20)
    assert {address: cost(address) for address in addresses} == before


def test_a_page_that_does_not_exist_costs_at_most_4_queries(client, met_queries):
    client.get("/aanpakken/bestaat-niet/")
    with met_queries(3) as queries:
        assert client.get("/aanpakken/bestaat-niet/").status_code == 404
    assert queries == [
        "SELECT aanpakken_aanpak",  # published
        "SELECT aanpakken_aanpak",  # withdrawn
        "SELECT core_vorigeslug",
    ]
