"""Cleaned text is safe, valid and the same when cleaned again; its words all stay."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from kennisdossier.models import Artikel
from kennisdossier.opmaak import (
    Anker,
    OpgemaakteTekstFormField,
    met_ankers,
    platte_tekst,
    problemen,
    schoon,
)
from kennisdossier.opmaak.lezen import ATTRIBUTEN, SCHEMAS, TAGS
from kennisdossier.opmaak.velden import MAX_TEKENS
from tests import factories, html

FOTO = '<img src="/media/afbeeldingen/a1.jpg" alt="Buren" width="40" height="30">'
BLOCKS = {"p", "h3", "h4", "ul", "ol", "blockquote", "table", "figure"}


def unsafe(text: str) -> list[str]:
    """What a page may not have, as a parser that knows nothing of ours reads it."""
    found: list[str] = []

    class Inspector(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in TAGS:
                found.append(f"<{tag}>")
            for name, value in attrs:
                if name not in ATTRIBUTEN.get(tag, ()):
                    found.append(f"{tag} {name}")
                if name == "href" and not re.match(
                    r"https?://[^/\\\s]|mailto:|/(?![/\\])|#", value, re.I
                ):
                    found.append(f"href {value}")
                if name == "src" and not re.fullmatch(
                    r"/(media|static)/[\w./-]+", value
                ):
                    found.append(f"src {value}")
            if tag == "img" and not dict(attrs).get("alt", "").strip():
                found.append("img without alt")

        def handle_comment(self, data):
            found.append(f"<!--{data}")

        handle_decl = handle_pi = unknown_decl = handle_comment

    Inspector().feed(text)
    return found


def wrong(text: str) -> list[str]:
    """What is not as our pages have it: only blocks at the top, nothing misplaced."""
    found = []
    root = html.read(text)
    for child in root.children:
        if isinstance(child, str):
            found += [child] if child.strip() else []
        elif child.name not in BLOCKS:
            found.append(f"<{child.name}> at the top")
    parents = {
        "li": {"ul", "ol"},
        "tr": {"thead", "tbody"},
        "td": {"tr"},
        "th": {"tr"},
        "figcaption": {"figure"},
        "img": {"figure"},
        "h3": {"document"},
        "h4": {"document"},
    }
    flow = {"document", "blockquote", "li", "td", "th"}
    for element in root.all():
        allowed = parents.get(element.name) or (element.name in BLOCKS and flow)
        if allowed and element.parent.name not in allowed:
            found.append(f"<{element.name}> in <{element.parent.name}>")
        above = [e.name for e in element.above()]
        if element.name in above and element.name in {"a", "strong", "em", "table"}:
            found.append(f"<{element.name}> in itself")
    for table in root.all("table"):
        widths = {
            sum(int(cell.get("colspan", "1")) for cell in row.children)
            for row in table.all("tr")
        }
        if len(widths) > 1 and not any("rowspan" in e for e in table.all()):
            found.append(f"rows of {widths} cells")
    levels = [e.name for e in root.all("h3", "h4")]
    if levels[:1] == ["h4"]:
        found.append("begins with a second level")
    return found


def check(source: str) -> str:
    cleaned = schoon(source)
    assert unsafe(cleaned) == []
    assert wrong(cleaned) == []
    assert schoon(cleaned) == cleaned
    safe = nh3.clean(
        cleaned, tags=TAGS, attributes=ATTRIBUTEN, url_schemes=SCHEMAS, link_rel=None
    )
    assert safe == cleaned, "the last look at it found something"
    return cleaned


# What is left out

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "<img src=/media/a.png alt=x onerror=alert(1)>",
    '<img src="/media/a.png" alt="x"onload=alert(1) style="position:fixed">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="x">',
    '<img src="//evil.example/a.png" alt="x">',
    '<img src="/media/../admin/logout/" alt="x">',
    '<img src="/media/%2e%2e/admin/" alt="x">',
    '<img src="/media/a.png?x=1" alt="x">',
    '<img src="\\\\evil.example\\a.png" alt="x">',
    '<img src="/media//evil" alt="x">',
    '<a href="javascript:alert(1)">klik</a>',
    '<a href="JaVaScRiPt:alert(1)">klik</a>',
    '<a href=" javascript:alert(1)">klik</a>',
    '<a href="java\nscript:alert(1)">klik</a>',
    '<a href="java&#10;script:alert(1)">klik</a>',
    '<a href="&#106;avascript:alert(1)">klik</a>',
    '<a href="&#x6A&#x61&#x76&#x61script:alert(1)">klik</a>',
    '<a href="\x01javascript:alert(1)">klik</a>',
    '<a href="javascript&colon;alert(1)">klik</a>',
    '<a href="vbscript:x">klik</a>',
    '<a href="data:text/html,<script>alert(1)</script>">klik</a>',
    '<a href="//evil.example">klik</a>',
    '<a href="/\\evil.example">klik</a>',
    '<a href="\\\\evil.example">klik</a>',
    '<a href="/\t/evil.example">klik</a>',
    '<a href="https:evil.example">klik</a>',
    '<a href="https:///evil.example">klik</a>',
    '<a href="blob:https://evil.example/1">klik</a>',
    '<a href="/" target="_blank" onclick="alert(1)" style="color:red">klik</a>',
    '<p style="background:url(javascript:alert(1))" class="x" id="y">tekst</p>',
    "<style>*{display:none}</style>",
    '<link rel="stylesheet" href="//evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    '<base href="//evil.example/">',
    '<iframe src="javascript:alert(1)">kader</iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x.swf">voorwerp</object><embed src="x">',
    '<form action="//evil.example"><input name="x"><button>stuur</button></form>',
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)">x</a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 "
    "onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</noscript>',
    "<textarea></textarea><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x>tekst</x>",
    "<template><script>alert(1)</script></template>",
    "<p><a><b><p></a></b>x",
    "<table><tr><td><table><tr><td><script>alert(1)</script>x",
    "<select><option><img src=x onerror=alert(1)>x</select>",
    '<img alt="<script>alert(1)</script>" src="/media/a.png">',
    "<a href='/\"><script>alert(1)</script>'>klik</a>",
    '<img src="/media/a.png" alt="a" width="1 onerror=alert(1)" height="100%">',
    '<td colspan="9999999999" rowspan="-1" onclick=alert(1)>x</td>',
    "<div\x00><p\x00onclick=alert(1)>x",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src onerror=alert(1)>",
    "<p onmouseover\x0b=alert(1)>x</p>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_unsafe_survives(attack):
    check(attack)
    check(f"<p>voor {attack} na</p>")
    check(f"<table><tr><td>{attack}</td></tr></table>")
    check(f'<ul><li title="{attack}">{attack}</ul>')


def test_what_a_script_or_a_style_says_is_no_text():
    assert check("<script>a</script><style>b</style>c") == "<p>c</p>"


def test_a_link_that_goes_leaves_its_words():
    assert check('<a href="javascript:1">klik</a>') == "<p>klik</p>"


TAG_NAMES = sorted(
    TAGS
    | {"h1", "h2", "h5", "b", "i", "div", "span", "section", "dl", "dd", "u", "pre"}
    | {"svg", "math", "style", "form", "button", "template", "hr", "center", "font"}
)
ADDRESSES = st.sampled_from(
    [
        "/pad/",
        "//x.nl",
        "https://x.nl/é?a=b&c",
        "javascript:1",
        "#x",
        "www.x.nl",
        "/\\x",
    ]
)
attributes = st.sampled_from(
    ["", ' colspan="2"', ' rowspan="3"', ' colspan="40"', ' start="4"', ' style="x"']
) | ADDRESSES.map(lambda a: f' href="{a}"')
markup = st.builds("<{}{}>".format, st.sampled_from(TAG_NAMES), attributes)
ends = st.sampled_from(TAG_NAMES).map("</{}>".format)
spaces = st.sampled_from([" ", "\n", "\n\n", "&nbsp;", "\xa0", "\t", "<br>", "\u200b"])
odd = st.sampled_from(
    ["<", ">", "&", "&amp;", "&lt;", '"', "<!--", "-->", "\x00", FOTO]
)
soup = st.lists(
    markup | ends | spaces | odd | st.text(max_size=8), min_size=1, max_size=40
).map("".join)


@given(soup)
@example("<ul><ul><li>a</ul><li>b<p>c<ol>d</ul>")
@example("<table><tr><td rowspan=3>a<tr><td>b<td>c<tr><td>d</table>")
@example("<p>a<strong> </strong>&nbsp;<em>&nbsp;b</em><br> <br>c")
def test_any_soup_of_tags_becomes_safe_and_stays_the_same(source):
    check(source)


@given(st.text())
def test_any_text_becomes_safe_and_stays_the_same(source):
    check(source)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_typed_characters_come_back_as_they_were(text):
    assert platte_tekst(schoon(f"<p>{escape(text)}</p>")) == text


# What stays

# Of these a browser itself drops text or moves it out of sight.
KEEPING = [
    name
    for name in TAG_NAMES
    if name not in {"style", "template", "svg", "math", "form", "button", "font"}
]


@given(
    st.lists(
        st.builds("<{}>".format, st.sampled_from(KEEPING))
        | st.sampled_from(KEEPING).map("</{}>".format)
        | st.integers(0, 10**6).map(" w{} ".format),
        max_size=40,
    ).map("".join)
)
def test_no_word_is_ever_lost(source):
    words = sorted(re.findall(r"w\d+", source))
    assert sorted(platte_tekst(schoon(source)).split()) == words


@given(st.lists(st.sampled_from(sorted(BLOCKS)), max_size=30))
def test_words_in_different_blocks_do_not_run_together(tags):
    source = "".join(f"<{tag}>een</{tag}>" for tag in tags)
    assert platte_tekst(schoon(source)).split() == ["een"] * len(tags)


CLEANED = [
    # What the editor writes.
    ("<p>Een <strong>vet</strong> <em>woord</em>.</p>", None),
    ("<ul><li><p>een</p></li></ul>", "<ul>\n<li>een</li>\n</ul>"),
    ("<ol start=3><li>c</li></ol>", '<ol start="3">\n<li>c</li>\n</ol>'),
    ("<p></p><p> &nbsp; </p><ul><li></li></ul>", ""),
    ("<blockquote>wijs</blockquote>", "<blockquote>\n<p>wijs</p>\n</blockquote>"),
    (f"<figure>{FOTO}<figcaption>Foto: Jan</figcaption></figure>", None),
    # Headings.
    ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>"),
    ("<h4>a</h4><h3>b</h3><h4>c</h4>", "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>"),
    ("<li><h3>a</h3></li>", "<h3>a</h3>"),
    ("<ul><li><h3>a</h3></ul>", "<ul>\n<li><strong>a</strong></li>\n</ul>"),
    # Written without an editor.
    ("een\n\ntwee", "<p>een</p>\n<p>twee</p>"),
    ("een\ntwee & drie", "<p>een twee &amp; drie</p>"),
    ("een\r\n \r\n<b>twee</b>", "<p>een</p>\n<p><strong>twee</strong></p>"),
    ("<p>een\n\ntwee</p>", "<p>een twee</p>"),
    # Pasted.
    ("<div>een</div><div>twee</div>", "<p>een</p>\n<p>twee</p>"),
    ("<p>een<br><br>twee<br></p>", "<p>een</p>\n<p>twee</p>"),
    ("<p>een<br>twee</p>", None),
    ("<p>een<b> </b><b><br></b> <i><br> twee</i>", "<p>een</p>\n<p><em>twee</em></p>"),
    ("<b>a</b><b>b</b>", "<p><strong>ab</strong></p>"),
    ("<em><b>a</b></em>", "<p><strong><em>a</em></strong></p>"),
    ("<ul><li>a</li><ul><li>b</li></ul></ul>",
     "<ul>\n<li>a<ul>\n<li>b</li>\n</ul></li>\n</ul>"),
    ("<figure><table><tr><td>a</table></figure>",
     "<table>\n<tbody>\n<tr><td>a</td></tr>\n</tbody>\n</table>"),
    (f"<p>voor {FOTO} na</p>", f"<p>voor</p>\n<figure>{FOTO}</figure>\n<p>na</p>"),
    (f"<figure>{FOTO}{FOTO}<figcaption>x</figcaption></figure>",
     f"<figure>{FOTO}<figcaption>x</figcaption></figure>\n<figure>{FOTO}</figure>"),
    # Spaces.
    ("<p> een   twee\n drie </p>", "<p>een twee drie</p>"),
    ("<p>10&nbsp;%</p>", None),
    ("<p>&nbsp;een&nbsp; twee &nbsp;drie&nbsp;</p>", "<p>een twee drie</p>"),
    ("<p>a <strong> b </strong> c</p>", "<p>a <strong>b </strong>c</p>"),
    # Links.
    ('<a href="https://x.nl/a?b=1&amp;c=2#d">x</a>',
     '<p><a href="https://x.nl/a?b=1&amp;c=2#d">x</a></p>'),
    ('<a href="www.movisie.nl">x</a>', '<p><a href="https://www.movisie.nl">x</a></p>'),
    ('<a href="/a b/">x</a>', '<p><a href="/a%20b/">x</a></p>'),
    ('<a href="mailto:info@x.nl">x</a>', '<p><a href="mailto:info@x.nl">x</a></p>'),
    ('<a href="#kop">x</a>', '<p><a href="#kop">x</a></p>'),
    ('<a href="https://x.nl/é">x</a>', '<p><a href="https://x.nl/é">x</a></p>'),
    ('<p>a<a href="/x"> </a>b</p>', "<p>a b</p>"),
    ('<p><a href="relatief">a</a></p>', "<p>a</p>"),
    ('<a href="/x"><p>a</p><p>b</p></a>',
     '<p><a href="/x">a</a></p>\n<p><a href="/x">b</a></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CLEANED)
def test_every_text_has_one_form(source, expected):
    assert check(source) == (source if expected is None else expected)


# Tables


def rows(source: str) -> list[list[str]]:
    """The cells of the rows, each as it is written without its words."""
    table = html.read(check(source)).one("table")
    return [
        [
            " ".join([cell.name, *(f"{k}={v}" for k, v in cell.attributes.items())])
            for cell in row.children
        ]
        for row in table.all("tr")
    ]


def test_header_rows_are_a_head_and_say_for_what_they_are():
    source = "<table><tr><th>a<th colspan=2>b<tr><th>c<td>d<td>e</table>"
    assert rows(source) == [
        ["th scope=col", "th scope=colgroup colspan=2"],
        ["th scope=row", "td", "td"],
    ]
    table = html.read(schoon(source)).one("table")
    assert [e.name for e in table.children if not isinstance(e, str)] == [
        "thead",
        "tbody",
    ]


def test_an_empty_corner_is_no_heading():
    source = "<table><tr><th><th>b<tr><th>c<td>d</table>"
    assert rows(source) == [["td", "th scope=col"], ["th scope=row", "td"]]


def test_a_head_may_have_been_written_with_ordinary_cells():
    source = "<table><thead><tr><td>a<td>b</thead><tr><td>c<td>d</table>"
    assert rows(source)[0] == ["th scope=col", "th scope=col"]


def test_only_headings_are_one_head_and_rows():
    source = "<table><tr><th>a<tr><th>b</table>"
    assert rows(source) == [["th scope=col"], ["th scope=row"]]


def test_short_rows_are_filled():
    assert rows("<table><tr><td>a<tr><td>b<td>c</table>") == [["td", "td"]] * 2


def test_a_cell_over_rows_stays_in_the_table_and_under_nothing_else():
    source = "<table><tr><td rowspan=9>a<td>b<tr><td>c<td>d</table>"
    assert rows(source) == [["td rowspan=2", "td", "td"], ["td", "td"]]
    source = "<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c</table>"
    assert rows(source) == [["td", "td rowspan=2"], ["td"]]


def test_a_table_in_a_table_becomes_paragraphs_in_its_cell():
    source = "<table><tr><td>a<table><tr><td>b<td>c</table></table>"
    assert "<td><p>a</p><p>b</p><p>c</p></td>" in check(source)


def test_a_table_keeps_its_title_and_goes_when_it_is_empty():
    assert "<caption>Wie &amp; wat</caption>" in check(
        "<table><caption><b>Wie</b> &amp; wat</caption><tr><td>a</table>"
    )
    assert check("<table><tr><td> <td></table>") == ""


# Size


@pytest.mark.parametrize(
    "source",
    [
        f"<p>{'woord ' * 150}<b>vet</b></p>" * 1_100,
        "<p>woord <b>vet</b></p>" * 4_000,
        "<ul><li>" * 300 + "x",
        "<blockquote>" * 2_000 + "x",
        "<table><tr><td>" * 1_000 + "x",
        "<a href=/x>" * 20_000 + "x",
        "<table><tr>" + "<td>x" * 4_000,
    ],
    ids=lambda source: source[:20],
)
def test_a_megabyte_and_deep_nests_are_cleaned(source):
    cleaned = schoon(source)
    assert unsafe(cleaned) == []
    assert platte_tekst(cleaned)
    assert schoon(cleaned) == cleaned


# Words and anchors


def test_plain_text_separates_blocks_and_reads_entities():
    source = (
        "<h3>Kop</h3>\n<ul>\n<li>een<ul>\n<li>R&amp;D &lt;3</li>\n</ul></li>\n</ul>"
    )
    assert platte_tekst(source) == "Kop een R&D <3"
    assert platte_tekst("<p>10&nbsp;% en<br>meer</p>") == "10 % en meer"


def test_every_heading_gets_its_own_anchor():
    source = schoon(
        f"<h3>Wie &amp; <em>wat</em></h3><h4>x</h4><h3>Wie wat</h3><h3>?!</h3>{FOTO}"
    )
    text, ankers = met_ankers(source)
    assert ankers == [
        Anker("wie-wat", "Wie & wat"),
        Anker("wie-wat-2", "Wie wat"),
        Anker("kop", "?!"),
    ]
    assert '<h3 id="wie-wat">Wie &amp; <em>wat</em></h3>' in text
    assert re.sub(r' id="[\w-]+"', "", text) == source
    assert met_ankers("<h3>Wie</h3>", "artikel")[1] == [Anker("artikel-wie", "Wie")]


def test_a_heading_in_a_description_stays_a_description():
    source = schoon(FOTO.replace("Buren", "&lt;h3&gt;x&lt;/h3&gt;"))
    assert "h3" in source
    assert met_ankers(source) == (source, [])


# The form field


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('<img src="/media/afbeeldingen/a.png">', "heeft geen beschrijving"),
        ('<img src="/media/afbeeldingen/a.png" alt=" ">', "heeft geen beschrijving"),
        (f"<p>{FOTO}</p>", "wie hem maakte"),
        ('<img src="https://x.nl/a.png" alt="x">', "van een andere site kan niet"),
        ('<img src="data:image/png;base64,AA" alt="x">', "van een andere site"),
        ('<img alt="x">', "van een andere site"),
        ("<p>" + "x" * MAX_TEKENS, "niet meer dan 200000 tekens"),
        ("", "Dit veld is verplicht."),
    ],
)
def test_a_form_says_what_is_wrong(source, says):
    with pytest.raises(ValidationError) as error:
        OpgemaakteTekstFormField().clean(source)
    assert says in " ".join(error.value.messages)


def test_a_form_returns_clean_text_and_says_each_thing_once():
    assert OpgemaakteTekstFormField().clean("<h1>a</h1>") == "<h3>a</h3>"
    assert problemen("<img alt=x><img alt=y>") == problemen("<img alt=x>")
    assert problemen(f"<figure>{FOTO}<figcaption>x</figcaption></figure>") == []


def test_another_way_to_write_the_same_is_no_change():
    field = OpgemaakteTekstFormField()
    assert not field.has_changed("<p>a</p>\n<p>b</p>", "<p>a</p><p>b</p>")
    assert field.has_changed("<p>a</p>", "<p>b</p>")


# Saving

DIRTY, CLEAN = "<h1>a</h1><script>alert(1)</script>", "<h3>a</h3>"


@pytest.fixture
def artikel(inhoud) -> Artikel:
    return factories.make_artikel(tekst=DIRTY)


def stored(artikel: Artikel) -> str:
    return Artikel.objects.values_list("tekst", flat=True).get(pk=artikel.pk)


def test_saving_cleans_the_record_and_the_database(artikel):
    assert artikel.tekst == stored(artikel) == CLEAN


def test_every_other_way_to_write_cleans_as_well(artikel, tmp_path):
    Artikel.objects.filter(pk=artikel.pk).update(tekst=DIRTY)
    assert stored(artikel) == CLEAN
    artikel.tekst = DIRTY
    Artikel.objects.bulk_update([artikel], ["tekst"])
    assert stored(artikel) == CLEAN
    (other,) = Artikel.objects.bulk_create(
        [Artikel(dossier=artikel.dossier, naam="x", slug="x", tekst=DIRTY)]
    )
    assert stored(other) == CLEAN


def test_loading_a_fixture_cleans_as_well(artikel, tmp_path):
    file = tmp_path / "artikel.yaml"
    file.write_text(
        "- model: kennisdossier.artikel\n"
        f"  fields: {{dossier: [{artikel.dossier.slug}], naam: x, slug: y, "
        f"tekst: '{DIRTY}'}}\n",
        encoding="utf-8",
    )
    call_command("loaddata", file, verbosity=0)
    assert stored(Artikel.objects.get(dossier=artikel.dossier, slug="y")) == CLEAN


def test_the_articles_of_the_site_are_as_they_were_written(inhoud):
    for artikel in Artikel.objects.all():
        assert check(artikel.tekst) == artikel.tekst
        assert problemen(artikel.tekst) == []
