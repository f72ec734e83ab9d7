"""For words that nothing is about: where a reader is led."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories, html
from wijkwijzer.search.gemist import niets_gevonden
from wijkwijzer.search.models import Synoniemgroep, Verwant
from wijkwijzer.search.registry import zoekbronnen
from wijkwijzer.search.terms import VerwantTerm
from wijkwijzer.search.verwant import pagina, van_delen, verwijzingen
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.django_db


def near(text: str) -> list[tuple[str, str, list[str]]]:
    found = verwijzingen(current_stand(), text)
    return [(n.woorden, n.zoekterm, [page.url for page in n.paginas]) for n in found]


@pytest.fixture(autouse=True)
def knikkers() -> None:
    Verwant.objects.create(
        naam="z",
        woorden="zzknikker\nzz bikkelen",
        zoekterm="spel",
        paginas="/themas/verbinding/\n/themas/bestaat-niet/",
    )


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("zzknikker", "zzknikker"),
        ("wie wil zzknikker", "zzknikker"),
        ("zz bikkelen in de wijk", "zz bikkelen"),
    ],
)
def test_a_word_leads_to_the_pages_that_exist_and_to_another_query(asked, named):
    assert near(asked) == [(named, "spel", ["/themas/verbinding/"])]


def test_a_word_that_is_found_leads_nowhere_else():
    factories.make_aanpak(naam="zzknikker")
    assert near("zzknikker") == []


@pytest.mark.parametrize(
    "asked", ["zzknikkerheid", "zzknikkers", "zzknikkeren", "zzknikkering"]
)
def test_another_form_of_a_word_leads_there_too(asked):
    assert near(asked)[0][:2] == (asked, "spel")


def test_a_word_is_first_what_it_says_itself():
    Verwant.objects.create(
        naam="y", woorden="zzknikkerheid", zoekterm="iets anders", paginas="/themas/"
    )
    assert near("zzknikkerheid")[0][1] == "iets anders"
    assert near("zzknikker")[0][1] == "spel"


@pytest.mark.parametrize("asked", ["zzknik", "zzknikkerbaan", "zzknikkerachtig"])
def test_a_word_that_only_begins_the_same_leads_nowhere(asked):
    assert near(asked) == []


def test_a_part_of_a_compound_leads_there_too():
    assert near("armoedebeleid")[0][1] == "meedoen"


@pytest.mark.parametrize("address", ["/zoeken/", "/aanpakken/"])
def test_a_page_without_hits_shows_them_and_the_keuzehulp(client, address):
    page = html.read(client.get(address, {"q": "zzknikker"}).content)
    shown = page.one("main").one(class_="alert")
    assert "Over “zzknikker” vonden we niets" in shown.text
    links = [link["href"] for link in shown.all("a")]
    assert links == ["/themas/verbinding/", "/zoeken/?q=spel", reverse("keuzehulp")]


def test_who_is_led_elsewhere_is_told_once_and_not_to_look_at_the_spelling(client):
    shown = html.read(client.get("/zoeken/", {"q": "zzknikker"}).content).one("main")
    assert shown.text.count("vonden we niets") == 1
    assert "spelling" not in shown.text
    shown = html.read(client.get("/zoeken/", {"q": "zzqxj"}).content).one("main")
    assert shown.text.count("vonden we niets") == 1
    assert "spelling" in shown.text


@pytest.mark.parametrize("address", ["/zoeken/", "/aanpakken/"])
def test_a_word_that_nothing_is_about_is_not_corrected(client, address):
    factories.make_aanpak(naam="zzknikkers")
    factories.make_aanpak(naam="zzbikkelem")
    content = client.get(address, {"q": "zz bikkelen"}).content.decode()
    assert "Bedoelde je" not in content
    assert "Dit zijn de resultaten voor" not in content


def test_a_list_without_hits_leads_to_the_search_of_all_when_that_has_some(client):
    """Mantelzorgers have a page; no aanpak is about them."""
    page = html.read(client.get("/aanpakken/", {"q": "mantelzorg"}).content)
    links = [link["href"] for link in page.one(class_="empty").all("a")]
    assert {"/zoeken/?q=mantelzorg", reverse("keuzehulp")} <= {*links}
    assert "/aanpakken/?vraagstuk=eenzaamheid" in links
    assert (
        "/zoeken/?q=mantelzorg"
        not in client.get("/aanpakken/", {"q": "qqqqqqqq"}).content.decode()
    )


@pytest.mark.parametrize(("more", "told"), [({}, False), ({"laag": "bewoner"}, True)])
def test_to_let_go_of_the_only_choice_is_no_other_choice(client, more, told):
    answer = client.get("/aanpakken/", {"q": "mantelzorg", **more}).content.decode()
    assert ("Laat er een los" in answer) == told


def test_a_word_that_other_pages_are_about_is_not_corrected(client):
    factories.make_aanpak(naam="arnheim")
    content = client.get("/aanpakken/", {"q": "arnhem"}).content.decode()
    assert "Bedoelde je" not in content
    assert "Dit zijn de resultaten voor" not in content


@pytest.mark.parametrize("address", ["/zoeken/", "/aanpakken/"])
def test_without_any_lead_there_are_still_the_issues_and_the_keuzehulp(client, address):
    page = html.read(client.get(address, {"q": "qqqqqqqq"}).content)
    links = [link["href"] for link in page.one(class_="empty").all("a")]
    issues = [link for link in links if "?vraagstuk=" in link]
    assert "/aanpakken/?vraagstuk=overlast-en-conflicten" in issues
    assert len(issues) == 7
    assert reverse("keuzehulp") in links


@pytest.mark.parametrize("address", ["/zoeken/", "/aanpakken/"])
@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("muziekoverlast", "overlast"),
        ("schaatsjongeren", "jongeren"),
        ("buurtvaders", "vaders"),
        ("kindermuur", "kind"),
    ],
)
def test_a_compound_leads_to_what_is_about_a_part_of_it(
    client, address, compound, part
):
    page = html.read(client.get(address, {"q": compound}).content)
    shown = page.one("main").one(class_="alert")
    assert f"Over “{compound}” vonden we niets" in shown.text
    assert f"/zoeken/?q={part}" in [link["href"] for link in shown.all("a")]


def test_a_part_that_is_no_word_of_the_editors_says_nothing():
    assert van_delen(current_stand(), "schaatsgoed") == []


def test_a_part_that_nearly_all_is_about_says_nothing():
    assert van_delen(current_stand(), "buurtzaag") == []


def test_a_typing_error_is_mended_before_it_is_taken_apart(client):
    context = client.get("/zoeken/", {"q": "jongerenwerkeer"}).context
    assert context["bedoeld"]
    assert context["verwant"] == []


def test_words_that_only_lead_somewhere_by_a_part_are_counted_as_missed(client):
    client.get("/zoeken/", {"q": "muziekoverlast"})
    assert niets_gevonden.get() == "muziekoverlast"


def test_an_issue_is_a_page_that_editors_can_name():
    found = pagina(current_stand(), "/aanpakken/?vraagstuk=eenzaamheid")
    assert found == ("Eenzaamheid", "/aanpakken/?vraagstuk=eenzaamheid")


def test_every_lead_of_the_editors_leads_somewhere():
    stand = current_stand()
    for term in stand.terms(VerwantTerm):
        if term.naam == "z":
            continue
        assert all(pagina(stand, address) for address in term.paginas), term.naam
        if term.zoekterm:
            groups = [b.zoek(stand, term.zoekterm, 1) for b in zoekbronnen()]
            assert any(group.raak for group in groups), term.zoekterm


def test_editors_can_only_name_pages_that_the_search_knows(admin_client):
    form = {"naam": "y", "woorden": "zzy", "zoekterm": "", "paginas": "/weg/"}
    add = reverse("admin:search_verwant_add")
    assert "De zoeker kent deze pagina niet: /weg/" in (
        admin_client.post(add, form).content.decode()
    )
    admin_client.post(add, {**form, "paginas": "/themas/problemen/"})
    assert near("zzy") == [("zzy", "", ["/themas/problemen/"])]


def test_a_word_must_lead_somewhere(admin_client):
    form = {"naam": "y", "woorden": "zzy", "zoekterm": "", "paginas": ""}
    response = admin_client.post(reverse("admin:search_verwant_add"), form)
    assert "Geef een zoekterm of minstens één pagina" in response.content.decode()


def test_a_synonym_of_a_word_leads_where_the_word_does():
    Synoniemgroep.objects.create(naam="s", termen="zzknikker\nzzglazenbal")
    assert near("zzglazenbal") == [("zzglazenbal", "spel", ["/themas/verbinding/"])]
