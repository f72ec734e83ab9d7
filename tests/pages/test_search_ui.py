"""Searching as a reader meets it: suggestions, live results, and the button."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from playwright.sync_api import expect

from tests import factories, html
from tests.tools.audit import brightness, unreadable

pytestmark = pytest.mark.usefixtures("inhoud")

SUGGESTIONS = re.compile(r"/zoeken/suggesties/")
ENOUGH = 0.150


def count(page):
    return page.get_by_role("status")


def box(page, name):
    return page.get_by_role("checkbox", name=re.compile(f"^{name}"))


def word(page):
    """The search field of the catalogue."""
    return page.locator("#q")


def in_list(page):
    """The search field, with focus, on the list of all aanpakken."""
    page.goto("/aanpakken/")
    word(page).focus()
    return word(page)


# What the page gets in place of an answer, until it is loaded again.
NO_ANSWER = """(url, { signal }) => new Promise((_, reject) =>
  signal.addEventListener("abort", () => reject(signal.reason)))"""
NO_CONNECTION = "() => Promise.reject(new TypeError('Failed to fetch'))"
SERVER_ERROR = "async () => new Response('Fout', { status: 500 })"


def answer_with(page, answer):
    page.evaluate(
        f"() => {{ window.realFetch = window.fetch; window.fetch = {answer}; }}"
    )


def answer_again(page):
    page.evaluate("() => { window.fetch = window.realFetch; }")


# The forms


@pytest.mark.parametrize("path", ["/", "/zoeken/", "/aanpakken/", "/over/"])
def test_every_search_form_has_a_name_of_its_own(client, path):
    page = html.read(client.get(path).content)
    forms = [*page.all("form", role="search")]
    assert forms
    assert len({form["aria-label"] for form in forms}) == len(forms)
    assert {form.get("method", "get") for form in forms} == {"get"}
    for form in forms:
        field = next(form.all("input", name="q"), None)
        if field:
            label = next(e for e in form.all("label") if e["for"] == field["id"])
            assert label.text


def test_what_people_often_look_for_gives_results(client):
    home = html.read(client.get("/").content)
    links = home.one("ul", aria_labelledby="veel-gezocht").all("a")
    addresses = [link["href"] for link in links]
    assert len(addresses) == 3
    for address in addresses:
        assert client.get(address).context["aantal"] > 0


@pytest.mark.parametrize(("width", "shown"), [(360, "link"), (1280, "form")])
def test_the_header_leads_to_the_search(page, width, shown):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/themas/")
    header = page.locator(".page-header")
    link, form = header.get_by_role("link", name="Zoeken"), header.get_by_role("search")
    expect(link).to_be_visible(visible=shown == "link")
    expect(form).to_be_visible(visible=shown == "form")
    if shown == "link":
        link.click()
        expect(page).to_have_url(re.compile(r"/zoeken/$"))
    else:
        form.get_by_label("Zoekterm").fill("gemeente")
        form.get_by_role("button", name="Zoeken").click()
        expect(page).to_have_url(re.compile(r"/zoeken/\?q=gemeente$"))


def test_the_default_order_is_not_sent_so_that_a_search_is_by_relevance(client):
    page = html.read(client.get("/aanpakken/").content)
    (chosen,) = (o for o in page.one(id="sorteer").all("option") if "selected" in o)
    assert chosen["value"] == ""


@pytest.mark.parametrize("path", ["/", "/themas/"])
def test_the_header_is_one_line_high_at_every_width(page, path):
    page.goto(path)
    for width in (320, 360, 879, 880, 1055, 1056, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.locator(".page-header").bounding_box()["height"] < 80, width


# The page with everything


def test_hits_stand_under_the_kind_they_are_of_with_a_list_to_jump(client):
    response = client.get("/zoeken/", {"q": "bewoners"})
    page = html.read(response.content)
    found = [g for g in response.context["groepen"] if g.aantal]
    assert [h.text for h in page.one(id="resultaten").all("h2")] == [
        f"{g.titel} ({g.aantal})" for g in found
    ]
    jumps = page.one("nav", aria_label="Soorten resultaten")
    for link, group in zip(jumps.all("a"), found, strict=True):
        assert link.text == f"{group.titel} {group.aantal}"
        assert page.one(id=link["href"].removeprefix("#")).name == "h2"
    total = sum(g.aantal for g in found)
    assert page.one("title").text.startswith(f"“bewoners”: {total} resultaten")
    assert any(mark.text.lower() == "bewoners" for mark in page.all("mark"))
    assert "Bekijk alle 16 aanpakken" in page.text


def test_a_hit_by_synonym_says_why(client):
    page = html.read(client.get("/zoeken/", {"q": "senioren"}).content)
    assert "“ouderen” gaat over hetzelfde als “senioren”." in page.text


@pytest.mark.parametrize("path", ["/zoeken/", "/aanpakken/"])
def test_a_misspelt_word_is_answered_and_named(client, path):
    page = html.read(client.get(path, {"q": "buurtbemideling"}).content)
    notice = page.one("p", class_="alert")
    assert "Voor “buurtbemideling” vonden we niets" in notice.text
    assert client.get(path + notice.one("a")["href"]).context["aantal"] >= 1


@pytest.mark.parametrize(
    ("path", "rest"), [("/zoeken/", "qqqqzz"), ("/aanpakken/", "eenzaam")]
)
def test_a_doubtful_word_gives_a_question_above_what_was_found(client, path, rest):
    page = html.read(client.get(path, {"q": f"theter {rest}"}).content)
    question = f"Bedoelde je theater {rest} ?"
    assert question in page.text.replace(f"{rest}?", f"{rest} ?")
    assert "een deel van" in page.text


@pytest.mark.parametrize("path", ["/zoeken/", "/aanpakken/"])
def test_without_any_result_the_page_helps(client, path):
    page = html.read(client.get(path, {"q": "qqqqzz"}).content)
    for help_ in (
        "Geen zoekresultaten",
        "Controleer de spelling",
        "Probeer een andere zoekterm",
        "Gebruik minder zoekwoorden",
    ):
        assert help_ in page.text
    assert any(link["href"].startswith("/themas/") for link in page.all("a"))


def test_a_search_without_words_shows_ways_in(client):
    page = html.read(client.get("/zoeken/").content)
    assert not [*page.all(role="status")]
    ways = {link["href"] for link in page.one("main").all("a", class_="tile")}
    assert ways == {"/aanpakken/", "/themas/", "/wie/", "/interventies/"}


def test_without_results_each_filter_says_what_it_hides(client):
    response = client.get(
        "/aanpakken/", {"doelgroep": "ouderen", "leeftijd": 3, "q": "eenzaamheid"}
    )
    page = html.read(response.content)
    links = [*page.one("div", class_="empty").all("a", class_="pill")]
    relaxed = [link for link in links if link["href"].startswith("?")]
    assert relaxed
    for link in relaxed:
        (number,) = re.findall(r"(\d+) resulta", link.text)
        there = client.get("/aanpakken/" + link["href"])
        assert there.context["aantal"] == int(number)


# Live results


@pytest.mark.firefox
def test_a_filter_changes_count_address_title_and_keeps_the_focus(page):
    page.goto("/aanpakken/")
    page.evaluate("window.sameDocument = true")
    box(page, "Ouderen").focus()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(page).to_have_url(re.compile(r"/aanpakken/\?doelgroep=ouderen$"))
    expect(page).to_have_title("Aanpakken: 2 resultaten – WijkWijzer")
    expect(box(page, "Ouderen")).to_be_focused()
    expect(page.get_by_role("link", name="Verwijder filter Ouderen")).to_be_visible()
    expect(page.locator("#resultaten article")).to_have_count(2)
    expect(page.locator("#resultaten")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("window.sameDocument")


def test_the_form_becomes_the_one_of_the_new_address(page):
    page.goto("/aanpakken/")
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    shown = html.options(html.read(_form(page)))
    page.goto(page.url)
    # What lost its results moves only when the page is loaded.
    assert set(shown) == set(html.options(html.read(_form(page))))


def _form(page) -> str:
    """The filter form as valid markup, with the state that a reader sees."""
    return page.evaluate(
        """() => {
          const form = document.querySelector('.catalog-form').cloneNode(true);
          for (const e of form.querySelectorAll('[type=checkbox]')) {
            const name = `[name="${e.name}"][value="${e.value}"]`;
            e.toggleAttribute('checked', document.querySelector(name).checked);
          }
          return new XMLSerializer().serializeToString(form);
        }"""
    )


def test_open_and_closed_groups_stay_so(page):
    page.goto("/aanpakken/")
    opened = page.locator("details", has=page.get_by_text("Vorm", exact=True))
    closed = page.locator("details", has=page.get_by_text("Thema", exact=True))
    opened.locator("summary").click()
    closed.locator("summary").click()
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(opened).to_have_attribute("open", "")
    expect(closed).not_to_have_attribute("open", "")


def test_the_checkbox_under_the_pointer_stays_there(page):
    page.goto("/aanpakken/")
    ouderen = box(page, "Ouderen")
    ouderen.scroll_into_view_if_needed()
    before = ouderen.bounding_box()
    page.mouse.click(before["x"] + 5, before["y"] + 5)
    expect(count(page)).to_have_text("2 resultaten gevonden")
    assert ouderen.bounding_box() == before


def test_choices_that_get_results_again_come_out_and_nothing_moves_away(page):
    page.goto("/aanpakken/?doelgroep=ouderen&vorm=praktijkhandboek")
    ouderen = box(page, "Ouderen")
    thema = page.locator("fieldset", has=page.locator("[name=thema]"))
    expect(thema.get_by_text("Toon ook de 4 zonder resultaat")).to_be_visible()
    expect(thema.locator("label").first).to_be_hidden()
    ouderen.scroll_into_view_if_needed()
    before = ouderen.bounding_box()
    page.mouse.click(before["x"] + 5, before["y"] + 5)
    expect(page).to_have_url(re.compile(r"\?vorm=praktijkhandboek$"))
    expect(thema.locator("label", has=page.locator(":enabled")).first).to_be_visible()
    expect(ouderen).to_be_focused()
    after = ouderen.bounding_box()
    assert abs(after["y"] - before["y"]) < 2
    live = [o.value for o in html.options(html.read(_form(page))) if o.key == "thema"]
    page.goto(page.url)
    loaded = [o.value for o in html.options(html.read(_form(page))) if o.key == "thema"]
    assert live == loaded


def test_two_quick_choices_are_one_step_and_both_count(page):
    page.goto("/aanpakken/")
    page.evaluate(
        """() => ["ouderen", "jongeren"].forEach(
          value => document.querySelector(`[value="${value}"]`).click())"""
    )
    expect(page).to_have_url(re.compile(r"\?doelgroep=jongeren&doelgroep=ouderen$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/aanpakken/$"))
    expect(count(page)).to_have_text("21 resultaten gevonden")
    expect(box(page, "Ouderen")).not_to_be_checked()


def test_a_choice_made_while_an_answer_is_on_its_way_is_kept(page):
    page.goto("/aanpakken/")
    answer_with(page, NO_ANSWER)
    box(page, "Ouderen").check()
    expect(page.locator("#resultaten")).to_have_attribute("aria-busy", "true")
    answer_again(page)
    box(page, "Jongeren").check()
    expect(page).to_have_url(re.compile(r"\?doelgroep=jongeren&doelgroep=ouderen$"))
    expect(box(page, "Ouderen")).to_be_checked()
    expect(box(page, "Jongeren")).to_be_checked()
    expect(page.locator("#resultaten")).not_to_have_attribute("aria-busy", "true")


def test_back_and_forward_show_what_was_there(page):
    page.goto("/aanpakken/")
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    page.get_by_label("Sorteren op").select_option("recent")
    expect(page).to_have_url(re.compile(r"\?doelgroep=ouderen&sorteer=recent$|recent"))
    page.go_back()
    expect(page.get_by_label("Sorteren op")).to_have_value("")
    expect(box(page, "Ouderen")).to_be_checked()
    page.go_back()
    expect(count(page)).to_have_text("21 resultaten gevonden")
    expect(page).to_have_title("Aanpakken: 21 resultaten – WijkWijzer")
    expect(box(page, "Ouderen")).not_to_be_checked()
    page.go_forward()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(box(page, "Ouderen")).to_be_checked()


def test_typing_searches_without_adding_to_the_history(page):
    field = in_list(page)
    steps = page.evaluate("history.length")
    field.press_sequentially("eenzaam", delay=30)
    expect(count(page)).to_have_text("6 resultaten gevonden")
    expect(page).to_have_url(re.compile(r"/aanpakken/\?q=eenzaam$"))
    expect(field).to_be_focused()
    expect(field).to_have_value("eenzaam")
    expect(page.get_by_label("Sorteren op")).to_have_value("")
    expect(page.locator("#sorteer option").first).to_have_text("Relevantie")
    assert page.evaluate("history.length") == steps


def test_a_search_keeps_the_filters(page):
    page.goto("/aanpakken/?laag=bewoner")
    word(page).fill("eenzaam")
    expect(page).to_have_url(re.compile(r"\?q=eenzaam&laag=bewoner$"))
    expect(count(page)).to_have_text("5 resultaten gevonden")


def test_the_status_says_only_the_count(page):
    page.goto("/aanpakken/")
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    word(page).fill("qqqqzz")
    expect(count(page)).to_have_text("0 resultaten gevonden")
    expect(page.get_by_role("status")).to_have_count(1)


def test_the_focus_goes_to_the_next_chip_when_one_is_removed(page):
    page.goto("/aanpakken/?doelgroep=ouderen&doelgroep=jongeren")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Verwijder filter Jongeren").press("Enter")
    left = page.get_by_role("link", name="Verwijder filter Ouderen")
    expect(left).to_be_focused()
    left.press("Enter")
    expect(count(page)).to_have_text("21 resultaten gevonden")
    expect(page.locator("#kop-resultaten")).to_be_focused()
    expect(box(page, "Ouderen")).not_to_be_checked()
    assert page.evaluate("window.sameDocument")


def test_another_page_of_the_list_starts_at_its_heading(page):
    for _ in range(10):
        factories.make_aanpak()
    page.goto("/aanpakken/")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Volgende").click()
    heading = page.get_by_role("heading", name="Zoekresultaten, pagina 2 van 2")
    expect(heading).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?pagina=2$"))
    expect(page).to_have_title(re.compile("pagina 2"))
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("link", name="Volgende")).to_be_visible()
    assert page.evaluate("window.sameDocument")


def test_the_button_closes_the_filters_of_a_phone_and_goes_to_the_results(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/aanpakken/")
    page.get_by_role("button", name="Filter resultaten").click()
    box(page, "Ouderen").check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#kop-resultaten")).to_be_focused()
    expect(page.locator("#resultaten article")).to_have_count(2)
    expect(page.get_by_role("button", name="Filter resultaten (1)")).to_be_visible()


def test_the_register_follows_its_filters_too(page):
    page.goto("/interventies/")
    page.evaluate("window.sameDocument = true")
    box(page, "Goed Onderbouwd").check()
    expect(page).to_have_url(re.compile(r"\?niveau=goed-onderbouwd$"))
    expect(page.locator("tbody tr").first).to_contain_text("Goed Onderbouwd")
    assert page.evaluate("window.sameDocument")


# When it does not work


@pytest.mark.parametrize("answer", [NO_CONNECTION, SERVER_ERROR])
def test_after_a_failure_the_form_works_and_says_so(page, answer):
    page.goto("/aanpakken/")
    answer_with(page, answer)
    box(page, "Ouderen").focus()
    page.keyboard.press("Space")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Bijwerken lukt nu niet.")
    expect(box(page, "Ouderen")).to_be_checked()
    expect(box(page, "Ouderen")).to_be_focused()
    expect(page.locator("#resultaten")).not_to_have_attribute("aria-busy", "true")
    expect(page).to_have_url(re.compile(r"/aanpakken/$"))

    page.get_by_role("button", name="Toon resultaten").click()
    expect(page).to_have_url(re.compile(r"\?doelgroep=ouderen$"))
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(problem).to_have_count(0)


def test_an_answer_that_takes_over_eight_seconds_is_not_waited_for(page):
    page.clock.install()
    page.goto("/aanpakken/")
    answer_with(page, NO_ANSWER)
    box(page, "Ouderen").check()
    page.clock.run_for(1000)
    expect(page.locator("#resultaten")).to_have_attribute("aria-busy", "true")
    page.clock.run_for(8000)
    expect(page.get_by_role("alert")).to_contain_text("Bijwerken lukt nu niet.")
    expect(box(page, "Ouderen")).to_be_enabled()

    # The next choice tries again.
    answer_again(page)
    box(page, "Jongeren").check()
    page.clock.run_for(1000)
    expect(page).to_have_url(re.compile(r"\?doelgroep=jongeren&doelgroep=ouderen$"))
    expect(page.get_by_role("alert")).to_have_count(0)


# Answers that say 200 and are not this list: of a network that first wants a login, of
# another page of ours, of a server that made something else.
PORTAL = "<!doctype html><title>Gratis wifi</title><h1>Log in</h1>"
HTML = {"content-type": "text/html; charset=utf-8"}
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("way", "answer"),
    [
        ("a filter", {"body": PORTAL, "headers": HTML}),
        ("a link", {"body": PORTAL, "headers": HTML}),
        ("back", {"body": PORTAL, "headers": HTML}),
        ("a filter", {"body": "{}", "headers": JSON}),
        ("a filter", {"status": 302, "headers": {"location": "/over/"}}),
        ("a filter", {"status": 302, "headers": {"location": "/interventies/"}}),
    ],
)
def test_an_answer_that_is_not_this_list_is_left_to_the_browser(page, answer, way):
    """The address and the list never tell different things."""
    page.goto("/aanpakken/?doelgroep=ouderen")
    if way == "back":
        box(page, "Jongeren").check()
        expect(count(page)).to_have_text("5 resultaten gevonden")
    page.evaluate("window.sameDocument = true")
    asked = []

    def foreign(route):
        asked.append(route.request.resource_type)
        # Without an answer of the site, a page that is loaded anew shows what there is.
        if route.request.resource_type == "fetch":
            route.fulfill(**answer)
        else:
            route.continue_()

    page.route(re.compile(r"/aanpakken/(\?.*)?$"), foreign)
    if way == "a filter":
        box(page, "Jongeren").check()
        wanted, number = r"\?doelgroep=jongeren&doelgroep=ouderen$", 5
    elif way == "a link":
        page.get_by_role("link", name="Wis alle filters").click()
        wanted, number = r"/aanpakken/$", 21
    else:
        page.go_back()
        wanted, number = r"\?doelgroep=ouderen$", 2
    expect(page).to_have_url(re.compile(wanted))
    expect(count(page)).to_have_text(f"{number} resultaten gevonden")
    assert asked == ["fetch", "document"]
    assert not page.evaluate("window.sameDocument")


def test_a_link_that_cannot_be_shown_in_place_is_followed(page):
    page.goto("/aanpakken/?doelgroep=ouderen")
    answer_with(page, NO_CONNECTION)
    page.get_by_role("link", name="Wis alle filters").click()
    expect(count(page)).to_have_text("21 resultaten gevonden")


def test_without_javascript_the_button_does_it_all(
    browser, browser_context_args, base_url
):
    context = browser.new_context(
        **browser_context_args | {"base_url": base_url, "java_script_enabled": False}
    )
    page = context.new_page()
    page.goto("/aanpakken/?laag=bewoner")
    word(page).fill("eenzaam")
    box(page, "Problemen").check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(word(page)).to_have_value("eenzaam")
    expect(page.get_by_role("combobox", name="Zoekterm")).to_have_count(0)
    expect(page.locator("#sorteer option[selected]")).to_have_text("Relevantie")
    page.get_by_role("link", name="Verwijder filter “eenzaam”").click()
    expect(box(page, "Bewoners").first).to_be_checked()
    context.close()


# Suggestions


@pytest.mark.firefox
def test_suggestions_are_chosen_with_the_keyboard(page):
    page.goto("/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("buurt", delay=20)
    options = page.get_by_role("option")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_have_text("Buurtbemiddeling Aanpakken")
    total = options.count()
    expect(page.locator("[aria-live=polite]")).to_have_text(f"{total} suggesties")

    def active():
        return field.get_attribute("aria-activedescendant")

    def chosen():
        return page.locator("[role=option][aria-selected=true]")

    assert active() is None
    field.press("ArrowDown")
    assert active() == options.first.get_attribute("id")
    expect(chosen()).to_have_text("Buurtbemiddeling Aanpakken")
    field.press("ArrowUp")
    assert active() == options.last.get_attribute("id")
    expect(options.last).to_be_in_viewport()
    field.press("ArrowDown")
    assert active() == options.first.get_attribute("id")
    field.press("Home")
    assert active() is None
    assert field.evaluate("e => e.selectionStart") == 0
    field.press("End")
    assert field.evaluate("e => e.selectionStart") == 5
    expect(field).to_be_focused()

    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("buurt")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(chosen()).to_have_text("Buurtcirkel Aanpakken")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/aanpakken/buurtcirkel/$"))


def test_enter_without_a_choice_searches(page):
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("buurt", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/zoeken/\?q=buurt$"))


def test_a_suggestion_can_be_clicked_and_the_list_closes_when_the_focus_leaves(page):
    page.goto("/zoeken/")
    field = page.get_by_role("combobox")
    field.press_sequentially("gemeente", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("ArrowDown")
    page.get_by_role("option", name="Gemeente Wie doet wat", exact=True).click()
    expect(page).to_have_url(re.compile(r"/wie/gemeente/$"))


def test_suggestions_also_work_where_typing_changes_the_results(page):
    field = in_list(page)
    field.press_sequentially("buurtcir", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(count(page)).to_have_text("1 resultaat gevonden")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/aanpakken/buurtcirkel/$"))


@pytest.mark.parametrize("typed", ["b", " b "])
def test_one_letter_asks_for_nothing(page, typed):
    page.goto("/")
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.get_by_role("combobox").press_sequentially(typed, delay=20)
    page.wait_for_timeout(400)
    assert "fetch" not in asked


def test_a_failure_of_the_suggestions_is_silent(page):
    page.goto("/")
    field = page.get_by_role("combobox")
    answer_with(page, NO_CONNECTION)
    field.fill("buurt")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("[aria-live=polite]")).to_have_text("")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/zoeken/\?q=buurt$"))


def test_that_there_are_no_suggestions_is_said_to_a_screen_reader(page):
    page.goto("/")
    field = page.get_by_role("combobox")
    spoken = page.locator("[aria-live=polite]")
    field.press_sequentially("qqqqzz", delay=20)
    expect(spoken).to_have_text("Geen suggesties")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("")
    expect(spoken).to_have_text("")


@pytest.mark.parametrize("emptied", ["by the reader", "by a script"])
def test_suggestions_for_an_older_text_do_not_open(page, emptied):
    field = in_list(page)
    field.press_sequentially("buurt", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=buurt$"))
    if emptied == "by the reader":
        field.fill("")
    else:
        page.get_by_role("link", name="Verwijder filter “buurt”").click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(count(page)).to_have_text("21 resultaten gevonden")
    field.focus()
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert field.get_attribute("aria-activedescendant") is None


@pytest.mark.parametrize(
    ("button", "key"), [("left", "Control"), ("left", "Shift"), ("middle", None)]
)
def test_a_suggestion_can_be_opened_beside_this_page(page, button, key):
    page.goto("/zoeken/")
    field = page.get_by_role("combobox")
    field.press_sequentially("gemeente", delay=20)
    option = page.get_by_role("option", name="Gemeente Wie doet wat", exact=True)
    with page.context.expect_page() as opened:
        option.click(button=button, modifiers=[key] if key else [])
    expect(opened.value).to_have_url(re.compile(r"/wie/gemeente/$"))
    expect(page).to_have_url(re.compile(r"/zoeken/$"))


@pytest.mark.parametrize("delay", [20, 100, 155, 180, 320])
def test_no_two_requests_leave_within_150_ms(page, delay):
    """By the clock of the page, which stands still while this machine is busy."""
    page.clock.install()
    field = in_list(page)
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.asked = [];
          window.fetch = (...all) => (asked.push(performance.now()), real(...all));
        }"""
    )
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    for letter in "buurtbemiddeling":
        page.clock.run_for(delay)
        field.press_sequentially(letter)
    # Suggestions and results would now be asked for 70 ms after each other.
    page.clock.run_for(20)
    page.evaluate("document.querySelector('[value=ouderen]').click()")
    page.clock.run_for(1000)
    times = page.evaluate("window.asked")
    assert len(times) >= 2, times
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert min(gaps) >= 1000 * ENOUGH, gaps


@pytest.mark.parametrize("path", ["/", "/zoeken/", "/aanpakken/"])
def test_open_suggestions_are_large_enough_and_right_for_every_reader(
    page, axe_bevindingen, path
):
    page.goto(path)
    field = page.locator("main [name=q]")
    field.press_sequentially("buurt", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    if path == "/aanpakken/":
        # The list behind them follows what was typed, and is done with that.
        expect(page.locator("mark").first).to_be_visible()
        expect(page.locator("#resultaten")).not_to_have_attribute("aria-busy", "true")
        page.wait_for_timeout(400)
    field.press("ArrowDown")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        places = page.evaluate(
            """() => ['[role=option]', '[role=listbox]', 'main [name=q]'].map(kind =>
              [...document.querySelectorAll(kind)].filter(e => e.checkVisibility())
                .map(e => e.getBoundingClientRect().toJSON()))"""
        )
        options, (box,), (typed,) = places
        for option in options:
            assert option["height"] >= 24
            assert option["left"] >= 0
            assert option["right"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # The list is below the field that has the focus.
        assert box["top"] >= typed["bottom"]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe_bevindingen(page) == []
    chosen = page.locator("[role=option][aria-selected=true]")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, forced_colors="active")
        assert unreadable(page, root=".suggestions") == []
        # The chosen one stands out: its colours are the other way round.
        assert (brightness(chosen) > 0.5) == (scheme == "dark")


# Accessibility


def covered_stops(page, key, at_most=150):
    """Tab through the filters; the stops that the bar below covers, even partly."""
    stops, covered = 0, []
    for _ in range(at_most):
        page.keyboard.press(key)
        found = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e.closest('.catalog-form')) return null;
              if (e.closest('.filter-bar')) return '';
              const r = e.getBoundingClientRect();
              const bar = document.querySelector('.filter-bar').getBoundingClientRect();
              const apart = r.bottom <= bar.top || r.top >= bar.bottom;
              const seen = r.top >= 0 && r.bottom <= innerHeight;
              return apart && seen ? '' : e.outerHTML;
            }"""
        )
        if found is None and stops:
            break
        stops += found is not None
        covered += [found] if found else []
    # All groups of filters were passed, and the end was reached.
    assert 40 < stops < at_most - 1
    return covered


def unfolded(page):
    """The list with every group of filters open."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/aanpakken/")
    if page.viewport_size["width"] < 832:
        page.locator("[data-toggle='filters']").click()
    page.evaluate(
        "document.querySelectorAll('.filters details').forEach(d => d.open = true)"
    )


# Low, for there the bar takes most of the screen.
@pytest.mark.parametrize("size", [(360, 560), (1280, 560)])
@pytest.mark.parametrize("telling", [False, True])
def test_the_bar_below_the_filters_never_hides_the_focus(page, size, telling):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    unfolded(page)
    if telling:
        answer_with(page, NO_CONNECTION)
        box(page, "Eenzaamheid").check()
        expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#q").focus()
    assert covered_stops(page, "Tab") == []
    assert covered_stops(page, "Shift+Tab") == []


def test_beside_results_that_follow_the_bar_covers_no_boxes(page):
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto("/aanpakken/")
    bar = page.locator(".filter-bar")
    expect(bar).to_have_css("position", "static")
    answer_with(page, NO_CONNECTION)
    box(page, "Ouderen").check()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(bar).to_have_css("position", "sticky")


@pytest.mark.parametrize("width", [320, 344, 360, 412, 768])
def test_what_can_be_pressed_in_the_bar_stands_beside_the_column_of_boxes(page, width):
    """A box that is half below the bar is as easy to press as any."""
    page.set_viewport_size({"width": width, "height": 740})
    unfolded(page)
    box(page, "Eenzaamheid").check()
    expect(page.locator(".filter-bar .note")).to_have_text("6 resultaten gevonden")
    boxes, pressed = (
        page.evaluate(
            """kind => [...document.querySelectorAll(kind)]
              .map(e => e.getBoundingClientRect())
              .filter(r => r.width).map(r => [r.left, r.right])""",
            kind,
        )
        for kind in (".filters .checkbox input", ".filter-bar :is(a, button)")
    )
    assert len(boxes) > 40
    assert len(pressed) == 2
    assert max(right for _, right in boxes) <= min(left for left, _ in pressed)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_button_is_in_sight_where_the_results_do_not_follow_beside_it(
    browser, browser_context_args, base_url, width, script
):
    context = browser.new_context(
        **browser_context_args
        | {
            "base_url": base_url,
            "java_script_enabled": script,
            "viewport": {"width": width, "height": 740},
        }
    )
    page = context.new_page()
    page.goto("/aanpakken/#filters")
    if script and width == 360:
        page.locator("[data-toggle='filters']").click()
    button = page.get_by_role("button", name="Toon resultaten")
    if script and width == 1280:
        expect(button).not_to_be_in_viewport()
    else:
        expect(button).to_be_in_viewport()
    context.close()


def test_axe_finds_nothing_after_a_live_change_and_a_failure(page, axe_bevindingen):
    page.goto("/aanpakken/")
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    expect(page.locator("#resultaten")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(400)
    assert axe_bevindingen(page) == []
    answer_with(page, NO_CONNECTION)
    box(page, "Jongeren").check()
    expect(page.get_by_role("alert")).to_be_visible()
    page.wait_for_timeout(400)
    assert axe_bevindingen(page) == []


def test_the_document_after_a_live_change_is_the_one_of_that_address(page):
    page.goto("/aanpakken/")
    box(page, "Ouderen").check()
    expect(count(page)).to_have_text("2 resultaten gevonden")
    results = page.locator("#resultaten").inner_html()
    page.goto(page.url)
    time.sleep(0.1)
    assert page.locator("#resultaten").inner_html() == results


# Weight


def test_all_scripts_together_are_light(client):
    import brotli
    from django.conf import settings

    weights = {"readers": 0, "editors": 0}
    for script in (settings.BASE_DIR / "static" / "js").glob("*.js"):
        whose = "editors" if script.name.startswith("admin-") else "readers"
        weights[whose] += len(brotli.compress(script.read_bytes()))
    # No page has all of them: the wijkplan and embeds have some for themselves.
    assert weights["readers"] <= 12_000, weights
    assert weights["editors"] <= 30_000, weights


# Paper


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize("slug", ["futsal-chabbab", "buurtcirkel", "abcd"])
def test_an_aanpak_prints_on_one_sheet(page, slug):
    page.goto(f"/aanpakken/{slug}/")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    for gone in ("#delen", ".page-footer", ".main-nav", ".search", ".toc"):
        for element in page.locator(gone).all():
            expect(element).to_be_hidden()
