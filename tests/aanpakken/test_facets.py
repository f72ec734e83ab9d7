"""A facet is declared once: everything that readers do with it follows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from urllib.parse import urlencode

import grimp
import pytest
from django.urls import clear_url_caches
from django.utils import timezone

from aanpakken import facets
from aanpakken.models import Aanpak, Uitvoeringsrol
from tests import html
from tests.facets import oracle
from wijkwijzer.search import registry
from wijkwijzer.wholes import collection
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

MODULE = "aanpakken.facets"
# Its models and its admin are registered once; no page of it shows a facet.
STAYS = "wijkwijzer.deelname"
BEGIN = "FACETS = (\n"
ONE_MORE = """
from aanpakken.models import Uitvoeringsrol

FACETS = (
    Facet("rol", "In welke rol?", Uitvoeringsrol, "uitvoeringen.rol", axis=8),
"""


@pytest.fixture
def one_more(monkeypatch, tmp_path):
    """The site as it is with one declaration more, in a copy of the file."""
    source = Path(facets.__file__).read_text("utf-8")
    assert source.count(BEGIN) == 1
    copy = tmp_path / "facets.py"
    copy.write_text(source.replace(BEGIN, ONE_MORE), "utf-8")
    # What modules register when they are read, goes back to what it was.
    monkeypatch.setitem(
        collection._collections, "aanpak", collection._collections["aanpak"]
    )
    monkeypatch.setattr(registry, "_bronnen", {**registry._bronnen})
    # Everything that was made of the declarations is made anew, of the same files.
    graph = grimp.build_graph("aanpakken", "kennisdossier", "wijkwijzer")
    for name in {MODULE, *graph.find_downstream_modules(MODULE)} & {*sys.modules}:
        if name.startswith(STAYS):
            continue
        parent, _, child = name.rpartition(".")
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(sys.modules[parent], child)
    spec = importlib.util.spec_from_file_location(MODULE, copy)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, MODULE, module)
    monkeypatch.setattr(sys.modules["aanpakken"], "facets", module, raising=False)
    spec.loader.exec_module(module)
    clear_url_caches()
    current_stand.reset()
    yield
    monkeypatch.undo()
    clear_url_caches()


@pytest.fixture
def roles(inhoud) -> oracle.Records:
    """By slug what the rows say, with the roles of who carries it out."""
    records = oracle.aanpakken(timezone.localdate())
    return {
        aanpak.slug: {
            **records[aanpak.slug],
            "rol": {*aanpak.uitvoeringen.values_list("rol", flat=True)},
        }
        for aanpak in Aanpak.objects.gepubliceerd()
    }


def page(client, address: str, **query: str) -> html.Element:
    response = client.get(f"{address}?{urlencode(query)}")
    assert response.status_code == 200
    return html.read(response.content)


@pytest.mark.long
def test_one_more_facet_is_in_the_form_with_true_counts(client, one_more, roles):
    root = page(client, "/aanpakken/", laag="bewoner")
    options = [option for option in html.options(root) if option.key == "rol"]
    assert [option.label for option in options] == [*map(str, Uitvoeringsrol.labels)]
    for option in options:
        asked = {"rol": [option.value], "laag": ["bewoner"]}
        assert option.count == len(oracle.found(roles, asked))
    assert any(option.count for option in options)
    legends = [legend.text for legend in root.all("legend")]
    assert legends[0] == "In welke rol?"


@pytest.mark.parametrize("rol", Uitvoeringsrol.values)
def test_one_more_facet_filters_the_list_and_has_a_chip(client, one_more, roles, rol):
    expected = oracle.found(roles, {"rol": [rol]})
    root = page(client, "/aanpakken/", rol=rol)
    assert {*html.result_names(root, "/aanpakken/")} == expected
    if not expected:
        return
    (chip,) = root.one(class_="chips").all("a", class_="pill")
    assert chip.text == f"Verwijder filter {Uitvoeringsrol(rol).label}"
    assert chip["href"] == "?"
    with_another = page(client, "/aanpakken/", rol=rol, laag="gemeente")
    hrefs = [
        a["href"] for a in with_another.one(class_="chips").all("a", class_="pill")
    ]
    assert {*hrefs} == {f"?rol={rol}", "?laag=gemeente"}


def test_a_value_that_one_more_facet_does_not_have_is_named(client, one_more):
    text = page(client, "/aanpakken/", rol="kijker").one("main").text
    assert "In welke rol?: “kijker” bestaat niet." in text


def test_one_more_facet_is_an_axis_of_the_matrix(client, one_more, roles):
    root = page(client, "/aanpakken/matrix/", rij="rol", kolom="laag")
    (choice,) = root.one("select", name="rij").all("option", value="rol")
    assert choice.text == "In welke rol?"
    assert "selected" in choice
    table = root.one("table", class_="matrix")
    numbers = {
        row.one("th").text: [int(cell.text) for cell in row.all("td")]
        for row in table.one("tbody").all("tr")
    }
    assert [*numbers] == [*map(str, Uitvoeringsrol.labels)]
    for rol in Uitvoeringsrol:
        *cells, total = numbers[str(rol.label)]
        rings = [{"rol": [rol.value], "laag": [laag]} for laag in RINGS]
        assert cells == [len(oracle.found(roles, asked)) for asked in rings]
        assert total == len(oracle.found(roles, {"rol": [rol.value]}))


RINGS = ("bewoner", "professional", "gemeente")


def test_without_the_declaration_there_is_no_such_facet(client):
    root = page(client, "/aanpakken/", rol="uitvoerder")
    assert not [option for option in html.options(root) if option.key == "rol"]
    assert html.result_count(root) == 21
    assert (
        "Rol" not in page(client, "/aanpakken/matrix/").one("select", name="rij").text
    )
