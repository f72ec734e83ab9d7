"""What a page is on paper: nobody can click there, and the address bar is gone."""

from __future__ import annotations

import pytest
from django.template.defaultfilters import date
from django.utils import timezone
from playwright.sync_api import expect

TAKEN_ALONG = {
    "/aanpakken/?doelgroep=ouderen&leeftijd=70": [
        "Doelgroep: Ouderen",
        "Leeftijd: 70 jaar",
    ],
    "/interventies/?niveau=goed-onderbouwd": ["Niveau van erkenning: Goed Onderbouwd"],
    "/praktijkvoorbeelden/?provincie=pv26": ["Provincie: Utrecht"],
    "/aanpakken/matrix/?leeftijd=14&rij=vorm&kolom=laag": ["Leeftijd: 14 jaar"],
    "/aanpakken/vergelijken/?aanpak=abcd&aanpak=citytrainers": [],
    "/selectie/?aanpak=abcd&aanpak=citytrainers&titel=Zuid": [],
    "/keuzehulp/?wens=overlast&voor=jongeren&stap=5": ["Jongeren"],
}


@pytest.fixture
def paper(visit):
    """Return a function: path → what is on its paper, as a reader sees it."""
    # As wide as A4 between its margins.
    visit.set_viewport_size({"width": 695, "height": 1000})
    visit.emulate_media(media="print")

    def show(path: str):
        visit.goto(path)
        return visit

    yield show
    visit.emulate_media(media="screen")


@pytest.mark.parametrize("path", TAKEN_ALONG)
def test_paper_tells_its_address_its_filters_and_its_date(paper, base_url, path):
    page = paper(path)
    text = page.locator("body").inner_text()
    for told in (
        base_url + path,
        date(timezone.localdate(), "j F Y"),
        *TAKEN_ALONG[path],
    ):
        assert told in text
    page.emulate_media(media="screen")
    expect(page.locator(".from")).to_be_hidden()


def test_the_paper_of_a_list_follows_its_filters(paper):
    page = paper("/aanpakken/")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("checkbox", name="Ouderen").check()
    expect(page.locator("#aantal")).to_have_text("2 resultaten gevonden")
    page.emulate_media(media="print")
    expect(page.locator(".from")).to_contain_text("/aanpakken/?doelgroep=ouderen")
    expect(page.locator(".from")).to_contain_text("Filters: Doelgroep: Ouderen")


def test_every_sheet_of_a_brochure_tells_where_it_comes_from(paper):
    page = paper("/selectie/?aanpak=abcd&aanpak=citytrainers&als=brochure")
    expect(page.locator(".cover")).to_contain_text("/selectie/?aanpak=abcd")
    for sheet in page.locator(".sheet").all():
        expect(sheet.locator(".from")).to_contain_text("/id/aanpak/")


@pytest.mark.parametrize("path", [*TAKEN_ALONG, "/aanpakken/abcd/", "/verantwoording/"])
def test_nothing_on_paper_asks_to_be_clicked_or_is_folded_away(paper, path):
    page = paper(path)
    found = page.evaluate(
        """() => {
          const seen = e => e.checkVisibility({ contentVisibilityAuto: true })
            && e.getBoundingClientRect().height > 0;
          const every = list => [...document.querySelectorAll(list)];
          const controls = every('button, input, select, label').filter(seen);
          const folded = every('main details > :not(summary)')
            .filter(e => !e.closest('.filters, .no-print, .toc') && !seen(e));
          return [...controls, ...folded].map(e => e.outerHTML.slice(0, 100));
        }"""
    )
    assert found == []


LONG = "Van een heel lange straat naar een buurt van iedereen " * 3


@pytest.mark.parametrize(
    "path", [*TAKEN_ALONG, "/aanpakken/abcd/", "/themas/zeggenschap/"]
)
def test_the_logo_stands_on_no_text(paper, path):
    page = paper(path)
    page.locator("h1").evaluate("(e, long) => e.textContent = long", LONG)
    covered = page.evaluate(
        """() => {
          const logo = document.querySelector('.logo').getBoundingClientRect();
          const found = [], range = document.createRange();
          const texts = document.createTreeWalker(
            document.querySelector('main'), NodeFilter.SHOW_TEXT);
          for (let text; (text = texts.nextNode());) {
            if (!text.parentElement.checkVisibility()) continue;
            range.selectNodeContents(text);
            for (const box of range.getClientRects())
              if (box.width && box.left < logo.right && box.right > logo.left
                  && box.top < logo.bottom && box.bottom > logo.top)
                found.push(text.data);
          }
          return found;
        }"""
    )
    assert covered == []
