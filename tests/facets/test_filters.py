"""A page forgives: odd values are named and left out, and nothing gives an error."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

LISTS = ["/aanpakken/", "/interventies/"]
lists = pytest.mark.parametrize("path", LISTS)


def filterset(query: str) -> AanpakFilter:
    return AanpakFilter(QueryDict(query), current_stand())


def alerts(page: html.Element) -> str:
    return " ".join(element.text for element in page.all(class_="alert"))


def get(client, address: str) -> html.Element:
    response = client.get(address)
    assert response.status_code == 200
    return html.read(response.content)


def filter_form(page: html.Element) -> html.Element:
    return page.one("form", aria_label="Filter resultaten")


# What the page says


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        (
            "thema=bestaatniet",
            "Thema: “bestaatniet” bestaat niet. We hebben dit filter niet gebruikt.",
        ),
        ("leeftijd=abc", "Leeftijd: vul een heel getal in van 0 tot en met 120."),
        ("leeftijd=-1", "Leeftijd: vul een heel getal in van 0 tot en met 120."),
        ("leeftijd=121", "Leeftijd: vul een heel getal in van 0 tot en met 120."),
        (
            "leeftijd=99999999999999",
            "Leeftijd: vul een heel getal in van 0 tot en met 120.",
        ),
        ("leeftijd=1.5", "Leeftijd: vul een heel getal in van 0 tot en met 120."),
        ("leeftijd=%00", "Leeftijd:"),
        ("thema=%00", "Thema: “�” bestaat niet."),
        ("thema=%ff", "Thema: “�” bestaat niet."),
        (f"thema={'x' * 10_000}", f"Thema: “{'x' * 40}…” bestaat niet."),
        ("thema=a%0Ab", "Thema: “a�b” bestaat niet."),
        ("sorteer=prijs", "Sorteren op “prijs” kan niet."),
        ("pagina=-1", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        ("pagina=abc", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        ("pagina=0", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        ("pagina=2", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        ("pagina=%C2%B9", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        (f"pagina={'9' * 5000}", "Die pagina bestaat niet. Je ziet pagina 1 van 1."),
        ("tag=bestaatniet", "Trefwoord: “bestaatniet” bestaat niet."),
    ],
)
def test_what_cannot_be_used_is_named_in_dutch_and_left_out(client, query, notice):
    page = get(client, f"/aanpakken/?{query}")
    assert notice in alerts(page)
    assert html.result_count(page) == 21


@pytest.mark.parametrize(
    "query",
    [
        *("", "thema=", "thema=&thema=", "leeftijd=", "leeftijd=14", "pagina=1"),
        *("leeftijd=14&leeftijd=", "leeftijd=14&leeftijd=14", "q=buren&q=%20"),
        *("sorteer=", "sorteer=recent", "onbekend=1", "thema=zeggenschap", "&&&=="),
    ],
)
def test_a_usable_query_gets_no_notice(client, query):
    assert alerts(get(client, f"/aanpakken/?{query}")) == ""


@pytest.mark.parametrize("typed", ["١٤", "1_4", "%2B14", "¹"])
def test_only_the_digits_of_our_keyboards_are_an_age(client, typed):
    page = get(client, f"/aanpakken/?leeftijd={typed}")
    assert html.result_count(page) == 21
    assert "Leeftijd: vul een heel getal in" in alerts(page)


def test_a_known_value_beside_an_unknown_one_still_filters(client):
    page = get(client, "/aanpakken/?doelgroep=bestaatniet&doelgroep=ouderen")
    assert html.result_count(page) == 2
    assert "“bestaatniet” bestaat niet" in alerts(page)


def test_one_group_names_at_most_three_unknown_values(client):
    query = "&".join(f"thema=onzin{number}" for number in range(50))
    assert alerts(get(client, f"/aanpakken/?{query}")).count("bestaat niet") == 3


def test_a_value_from_the_address_is_shown_as_text(client):
    content = client.get("/aanpakken/?thema=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content


@lists
@pytest.mark.parametrize(
    "query",
    [
        "niveau=bestaatniet",
        "leeftijd=abc",
        "leeftijd=-1",
        "leeftijd=99999999999999",
        "leeftijd=١٤",
        "leeftijd=1e999",
        "leeftijd=NaN",
        "pagina=-1",
        "pagina=abc",
        "pagina=\u0661",
        "niveau=" + "x" * 10_000,
        "x" * 10_000,
        "niveau=%00&%00=niveau&pagina=%00&sorteer=%00&leeftijd=%00",
        "niveau=%ff&%ff=%ff&pagina=%ff&sorteer=%fe&leeftijd=%ff",
        "&".join(["niveau=goed-onderbouwd"] * 500),
        "&".join(f"niveau=x{number}" for number in range(900)),
        "&".join(f"onbekend{number}=1" for number in range(900)),
        "niveau[]=x&niveau[0]=y&niveau.a=z",
        "%",
        "%zz",
        "=",
        ";",
        "niveau=%ud800",
        "niveau=" + "%F0%9F%98%80" * 500,
        "niveau=%E2%80%AE",
    ],
)
def test_no_query_string_is_an_error(client, path, query):
    # As bytes on the wire, not as the test client would encode them.
    response = client.get(path, QUERY_STRING=query.encode().decode("latin-1"))
    assert response.status_code == 200
    html.read(response.content)


MORE_THAN_READ = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1


@lists
def test_more_fields_than_django_reads_is_a_bad_request(client, path):
    query = "&".join(f"niveau=x{number}" for number in range(MORE_THAN_READ))
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400


# The form itself


def test_values_said_twice_count_once():
    filters = filterset("thema=zeggenschap&thema=zeggenschap")
    assert filters.selectie["thema"] == ["zeggenschap"]
    assert len(filters.chips()) == 1


def test_the_query_of_a_page_has_known_keys_only_in_a_fixed_order():
    messy = "pagina=2&onbekend=1&leeftijd=14&sorteer=recent&thema=zeggenschap&laag=x"
    tidy = filterset(messy).query().urlencode()
    assert tidy == "thema=zeggenschap&leeftijd=14&sorteer=recent"
    assert filterset("sorteer=naam").query().urlencode() == ""


def test_a_chip_leads_to_the_same_page_without_its_filter():
    filters = filterset("thema=zeggenschap&thema=verbinding&leeftijd=0&sorteer=recent")
    without = {chip.label: chip.url for chip in filters.chips()}
    assert {*without} == {
        "Zeggenschap en eigenaarschap",
        "Verbinding en sociale contacten in de buurt",
        "0 jaar",
    }
    assert without["0 jaar"] == ("?thema=zeggenschap&thema=verbinding&sorteer=recent")
    assert "thema=verbinding&leeftijd=0" in without["Zeggenschap en eigenaarschap"]
    assert "zeggenschap" not in without["Zeggenschap en eigenaarschap"]


def test_chips_on_the_page_have_unique_names(client):
    page = get(client, "/aanpakken/?thema=zeggenschap&doelgroep=ouderen&leeftijd=70")
    names = [a.text for a in page.one(class_="chips").one("ul").all("a")]
    assert sorted(names) == [
        "Verwijder filter 70 jaar",
        "Verwijder filter Ouderen",
        "Verwijder filter Zeggenschap en eigenaarschap",
    ]


def test_filters_that_have_no_control_stay_in_the_form(client):
    factories.make_complete_aanpak(tags=["bijzonder"])
    assert filterset("tag=bijzonder").verborgen() == [("tag", "bijzonder")]
    page = get(client, "/aanpakken/?tag=bijzonder")
    form = filter_form(page)
    hidden = [(i["name"], i["value"]) for i in form.all("input", type="hidden")]
    assert ("tag", "bijzonder") in hidden


def test_a_closed_group_opens_when_it_has_a_choice():
    def is_open(query: str) -> bool:
        return next(f.open for f in filterset(query).facetten() if f.sleutel == "vorm")

    assert not is_open("")
    assert is_open("vorm=inspiratiegids")


def test_a_zero_can_be_seen_and_not_chosen_unless_it_was_chosen(client):
    options = html.options(get(client, "/aanpakken/?leeftijd=3&doelgroep=ouderen"))
    zeros = [option for option in options if option.count == 0]
    assert zeros
    for option in zeros:
        assert option.disabled is not option.checked
    assert not any(option.disabled for option in options if option.count)
    (chosen,) = (o for o in zeros if o.checked)
    assert chosen.value == "ouderen"


def test_lists_filter_with_a_get_form_and_one_button(client):
    for path in LISTS:
        form = filter_form(get(client, path))
        assert form["method"] == "get"
        assert form["role"] == "search"
        buttons = [button.text for button in form.all("button", type="submit")]
        assert buttons.count("Toon resultaten") == 1


def test_the_page_says_how_filters_combine(client):
    text = filter_form(get(client, "/aanpakken/")).text
    assert "(of)" in text
    assert "(en)" in text


# Pages of a long list


@pytest.fixture
def long_list(inhoud):
    for number in range(40):
        factories.make_aanpak(naam=f"Zzz {number:02}", slug=f"zzz-{number:02}")


@pytest.mark.long
def test_a_long_list_has_pages_that_keep_the_filters(client, long_list):
    page = get(client, "/aanpakken/?soort=interventie&onbekend=1&pagina=1")
    assert html.result_count(page) == 48
    following = page.one("a", rel="next")["href"]
    names = html.result_names(page, "/aanpakken/")
    second = get(client, f"/aanpakken/{following}")
    assert "soort=interventie" in following
    assert alerts(second) == ""
    names += html.result_names(second, "/aanpakken/")
    assert len(names) == len({*names}) == 48
    assert not [*second.all("a", rel="next")]
    back = second.one("a", rel="prev")["href"]
    assert "pagina" not in back


def test_beyond_the_last_page_is_the_last_page_with_a_notice(client, long_list):
    page = get(client, "/aanpakken/?pagina=99")
    assert "Je ziet pagina 3 van 3." in alerts(page)
    assert len(html.result_names(page, "/aanpakken/")) == 61 - 48


def test_only_the_page_number_differs_in_the_title_of_a_second_page(client, long_list):
    title = get(client, "/aanpakken/?pagina=2").one("title").text
    assert title.startswith("Aanpakken: 61 resultaten, pagina 2")


def test_a_long_word_in_a_chip_breaks_with_a_hyphen(client, inhoud):
    word = "buurtvernieuwingsprojectgroepen"
    page = client.get("/aanpakken/", {"q": word}).content.decode()
    (shown,) = re.findall(r"Verwijder filter </span>“(.*?)”</span>", page)
    assert "wings\u00adpro\u00adject\u00adgroepen" in shown
    assert shown.replace("\u00ad", "") == word


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("q=buren&q=", "q=buren"),
        ("leeftijd=&leeftijd=14&leeftijd=", "leeftijd=14"),
        ("leeftijd=14&leeftijd=70", "leeftijd=70"),
        ("leeftijd=70&leeftijd=abc&leeftijd=14", "leeftijd=14"),
    ],
)
def test_of_what_can_be_asked_once_the_last_value_counts(query, same):
    assert filterset(query).query().urlencode() == same


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("leeftijd=14&leeftijd=70", "Leeftijd kan maar één keer."),
        ("q=buren&q=&q=ouderen", "We hebben “ouderen” gebruikt."),
        ("sorteer=naam&sorteer=recent", "Sorteren kan maar één keer."),
    ],
)
def test_a_second_value_of_what_can_be_asked_once_is_named(client, query, notice):
    assert notice in alerts(get(client, f"/aanpakken/?{query}"))
