"""What is pasted into the editor keeps its words and its shape; what goes is said."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import expect

from kennisdossier.models import Artikel
from kennisdossier.opmaak import platte_tekst, problemen, schoon
from tests import factories, html
from tests.kennisdossier.test_opmaak import unsafe
from tests.meta.test_admin import address
from tests.tools.browser import axe_findings

pytestmark = pytest.mark.usefixtures("inhoud")

CASES = yaml.safe_load(Path(__file__).with_name("plakken.yaml").read_text("utf-8"))

# Puts a text in the textarea, as another script would; then pastes at a place in it.
PASTE = """async ([source, before, place]) => {
  const area = document.querySelector("textarea[data-opmaak]");
  area.value = before;
  area.dispatchEvent(new Event("change", { bubbles: true }));
  const text = document.querySelector(".ProseMirror");
  text.focus();
  getSelection().selectAllChildren(place ? text.querySelector(place) : text);
  getSelection().collapseToEnd();
  document.dispatchEvent(new Event("selectionchange"));
  const data = new DataTransfer();
  for (const [type, words] of Object.entries(source)) data.setData(type, words);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  text.dispatchEvent(new ClipboardEvent("paste", options));
  await new Promise(done => setTimeout(done, 60));
  return [area.value, document.querySelector(".opmaak-melding").textContent];
}"""


@pytest.fixture
def paste(editor, complaints):
    """Return a function: what is on the clipboard → what is saved, and what is said."""
    artikel = factories.make_artikel(tekst="<p>Eerste alinea.</p>")
    editor.goto(address(Artikel, "change", artikel.pk))
    expect(editor.locator(".ProseMirror")).to_be_visible()

    def paste(
        source: str, before: str = "", place: str = "", kind: str = "text/html"
    ) -> tuple[str, str]:
        value, says = editor.evaluate(PASTE, [{kind: source}, before, place])
        return value, says

    yield paste
    # The policy stops the styles in it before anything reads them.
    assert all("Content Security Policy" in line for line in complaints)
    complaints.clear()


def letters(text: str) -> str:
    """Letters and digits in their order; ² is 2."""
    return "".join(re.findall(r"\w", unicodedata.normalize("NFKC", text)))


def on_the_clipboard(source: str) -> str:
    """What a reader saw of what was copied, as a parser that knows nothing of ours
    reads it: without comments, marks of lists, arrows that are letters in another
    type, and what one fills in."""
    source = re.sub(r"(?s)<!--.*?-->|<!\[.*?\]>", "", source)

    def words(element: html.Element) -> Iterator[str]:
        style = element.get("style").replace(" ", "")
        heading = any(re.fullmatch("h[1-6]", e.name) for e in element.above())
        if (
            element.name in {"head", "style", "script", "noscript", "select"}
            or ("mso-list:Ignore" in style and not heading)
            or "comment-list" in style
            or "Wingdings" in style
            or ("Courier" in style and "x_" in source)
            or "MsoCommentReference" in element.get("class")
        ):
            return
        for child in element.children:
            yield from [child] if isinstance(child, str) else words(child)

    return letters("".join(words(html.read_loosely(source.encode()))))


def shown(text: str) -> str:
    """Letters and digits of a text that was cleaned."""
    return letters(unescape(re.sub("<[^>]*>", "", text)))


def test_what_is_copied_elsewhere_keeps_its_shape_and_what_goes_is_said(paste):
    found: dict[str, Any] = {}
    for case in CASES:
        value, says = paste(case["html"])
        found[case["naam"]] = (schoon(value), says)
        assert says or problemen(value) == [], case["naam"]
    assert found == {c["naam"]: (c["wordt"].rstrip("\n"), c["zegt"]) for c in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["naam"])
def test_no_word_of_what_is_copied_elsewhere_is_lost(case):
    assert shown(case["wordt"]) == on_the_clipboard(case["html"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["naam"])
def test_cleaning_alone_loses_no_word_either(case):
    """Of what reaches the database by another way than the editor."""
    cleaned = schoon(case["html"])
    assert unsafe(cleaned) == []
    words = re.findall(r"\w+", platte_tekst(case["wordt"]))
    assert [word for word in words if letters(word) not in shown(cleaned)] == []


PLACES = {
    "li": "<ul><li>punt</li></ul>",
    "td": "<table><tr><th>kop</th></tr><tr><td>cel</td></tr></table>",
    "h3": "<h3>kop</h3>",
    "blockquote p": "<blockquote><p>wijs</p></blockquote>",
    "figcaption": '<figure><img src="/static/img/favicon.svg" alt="x"><figcaption>'
    "Foto</figcaption></figure>",
}


def test_wherever_it_is_pasted_no_word_is_lost(paste):
    source = (
        "<h2>w1</h2><p>w2 <b>w3</b></p><ul><li>w4<ul><li>w5</li></ul></li></ul>"
        "<table><tr><th>w6</th><th>w7</th></tr><tr><td>w8</td><td>w9</td></tr></table>"
        "<blockquote>w10</blockquote><p>w11</p>"
    )
    words = sorted(f"w{n}" for n in range(1, 12))
    for place, before in PLACES.items():
        value, _ = paste(source, before, place)
        assert sorted(re.findall(r"w\d+", value)) == words, (place, value)
        assert [p for p in problemen(value) if "koppen" not in p] == [], place


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "span",
    "section",
    "h1",
    "h4",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "caption",
    "blockquote",
    "pre",
    "br",
    "a",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "form",
    "label",
    "button",
    "font",
    "center",
    "q",
    "s",
    "sup",
    "details",
]
ATTRIBUTES = [
    "",
    ' style="font-weight:700"',
    ' style="mso-list:l0 level2 lfo1"',
    " class=MsoListParagraph",
    ' href="https://x.example/"',
    ' href="x"',
    " colspan=2",
    " rowspan=3",
]


def soup(chance: random.Random) -> str:
    """Tags of any kind, open and closed as they come, with words between."""
    parts = []
    for number in range(chance.randint(3, 30)):
        tag = chance.choice(TAGS)
        parts.append(f"<{tag}{chance.choice(ATTRIBUTES)}> w{number} ")
        if chance.random() < 0.6:
            parts.append(f"</{chance.choice([tag, chance.choice(TAGS)])}>")
    return "".join(parts)


def test_of_any_soup_of_tags_every_word_stays_and_is_fit_to_save(paste):
    chance = random.Random()
    for _ in range(40):
        source = soup(chance)
        value, says = paste(source)
        words = sorted(re.findall(r"\bw\d+\b", source))
        assert sorted(re.findall(r"\bw\d+\b", value)) == words, source
        wrong = [p for p in problemen(value) if "koppen" not in p]
        assert wrong == [], (source, value, says)


# What is said, and when


def test_a_message_goes_with_the_next_paste(paste, editor):
    says = editor.locator(".opmaak").get_by_role("status")
    assert paste('<p>a</p><img src="https://x.example/x.png" alt="Buren">')[1] == (
        "Weggelaten: 1 afbeelding. Voeg afbeeldingen toe met de knop Afbeelding."
    )
    expect(says).to_be_visible()
    assert paste("<p>b</p>")[1] == ""
    assert paste("tel", kind="text/plain") == ("<p>tel</p>", "")


def test_plain_text_keeps_its_lines_its_lists_and_its_addresses(paste):
    text = "Zie www.movisie.nl.\r\n\r\n• een\r\n• twee\n(bel 020) <b> & _x_"
    assert schoon(paste(text, kind="text/plain")[0]) == (
        '<p>Zie <a href="https://www.movisie.nl">www.movisie.nl</a>.</p>\n'
        "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
        "<p>(bel 020) &lt;b&gt; &amp; _x_</p>"
    )


def test_words_in_a_sentence_keep_the_spaces_around_them(paste):
    source = "<html><body>\r\n<!--StartFragment--><span> en <b>dan</b> </span>"
    source += "<!--EndFragment-->\r\n</body>\r\n</html>"
    assert paste(source, "<p>eerst</p>", "p")[0] == (
        "<p>eerst en <strong>dan</strong> </p>"
    )


def test_what_is_copied_in_the_editor_comes_back_as_it_was(paste):
    source = (
        '<h4 data-pm-slice="1 1 []">Sub</h4><p><a href="#kop">b</a></p>'
        '<figure><img src="/static/img/favicon.svg" alt="x"><figcaption>Foto: Jan'
        "</figcaption></figure>"
    )
    value, says = paste(source)
    assert "<h4>Sub</h4>" in value
    assert "Foto: Jan</figcaption>" in value
    assert says == ""


@pytest.mark.parametrize("event", ["paste", "drop"])
def test_a_file_is_not_taken_and_does_not_leave_the_page(paste, editor, event):
    kept = editor.evaluate(
        """event => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "x.png", { type: "image/png" }));
          data.items.add(new File(["x"], "x.docx"));
          const options = { bubbles: true, cancelable: true };
          const sent = event === "paste"
            ? new ClipboardEvent(event, { ...options, clipboardData: data })
            : new DragEvent(event, { ...options, dataTransfer: data });
          return document.querySelector(".ProseMirror").dispatchEvent(sent);
        }""",
        event,
    )
    assert kept is False
    expect(editor.locator(".opmaak-melding")).to_have_text(
        "Weggelaten: 1 afbeelding, 1 bestand. Voeg afbeeldingen toe met de knop "
        "Afbeelding."
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_said_can_be_read_and_fits(paste, editor, width, scheme, schermafdruk):
    editor.set_viewport_size({"width": width, "height": 800})
    editor.emulate_media(color_scheme=scheme)
    paste(next(case["html"] for case in CASES if "van alles" in case["naam"]))
    editor.get_by_label("Kop", exact=True).evaluate(
        "e => { e.value = 'x'.repeat(300); "
        "e.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    expect(editor.locator("#id_naam_lengte")).to_contain_text("te veel")
    for says in (".opmaak-melding", "#id_naam_lengte"):
        box = editor.locator(says).bounding_box()
        assert box["x"] + box["width"] <= width
    schermafdruk(editor, f"admin-plakken-{width}-{scheme}")
    assert axe_findings(editor, ["color-contrast"]) == []
