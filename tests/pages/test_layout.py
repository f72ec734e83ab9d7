"""What pages do with words that are too long for them, and with cards that are too few."""

from __future__ import annotations

import pytest

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
      if (!e.checkVisibility() || text.parentElement.closest('.visually-hidden')) continue;
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
