"""The evidence map: every number, and the list that it opens."""

import itertools
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from aanpakken.facets import THEMA_UITLEG, AanpakFilter
from aanpakken.matrix import ASSEN, kies_assen, maak_matrix
from aanpakken.matrixbeeld import Band, maak_bel, rangen
from aanpakken.models import Doelgroep
from interventies.facets import NIVEAU_UITLEG
from tests import html
from tests.facets import oracle
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db


def matrix_of(query):
    data = QueryDict(query)
    return maak_matrix(AanpakFilter(data, current_stand()), data)


def cells(matrix):
    for row in matrix.rijen:
        yield from [*row.cellen, row.totaal]
    yield from [*matrix.kolomtotalen, matrix.totaal]


def found_at(url, records):
    """How many the rows have for a list with these filters."""
    asked = QueryDict(url.partition("?")[2])
    return len(oracle.found(records, dict(asked.lists())))


@pytest.mark.long
def test_every_number_is_what_the_rows_say_of_the_list_it_opens():
    oracle.vary()
    records = oracle.aanpakken(timezone.localdate())
    filters = ["", "laag=bewoner", "leeftijd=14&thema=problemen&thema=verbinding"]
    for row, column in itertools.permutations(ASSEN, 2):
        for query in filters:
            matrix = matrix_of(f"rij={row}&kolom={column}&{query}")
            assert matrix.rijen
            for cell in cells(matrix):
                assert cell.aantal == found_at(cell.url, records), cell.url


@pytest.mark.parametrize("axes", ["rij=thema&kolom=doelgroep", "rij=niveau&kolom=laag"])
def test_every_cell_opens_a_page_with_as_many_results(client, axes):
    for cell in cells(matrix_of(axes)):
        assert client.get(cell.url).context["aantal"] == cell.aantal


def test_the_levels_of_a_cell_add_up_to_its_number():
    for cell in cells(matrix_of("rij=thema&kolom=laag")):
        assert sum(part.aantal for part in cell.niveaus) == cell.aantal


def test_an_unknown_level_is_a_column():
    labels = [value.label for value in matrix_of("rij=thema&kolom=niveau").kolommen]
    assert labels[-1] == "Niet bekend"


def test_a_filter_on_an_axis_limits_its_values():
    matrix = matrix_of("rij=thema&kolom=laag&thema=zeggenschap")
    assert [row.waarde.slug for row in matrix.rijen] == ["zeggenschap"]


@pytest.mark.parametrize("query", ["rij=x", "kolom=x", "rij=laag&kolom=laag"])
def test_axes_that_cannot_be_are_replaced_and_it_says_so(query):
    row, column, messages = kies_assen(QueryDict(query))
    assert row != column
    assert {row, column} <= set(ASSEN)
    assert len(messages) == 1


def test_the_spreadsheet_has_the_numbers_of_the_page(client):
    url = reverse("aanpakken:matrix_csv") + "?rij=laag&kolom=niveau"
    header, *rows = client.get(url).content.decode("utf-8-sig").splitlines()
    matrix = matrix_of("rij=laag&kolom=niveau")
    assert header.split(";")[1:-1] == [value.label for value in matrix.kolommen]
    for line, row in zip(rows, matrix.rijen, strict=False):
        numbers = [cell.aantal for cell in [*row.cellen, row.totaal]]
        assert line.split(";")[1:] == [str(number) for number in numbers]


def test_a_label_that_is_a_formula_is_made_harmless(client):
    Doelgroep.objects.filter(slug="ouderen").update(naam="=1+1")
    url = reverse("aanpakken:matrix_csv") + "?rij=thema&kolom=doelgroep"
    assert ";'=1+1;" in client.get(url).content.decode("utf-8-sig")


def test_the_drawing_is_well_formed_and_has_every_number(client):
    Doelgroep.objects.filter(slug="ouderen").update(naam="Ouderen & <jong>")
    for query in ("", "?rij=vorm&kolom=doelgroep&thema=verbinding"):
        response = client.get(reverse("aanpakken:matrix_svg") + query)
        assert response["Content-Type"] == "image/svg+xml"
        drawing = ElementTree.fromstring(response.content)  # noqa: S314  # our own
        matrix = matrix_of(query.removeprefix("?"))
        texts = [text for text in drawing.itertext() if text.strip().isdigit()]
        assert sorted(texts) == sorted(str(cell.aantal) for cell in cells(matrix))


def test_the_bands_of_a_bubble_are_its_known_levels():
    ranks = rangen(["Effectief", "Goed Onderbouwd", "Goed Beschreven"])
    for cell in cells(matrix_of("rij=laag&kolom=thema")):
        bubble = maak_bel(cell, 21, ranks)
        known = sum(p.aantal for p in cell.niveaus if p.niveau != "Niet bekend")
        whole = sum(band.deel for band in bubble.banden)
        assert round(whole * max(cell.aantal, 1)) == known
        assert 1 <= bubble.stap <= 9


@pytest.mark.long
def test_a_level_that_lapsed_or_probably_did_is_drawn_in_dashes():
    oracle.vary()
    records = oracle.aanpakken(timezone.localdate())
    lapsed = {"verlopen", "waarschijnlijk-verlopen"}
    matrix = matrix_of("rij=thema&kolom=niveau")
    ranks = rangen(["Effectief", "Goed Onderbouwd", "Goed Beschreven"])
    bubble = maak_bel(matrix.totaal, 21, ranks)
    for rank, slug in enumerate(["goed-beschreven", "goed-onderbouwd", "effectief"], 1):
        for dashed in (False, True):
            expected = [
                values
                for values in records.values()
                if slug in values["niveau"]
                and (not lapsed.isdisjoint(values["erkenning"])) is dashed
            ]
            drawn = [
                b for b in bubble.banden if (b.rang, b.vervallen) == (rank, dashed)
            ]
            part = sum(band.deel for band in drawn)
            assert round(part * matrix.totaal.aantal) == len(expected), (slug, dashed)


@pytest.mark.parametrize(("part", "start"), [(1, 0), (0.25, 0.5), (0.01, 0)])
def test_dashes_fill_their_part_of_the_ring_and_nothing_more(part, start):
    for lapsed in (False, True):
        band = Band(1, part, start, vervallen=lapsed)
        strokes = [float(number) for number in band.procenten.split()]
        # What is drawn, and the gap after the last stroke.
        assert len(strokes) % 2 == 0
        assert sum(strokes[:-1]) <= 100 * part + 0.01
        assert (len(strokes) > 2) is lapsed


def test_the_legend_says_in_words_what_the_rings_mean(client):
    text = html.read(client.get("/aanpakken/matrix/").content).one(class_="legend").text
    assert "Een rand van streepjes: het niveau is verlopen" in text
    assert "(waarschijnlijk) verlopen" in text


def test_the_caption_names_both_axes_as_the_filters_do(client):
    address = "/aanpakken/matrix/?rij=vraagstuk&kolom=laag"
    caption = html.read(client.get(address).content).one("caption").text
    assert caption == (
        "Aantal aanpakken: “Wat speelt er?” in de rijen, “Wie doet het?” in de kolommen"
    )


def test_who_hears_a_bubble_hears_that_a_level_lapsed(client):
    page = html.read(client.get("/aanpakken/matrix/?rij=niveau&kolom=thema").content)
    heard = {
        label.partition(" en ")[0]: label.partition("aanpak")[2]
        for label in (a["aria-label"] for a in page.all("a", class_="bubble"))
        if " en Verbinding" in label
    }
    assert heard["Effectief"] == ", bij 1 is het niveau (waarschijnlijk) verlopen"
    assert "verlopen" not in heard["Niet bekend"]


@pytest.mark.parametrize(
    ("axes", "told"),
    [("", True), ("?rij=thema&kolom=vorm", True), ("?kolom=vorm", False)],
)
def test_with_themes_it_says_that_what_touches_on_one_counts(client, axes, told):
    page = client.get(reverse("aanpakken:matrix") + axes).content.decode()
    assert (THEMA_UITLEG in page) == told


@pytest.mark.parametrize("axes", ["", "?rij=thema&kolom=niveau", "?rij=vorm"])
def test_the_drawing_says_as_much_of_what_counts_as_the_page(client, axes):
    def told(name: str) -> str:
        page = client.get(reverse(f"aanpakken:{name}") + axes)
        return html.read_loosely(page.content).text

    for remark in (THEMA_UITLEG, NIVEAU_UITLEG):
        # Once drawn, once for who hears it.
        assert told("matrix_svg").count(remark) == 2 * told("matrix").count(remark)


def test_beside_the_counts_of_themes_a_list_says_what_counts(client):
    page = html.read(client.get(reverse("aanpakken:list")).content)
    (themes,) = (
        part
        for part in page.all("fieldset")
        if part.one("legend").text.strip() == "Thema"
    )
    assert THEMA_UITLEG in themes.text
