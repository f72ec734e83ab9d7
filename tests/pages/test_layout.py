"""Words that are too long for a phone, cards that are too few for a row, and length."""

from __future__ import annotations

import pytest

from tests import factories
from tests.tools.audit import lost

LONG = "arbeidsongeschiktheidsverzekering"
SMALL_THINGS = ".pill, .badge, .checkbox, .meta li, .kinds a, .facet > summary, .tile"

# The first words of every small thing become longer than a phone is wide.
LENGTHEN = """([things, long]) => {
  for (const e of document.querySelectorAll(things)) {
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
      if (!text.data.trim() || text.parentElement.closest('.visually-hidden')) continue;
      text.data = `${text.data.trimEnd()} ${long} `;
      break;
    }
  }
}"""
# Soft hyphens stand in words of twelve letters or more.
BROKEN = """things => {
  const found = [], range = document.createRange();
  for (const e of document.querySelectorAll(things)) {
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
      if (!e.checkVisibility() || text.parentElement.closest('.visually-hidden'))
        continue;
      for (const word of text.data.matchAll(/[^\\s-]+/g)) {
        if (word[0].length >= 12) continue;
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
        if (lines.size > 1) found.push(`${word[0]} in ${e.textContent.trim()}`);
      }
    }
  }
  return found;
}"""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/aanpakken/?doelgroep=ouderen&aspect=sociaal",
        "/aanpakken/?doelgroep=ouderen&leeftijd=3&q=eenzaamheid",
        "/zoeken/?q=bewoners",
    ],
)
def test_a_long_word_breaks_where_a_phone_ends_and_a_short_one_never(visit, path):
    visit.set_viewport_size({"width": 320, "height": 640})
    visit.goto(path)
    if toggle := visit.locator("button[data-toggle=filters]").all():
        toggle[0].click()
    for lengthened in (False, True):
        if lengthened:
            visit.evaluate(LENGTHEN, [SMALL_THINGS, LONG])
        assert lost(visit) == []
        assert visit.evaluate(BROKEN, SMALL_THINGS) == []


@pytest.mark.parametrize("path", ["/interventies/", "/aanpakken/", "/zoeken/?q=wijk"])
@pytest.mark.parametrize("width", [768, 1280])
def test_a_short_word_never_breaks_on_a_wide_screen(visit, path, width):
    visit.set_viewport_size({"width": width, "height": 800})
    visit.goto(path)
    assert visit.evaluate(BROKEN, SMALL_THINGS) == []


def test_a_name_of_one_long_word_and_signing_in_fit_on_the_smallest_screens(visit):
    factories.make_aanpak(naam="q" * 80, slug="lang")
    wide = "document.documentElement.scrollWidth"
    for width, path in (
        (320, "/aanpakken/vergelijken/?aanpak=lang"),
        (320, "/aanpakken/vergelijken/?aanpak=lang&aanpak=abcd"),
        (240, "/admin/login/"),
    ):
        visit.set_viewport_size({"width": width, "height": 640})
        visit.goto(path)
        assert visit.evaluate(wide) == width, path


# The grids in which a card is the only one of the last row, though there are columns.
ALONE = """() => [...document.querySelectorAll('.grid')].flatMap(grid => {
  const rows = new Map();
  for (const card of grid.children) {
    const { top } = card.getBoundingClientRect();
    rows.set(top, 1 + (rows.get(top) ?? 0));
  }
  const counts = [...rows.values()];
  return Math.max(...counts) > 1 && counts.at(-1) === 1
    ? [`${innerWidth} px: ${counts} in ${grid.textContent.trim().slice(0, 20)}`] : [];
})"""
WIDTHS = range(320, 1400, 89)


@pytest.mark.parametrize("path", ["/", "/themas/", "/zoeken/", "/kennisdossier/"])
def test_no_card_stands_alone_on_the_last_row(visit, path):
    visit.goto(path)
    found = []
    for width in WIDTHS:
        visit.set_viewport_size({"width": width, "height": 800})
        found += visit.evaluate(ALONE)
    assert found == []


def test_any_number_of_cards_fills_as_many_columns_as_there_can_be(visit):
    visit.goto("/themas/")
    columns = {}
    for number in range(2, 10):
        visit.evaluate(
            """number => {
              const grid = document.querySelector('.grid');
              grid.classList.remove('tiles');
              const card = grid.firstElementChild;
              grid.replaceChildren(
                ...Array.from({ length: number }, () => card.cloneNode(true)));
            }""",
            number,
        )
        columns[number] = set()
        for width in WIDTHS:
            visit.set_viewport_size({"width": width, "height": 800})
            assert visit.evaluate(ALONE) == []
            columns[number].add(
                visit.evaluate(
                    """() => getComputedStyle(document.querySelector('.grid'))
                      .gridTemplateColumns.split(' ').filter(w => w !== '0px').length"""
                )
            )
    assert columns == {
        2: {1, 2},
        3: {1, 3},
        4: {1, 2, 4},
        5: {1, 3},
        6: {1, 2, 3, 4},
        7: {1, 4},
        8: {1, 2, 3, 4},
        9: {1, 3},
    }


def test_home_is_no_longer_than_six_screens_of_a_phone_and_a_half(visit):
    visit.set_viewport_size({"width": 360, "height": 800})
    visit.goto("/")
    assert visit.evaluate("document.documentElement.scrollHeight / innerHeight") <= 6.5


# Its right edge is where the page ends that it is taken along to.
BESIDE_THE_DRAWING = """() => {
  const { width } = document.querySelector('svg').viewBox.baseVal;
  return [...document.querySelectorAll('svg text')].map(e => {
    const { x, width: wide } = e.getBBox();
    const turned = e.hasAttribute('transform');
    return [turned ? 0 : Math.round(x + wide), e.textContent];
  }).filter(([right]) => right > width);
}"""


@pytest.mark.parametrize(
    "query",
    [
        "rij=thema&kolom=niveau",
        "rij=niveau&kolom=doelgroep",
        "rij=thema&kolom=niveau&niveau=effectief&laag=gemeente&leeftijd=14"
        "&doelgroep=jongeren&doelgroep=ouderen&doelgroep=kinderen&thema=verbinding",
    ],
)
def test_nothing_of_the_drawing_of_a_matrix_is_cut_off(visit, client, query):
    drawing = client.get(f"/aanpakken/matrix.svg?{query}").content.decode()
    visit.set_content(drawing.partition("?>")[2])
    assert visit.evaluate(BESIDE_THE_DRAWING) == []
    # Over as many lines as it needs, it says where it comes from.
    source = visit.locator("svg a")
    assert source.get_attribute("href") in source.text_content().replace(" ", "")
