"""The editor of rich text in the admin, in a browser, under our content policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from kennisdossier.models import Afbeelding, Artikel, Dossier
from kennisdossier.opmaak import problemen, schoon
from tests import factories, html
from tests.meta.test_admin import address
from tests.tools.browser import AXE_OPTIONS, axe_source

pytestmark = pytest.mark.usefixtures("inhoud")


@pytest.fixture
def artikel() -> Artikel:
    return factories.make_artikel(tekst="<p>Eerste alinea.</p>")


def open_text(page, artikel: Artikel):
    """The text of an article, with the cursor at its end."""
    page.goto(address(Artikel, "change", artikel.pk))
    text = page.locator(".opmaak").get_by_role("textbox", name=re.compile("^Tekst"))
    text.click()
    # 20 ms after a click the editor puts the cursor back where it was: only then move
    # it, and go on once the editor has heard of that. Nobody types that fast.
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    page.keyboard.press("Control+End")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return text


def press(page, name: str) -> None:
    page.locator(".opmaak").last.get_by_role("button", name=name, exact=True).click()


def save(page) -> None:
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def stored(artikel: Artikel) -> str:
    artikel.refresh_from_db()
    return artikel.tekst


# The journey


def test_an_editor_writes_an_article_in_a_dossier(editor, schermafdruk):
    page = editor
    dossier = factories.make_dossier(naam="Buren en koffie")
    page.goto("/admin/")
    page.get_by_role("link", name="Werk aan een dossier").click()
    page.get_by_role("link", name="Buren en koffie").click()
    # Who opens what is empty, gets the first one to fill.
    page.locator("#artikelen-group > summary").click()
    row = page.locator("#artikelen-0")
    row.get_by_label("Kop", exact=True).fill("Buren leren elkaar kennen")
    row.locator(".opmaak").get_by_role("textbox", name=re.compile("^Tekst")).click()
    page.keyboard.type("Eerst een alinea met ")
    press(page, "Vet")
    page.keyboard.type("vette letters")
    press(page, "Vet")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    press(page, "Kop")
    page.keyboard.type("Zo begin je")
    page.keyboard.press("Enter")
    press(page, "Lijst")
    page.keyboard.type("Bel aan")
    page.keyboard.press("Enter")
    page.keyboard.type("Drink koffie")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    press(page, "Link")
    dialog = page.get_by_role("dialog", name="Link")
    dialog.get_by_label("Adres").fill("www.movisie.nl")
    dialog.get_by_label("Tekst van de link").fill("Lees meer")
    dialog.get_by_role("button", name="Link opslaan").click()
    page.keyboard.press("Enter")
    press(page, "Tabel")
    for word in ("Wie", "Wat", "Wanneer", "Bewoner", "Koffie"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.type("Nu")
    row.get_by_label("Titel van de tabel").fill("Wie doet wat")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        schermafdruk(page, f"admin-dossier-{width}")
    save(page)

    artikel = Artikel.objects.get(dossier=dossier)
    assert artikel.slug == "buren-leren-elkaar-kennen"
    assert artikel.tekst == (
        "<p>Eerst een alinea met <strong>vette letters</strong>.</p>\n"
        "<h3>Zo begin je</h3>\n"
        "<ul>\n<li>Bel aan</li>\n<li>Drink koffie</li>\n</ul>\n"
        '<p><a href="https://www.movisie.nl">Lees meer</a></p>\n'
        "<table>\n<caption>Wie doet wat</caption>\n<thead>\n"
        '<tr><th scope="col">Wie</th><th scope="col">Wat</th>'
        '<th scope="col">Wanneer</th></tr>\n</thead>\n'
        "<tr><td>Bewoner</td><td>Koffie</td><td>Nu</td></tr>\n"
        "<tr><td></td><td></td><td></td></tr>\n</table>"
    )


EVERYTHING = schoon(
    """<p>Een <strong>vet <em>en schuin</em></strong> woord, 10&nbsp;% en<br>een.</p>
    <h3>Kop</h3><h4>Subkop met <a href="/aanpakken/">link</a></h4>
    <ul><li>een<ul><li>binnen</li></ul></li><li><p>twee</p><p>nog</p></li></ul>
    <ol start="4"><li>vier</li></ol>
    <blockquote><p>wijs</p><ul><li>x</li></ul></blockquote>
    <table><caption>Titel</caption><tr><th><th>a<th>b<tr><th>c<td>d
    <td><ul><li>e</li></ul><tr><th>f<td><td><p>g</p><p>h</p></table>
    <figure><img src="/static/img/favicon.svg" alt="De &quot;ringen&quot;" width="40"
    height="30"><figcaption>Foto: <em>Jan</em></figcaption></figure>
    <p>Mail <a href="mailto:info@voorbeeld.example"><strong>ons</strong></a>.</p>"""
)


def test_the_editor_keeps_everything_that_a_text_can_hold(editor, artikel):
    artikel.tekst = EVERYTHING
    artikel.save()
    open_text(editor, artikel)
    editor.keyboard.type(" Klaar")
    save(editor)
    assert stored(artikel) == EVERYTHING.removesuffix(".</p>") + ". Klaar</p>"


def test_a_form_takes_everything_that_a_text_can_hold():
    assert problemen(EVERYTHING) == []


def test_changing_a_word_in_an_article_of_the_site_changes_nothing_else(editor):
    for dossier in Dossier.objects.all():
        editor.goto(address(Dossier, "change", dossier.pk) + "#sectie-artikelen")
        texts = editor.locator(".opmaak .ProseMirror")
        areas = editor.locator("textarea[data-opmaak]:not([id*=__prefix__])")
        expect(texts).to_have_count(dossier.artikelen.count())
        for number, artikel in enumerate(dossier.artikelen.all()):
            assert areas.nth(number).input_value() == artikel.tekst
            texts.nth(number).press("x")
            assert areas.nth(number).input_value() != artikel.tekst
            texts.nth(number).press("Backspace")
            assert schoon(areas.nth(number).input_value()) == artikel.tekst


def test_a_text_that_is_only_looked_at_stays_as_it_is(editor, artikel):
    open_text(editor, artikel)
    save(editor)
    assert stored(artikel) == "<p>Eerste alinea.</p>"


# The buttons


def test_every_button_does_what_it_says(editor, artikel):
    text = open_text(editor, artikel)
    for name, element in {
        "Kop": "h3",
        "Subkop": "h4",
        "Lijst": "ul",
        "Nummers": "ol",
        "Citaat": "blockquote",
    }.items():
        press(editor, name)
        expect(text.locator(element)).to_have_text("Eerste alinea.")
        button = editor.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
        press(editor, name)
        expect(text.locator(f":scope > {element}")).to_have_count(0)
    editor.keyboard.press("Control+a")
    press(editor, "Cursief")
    expect(text.locator("em")).to_have_text("Eerste alinea.")
    press(editor, "Ongedaan maken")
    expect(text.locator("em")).to_have_count(0)
    press(editor, "Opnieuw")
    expect(text.locator("em")).to_have_count(1)


def test_a_table_grows_and_shrinks(editor, artikel):
    text = open_text(editor, artikel)
    tools = editor.get_by_role("toolbar", name="Tabel")
    expect(tools).to_be_hidden()
    press(editor, "Tabel")
    expect(tools).to_be_visible()
    expect(text.locator("tr")).to_have_count(3)
    for name in ("Rij erbij", "Kolom erbij", "Kopkolom"):
        press(editor, name)
    expect(text.locator("tr")).to_have_count(4)
    expect(text.locator("tr").first.locator("th")).to_have_count(4)
    expect(text.locator("th")).to_have_count(7)
    for name in ("Rij weg", "Kolom weg", "Koprij", "Kopkolom"):
        press(editor, name)
    expect(text.locator("tr")).to_have_count(3)
    press(editor, "Tabel weg")
    expect(text.locator("table")).to_have_count(0)
    expect(tools).to_be_hidden()


def test_a_link_is_made_changed_and_taken_away(editor, artikel):
    text = open_text(editor, artikel)
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+k")
    dialog = editor.get_by_role("dialog", name="Link")
    dialog.get_by_label("Adres").fill("javascript:alert(1)")
    editor.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Dit is geen adres.")
    dialog.get_by_label("Adres").fill("/aanpakken/")
    editor.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    link = text.get_by_role("link", name="Eerste alinea.")
    expect(link).to_have_attribute("href", "/aanpakken/")

    editor.keyboard.press("Control+k")
    expect(dialog.get_by_label("Adres")).to_have_value("/aanpakken/")
    dialog.get_by_label("Adres").fill("info@voorbeeld.example")
    editor.keyboard.press("Enter")
    expect(link).to_have_attribute("href", "mailto:info@voorbeeld.example")

    editor.keyboard.press("Control+k")
    dialog.get_by_label("Adres").fill("+31 (0)20-123 45 67")
    editor.keyboard.press("Enter")
    expect(link).to_have_attribute("href", "tel:+31201234567")

    editor.keyboard.press("Control+k")
    dialog.get_by_role("button", name="Link weghalen").click()
    expect(text.locator("a")).to_have_count(0)
    editor.keyboard.press("Control+k")
    editor.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    save(editor)
    assert stored(artikel) == "<p>Eerste alinea.</p>"


def paste(text, source: str) -> None:
    text.evaluate(
        """(element, source) => {
          const data = new DataTransfer();
          data.setData("text/html", source);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          element.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        source,
    )


def test_what_is_pasted_keeps_only_what_a_text_can_hold(editor, artikel, complaints):
    text = open_text(editor, artikel)
    editor.keyboard.press("Enter")
    paste(
        text,
        '<h1 style="color:red">Kop</h1><h6>Subkop</h6><p class=MsoNormal>Tekst</p>'
        '<img src="https://elders.example/x.png" alt="x" onerror="alert(1)">'
        '<p><a href="javascript:alert(1)">klik</a></p><script>alert(1)</script>',
    )
    save(editor)
    assert stored(artikel) == (
        "<p>Eerste alinea.</p>\n<h3>Kop</h3>\n<h4>Subkop</h4>\n"
        "<p>Tekst</p>\n<p>klik</p>"
    )
    # The policy stops what was in it before the editor reads it.
    assert all("Content Security Policy" in line for line in complaints)
    complaints.clear()


def test_a_pasted_table_becomes_one_of_equal_rows_without_merged_cells(editor, artikel):
    text = open_text(editor, artikel)
    editor.keyboard.press("Enter")
    paste(
        text,
        "<table><tr><th colspan=2>a</th><th>b</th></tr>"
        "<tr><td rowspan=2>c</td><td>d</td><td>e</td></tr>"
        "<tr><td>f</td><td><h2>g</h2><h2>h</h2></td></tr></table>",
    )
    save(editor)
    table = html.read(stored(artikel)).one("table")
    rows = [[*row.all("th", "td")] for row in table.all("tr")]
    assert {len(row) for row in rows} == {3}
    assert "".join(table.text.split()) == "abcdefgh"


def test_what_cannot_stand_in_a_list_or_a_cell_cannot_be_made_there(
    editor, artikel, afbeelding
):
    open_text(editor, artikel)
    for place, names in {
        "Lijst": ["Kop", "Subkop", "Citaat"],
        "Tabel": ["Kop", "Subkop", "Citaat", "Tabel"],
    }.items():
        editor.keyboard.press("Control+End")
        editor.keyboard.press("Enter")
        press(editor, place)
        editor.keyboard.type("woord")
        for name in names:
            button = editor.get_by_role("button", name=name, exact=True)
            expect(button).to_have_attribute("aria-disabled", "true")
        press(editor, "Afbeelding")
        dialog = editor.get_by_role("dialog", name="Afbeelding kiezen")
        dialog.get_by_role("button", name="Een <moestuin>").click()
        expect(dialog).to_have_count(0)
    save(editor)
    blocks = [
        block.name
        for block in html.read(stored(artikel)).all()
        if block.parent.name == "document"
    ]
    assert blocks == ["p", "ul", "figure", "table", "figure"]


# What a browser puts back


@pytest.mark.parametrize("how", ["back", "reload", "forward"])
def test_after_going_back_and_forward_the_editor_shows_what_will_be_saved(
    editor, artikel, how
):
    open_text(editor, artikel)
    editor.keyboard.type(" Getypt.")
    if how == "reload":
        with editor.expect_navigation():
            editor.evaluate("location.reload()")
    else:
        editor.goto("/admin/")
        editor.go_back()
    if how == "forward":
        editor.go_back()
        editor.go_forward()
    text = editor.locator(".ProseMirror")
    expect(text).to_be_visible()
    area = editor.locator("textarea[data-opmaak]")
    editor.wait_for_load_state("load")
    # A browser need not put back what was typed; going back, Chromium does.
    kept = area.input_value()
    expect(text).to_have_text(re.sub("<[^>]*>", "", kept))
    assert how != "back" or "Getypt" in kept
    save(editor)
    assert stored(artikel) == kept


def test_what_another_script_puts_in_the_textarea_is_shown(editor, artikel):
    text = open_text(editor, artikel)
    editor.evaluate(
        """() => {
          const area = document.querySelector("textarea[data-opmaak]");
          area.value = "<h3>Hersteld</h3><p>Van gisteren.</p>";
          area.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(text.locator("h3")).to_have_text("Hersteld")
    text.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" En meer.")
    save(editor)
    assert stored(artikel) == "<h3>Hersteld</h3>\n<p>Van gisteren. En meer.</p>"


# Pictures


@pytest.fixture
def afbeelding() -> Afbeelding:
    return factories.make_afbeelding(alt="Een <moestuin>", maker="Foto: Ali & Zn.")


def test_a_picture_comes_with_its_description_and_its_maker(
    editor, artikel, afbeelding, schermafdruk
):
    factories.make_afbeelding(alt="Iets anders")
    text = open_text(editor, artikel)
    press(editor, "Afbeelding")
    dialog = editor.get_by_role("dialog", name="Afbeelding kiezen")
    expect(dialog.get_by_role("status")).to_have_text("2 afbeeldingen")
    schermafdruk(editor, "admin-afbeelding-kiezen")
    dialog.get_by_label("Zoek op").fill("moestuin")
    expect(dialog.get_by_role("status")).to_have_text("1 afbeelding")
    dialog.get_by_role("button", name="Een <moestuin>").click()
    expect(dialog).to_have_count(0)
    expect(text.locator("figcaption")).to_have_text("Foto: Ali & Zn.")
    editor.keyboard.press("Control+End")
    save(editor)
    assert stored(artikel) == (
        f'<p>Eerste alinea.</p>\n<figure><img src="{afbeelding.bestand.url}" '
        'alt="Een &lt;moestuin&gt;" width="40" height="30">'
        "<figcaption>Foto: Ali &amp; Zn.</figcaption></figure>"
    )


def test_a_new_picture_is_added_while_writing(editor, artikel, tmp_path):
    file = tmp_path / "foto.jpg"
    file.write_bytes(factories.make_picture(80, 60, "JPEG").read())
    text = open_text(editor, artikel)
    press(editor, "Afbeelding")
    with editor.expect_popup() as popup:
        editor.get_by_role("link", name="Nieuwe afbeelding toevoegen").click()
    form = popup.value
    form.get_by_label("Bestand").set_input_files(file)
    form.get_by_label("Beschrijving").fill("Buren op een bank")
    form.get_by_label("Maker").fill("Foto: Wijkteam")
    form.get_by_role("button", name="Opslaan", exact=True).click()
    expect(text.get_by_role("img", name="Buren op een bank")).to_be_visible()
    editor.keyboard.press("End")
    editor.keyboard.press("Enter")
    editor.keyboard.type("Verder.")
    save(editor)
    assert re.search(
        r'alt="Buren op een bank" width="80" height="60"><figcaption>Foto: Wijkteam'
        r"</figcaption></figure>\n<p>Verder.</p>$",
        stored(artikel),
    )


# For everyone


def test_the_keyboard_reaches_everything_and_leaves_again(editor, artikel):
    text = open_text(editor, artikel)
    editor.keyboard.press("Escape")
    expect(editor.locator(":focus")).to_have_text("Kop")
    editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Home")
    for _ in range(8):
        editor.keyboard.press("ArrowRight")
    expect(editor.locator(":focus")).to_have_text("Tabel")
    editor.keyboard.press("Enter")
    expect(text).to_be_focused()
    for word in "abcdefghi":
        editor.keyboard.type(word)
        editor.keyboard.press("Tab")
    # Behind the last cell comes what comes after the editor.
    expect(text).not_to_be_focused()
    expect(text.locator("tr")).to_have_count(3)
    expect(text.locator("td, th")).to_have_text([*"abcdefghi"])


def test_a_click_on_the_label_goes_to_the_text(editor, artikel):
    text = open_text(editor, artikel)
    editor.get_by_label("Kop", exact=True).click()
    editor.locator("label", has_text=re.compile("^Tekst$")).click()
    expect(text).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_editor_is_accessible_and_fits(
    editor, artikel, complaints, width, scheme, schermafdruk
):
    editor.set_viewport_size({"width": width, "height": 800})
    editor.emulate_media(color_scheme=scheme)
    artikel.tekst = EVERYTHING
    artikel.save()
    text = open_text(editor, artikel)
    text.locator("td").first.click()
    schermafdruk(editor, f"admin-artikel-{width}-{scheme}")
    box = editor.locator(".opmaak").bounding_box()
    assert box["x"] + box["width"] <= width
    press(editor, "Link")
    expect(editor.get_by_role("dialog", name="Link")).to_be_visible()
    editor.keyboard.press("Escape")
    assert complaints == []
    editor.evaluate(axe_source())
    result = editor.evaluate(
        "options => axe.run('.opmaak', options)",
        AXE_OPTIONS,
    )
    assert [
        f"{rule['id']}: {node['html']}"
        for rule in result["violations"]
        for node in rule["nodes"]
        # The order of headings is that of the page where the text will stand.
        if rule["id"] != "heading-order"
    ] == []
    complaints.clear()  # axe tries inline styles


def test_without_javascript_the_text_is_typed_as_it_is_kept(
    log_in, browser, browser_context_args, base_url, artikel
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url, "java_script_enabled": False}
    )
    page = context.new_page()
    log_in(page)
    page.goto(address(Artikel, "change", artikel.pk))
    area = page.get_by_label("Tekst", exact=True)
    expect(area).to_have_value("<p>Eerste alinea.</p>")
    typed = "Zonder opmaak.\n\nEn <b>met</b>."
    area.fill(f"{typed}<iframe></iframe>")
    page.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(page.locator(".errorlist").first).to_contain_text("<iframe> kan niet")
    expect(area).to_have_value(f"{typed}<iframe></iframe>")
    area.fill(typed)
    save(page)
    context.close()
    assert stored(artikel) == "<p>Zonder opmaak.</p>\n<p>En <strong>met</strong>.</p>"


def test_when_the_editor_does_not_load_the_text_can_still_be_changed(
    log_in, page, artikel
):
    page.route("**/django_prose_editor/editor*.js", lambda route: route.abort())
    log_in(page)
    page.goto(address(Artikel, "change", artikel.pk))
    page.get_by_label("Tekst", exact=True).fill("<p>Toch.</p>")
    save(page)
    assert stored(artikel) == "<p>Toch.</p>"


def test_what_an_editor_must_mend_is_said_with_its_place(editor, artikel):
    text = open_text(editor, artikel)
    editor.keyboard.press("Enter")
    press(editor, "Subkop")
    editor.keyboard.type("Zo begin je")
    press(editor, "Tabel")
    press(editor, "Koprij")
    editor.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(editor.locator(".errorlist").first).to_contain_text(
        "Boven de subkop “Zo begin je” staat geen kop"
    )
    expect(editor.locator(".errorlist").first).to_contain_text(
        "De tabel na “Eerste alinea. Zo begin je” heeft geen koppen"
    )
    expect(text.locator("h4")).to_have_text("Zo begin je")
    assert stored(artikel) == "<p>Eerste alinea.</p>"


def test_what_is_wrong_with_a_text_is_shown_at_the_editor(editor, artikel):
    Artikel.objects.filter(pk=artikel.pk).update(tekst="<p>x</p>")
    text = open_text(editor, artikel)
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Delete")
    editor.get_by_role("button", name="Opslaan", exact=True).first.click()
    expect(editor.locator(".errorlist").first).to_have_text("Dit veld is verplicht.")
    expect(text).to_be_visible()
    expect(text).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    "path",
    [
        "dossier/add/",
        "artikel/add/",
        "begrip/add/",
        "praktijkvoorbeeld/add/",
        "afbeelding/add/",
        "effect/add/",
        "dossier/",
        "afbeelding/",
    ],
)
def test_no_page_of_the_admin_breaks_our_policy(editor, afbeelding, path):
    editor.goto(f"/admin/kennisdossier/{path}")
    expect(editor.get_by_role("heading", level=1).first).to_be_visible()
    editor.wait_for_load_state("networkidle")
