"""A page and the API give the same hits in the same order, whatever is asked."""

from __future__ import annotations

from collections import Counter
from random import Random, random

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from tests import html
from tests.api.vragen import vraag
from tests.tools.often import often
from wijkwijzer.api.antwoord import lees_lijst
from wijkwijzer.api.collecties import ALLE, OP_NAAM, Geheelcollectie
from wijkwijzer.api.problemen import MEESTE_FOUTEN, OngeldigError
from wijkwijzer.api.vraag import lees_vraag
from wijkwijzer.facets.lists import lijstcontext
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

# With a page that filters. A card or row of it is a link to the record.
MET_PAGINA = ["aanpakken", "interventies", "praktijkvoorbeelden"]
VRAGEN = often("QUERIES", 200)
DOOR_DE_SITE = 12


def op_de_pagina(client, naam: str, query: QueryDict) -> list[str]:
    """The slugs of the records on a page of the list, in its order."""
    document = html.read(client.get(f"/{naam}/?{query.urlencode()}").content)
    begin = f"/{naam}/"
    found = []
    for heading in document.one(id="resultaten").all("h3", "h4", "th"):
        for link in heading.all("a"):
            slug = link["href"].partition("?")[0].removeprefix(begin).strip("/")
            if link["href"].startswith(begin) and slug:
                found.append(slug)
    return found


def in_de_api(client, naam: str, query: QueryDict) -> list[str]:
    response = client.get(f"/api/v1/{naam}?{query.urlencode()}")
    assert response.status_code == 200, response.content
    return [record["slug"] for record in response.json()["resultaten"]]


def test_what_is_asked_finds_the_same_on_a_page_and_in_the_api():
    stand, dice, met = current_stand(), Random(random()), 0
    for _ in range(VRAGEN):
        collectie = OP_NAAM[dice.choice(MET_PAGINA)]
        query = vraag(collectie, stand, dice)
        lijst = lees_lijst(collectie, lees_vraag(collectie, query, stand), stand)
        asked = RequestFactory().get("/", query_params=query)
        context = lijstcontext(asked, collectie.filter(asked.GET, stand))
        page = [document.slug for document in context["page_obj"]]
        records = collectie.records(stand, lijst.pagina.object_list)
        assert [record.slug for record in records] == page, query.urlencode()
        assert len(lijst.treffers) == context["aantal"]
        assert not context["meldingen"], query.urlencode()
        met += len(page)
    assert met > VRAGEN


@pytest.mark.once
@pytest.mark.parametrize("naam", MET_PAGINA)
def test_what_a_reader_sees_is_what_a_program_gets(client, naam):
    stand, dice = current_stand(), Random(random())
    queries = [vraag(OP_NAAM[naam], stand, dice) for _ in range(DOOR_DE_SITE // 3)]
    for query in [QueryDict(), *queries]:
        page = op_de_pagina(client, naam, query)
        assert in_de_api(client, naam, query) == page, query.urlencode()


@pytest.mark.parametrize(
    ("naam", "pad"), [("begrippen", "/begrippen/"), ("dossiers", "/kennisdossier/")]
)
def test_a_list_without_filters_has_the_order_of_its_page(client, naam, pad):
    content = client.get(pad).content.decode()
    places = []
    query = QueryDict("fields=slug", mutable=True)
    for nummer in ("1", "2"):
        query["pagina"] = nummer
        response = client.get(f"/api/v1/{naam}?{query.urlencode()}").json()
        places += [
            content.index(f'href="{pad}{r["slug"]}/"') for r in response["resultaten"]
        ]
        if response["links"]["volgende"] is None:
            break
    assert len(places) == response["aantal"]
    assert places == sorted(places)


def test_the_counts_of_the_facets_are_those_of_the_page(client):
    stand = current_stand()
    query = QueryDict("thema=zeggenschap")
    facetten = client.get("/api/v1/aanpakken?thema=zeggenschap").json()["facetten"]
    page = OP_NAAM["aanpakken"].filter(query, stand).facetten()
    assert [f["sleutel"] for f in facetten] == [groep.sleutel for groep in page]
    assert [
        [(w["waarde"], w["naam"], w["aantal"], w["gekozen"]) for w in f["waarden"]]
        for f in facetten
    ] == [[(o.waarde, o.label, o.aantal, o.gekozen) for o in g.opties] for g in page]


def test_every_page_of_a_list_is_linked_from_the_one_before(client):
    adres, found = "/api/v1/begrippen?fields=slug", []
    while adres:
        response = client.get(adres)
        data = response.json()
        found += [r["slug"] for r in data["resultaten"]]
        assert f'<{data["links"]["zelf"]}>; rel="self"' in response["Link"]
        adres = data["links"]["volgende"]
        assert ('rel="next"' in response["Link"]) == bool(adres)
    assert len(found) == len({*found}) == data["aantal"] > data["perPagina"]


def test_a_page_that_a_list_does_not_have_is_not_found(client):
    for naam, told in (("begrippen", "2 pagina’s."), ("themas", "1 pagina.")):
        response = client.get(f"/api/v1/{naam}?pagina=99")
        assert response.status_code == 404
        assert response.json()["detail"].endswith(f"deze lijst heeft {told}")


def test_recognitions_are_filtered_by_what_each_of_them_is(client):
    alle = client.get("/api/v1/erkenningen").json()
    (facet,) = (f for f in alle["facetten"] if f["sleutel"] == "erkenning")
    counts = {w["waarde"]: w["aantal"] for w in facet["waarden"] if w["aantal"]}
    assert counts == Counter(r["status"] for r in alle["resultaten"])
    assert len(counts) > 1
    for status, count in counts.items():
        some = client.get(f"/api/v1/erkenningen?erkenning={status}").json()
        assert some["aantal"] == count
        assert {r["status"] for r in some["resultaten"]} == {status}


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("themaa=verbinding", "themaa"),
        ("thema=bestaatniet", "thema"),
        ("q=*", "q"),
        ("leeftijd=veertien", "leeftijd"),
        ("leeftijd=014", "leeftijd"),
        ("leeftijd=-1", "leeftijd"),
        ("sorteer=mooi", "sorteer"),
        ("sorteer=naam&sorteer=naam", "sorteer"),
        ("pagina=0", "pagina"),
        ("fields=naam,geheim", "fields"),
        ("themaa=", "themaa"),
    ],
)
def test_what_cannot_be_asked_is_an_error_that_names_its_key(client, query, key):
    response = client.get(f"/api/v1/aanpakken?{query}")
    assert response.status_code == 400
    problem = response.json()
    assert key in problem["detail"]
    assert [error["location"]["name"] for error in problem["errors"]] == [key]


@pytest.mark.parametrize("path", ["/api/v1/aanpakken", "/aanpakken/export.json"])
def test_what_a_form_without_a_script_sends_is_what_its_page_shows(client, path):
    form = "q=&sorteer=&thema=verbinding&thema=&leeftijd=&pagina=&fields="
    asked, same = (client.get(f"{path}?{q}") for q in (form, "thema=verbinding"))
    assert asked.status_code == 200
    found = [response.json()["resultaten"] for response in (asked, same)]
    assert found[0] == found[1] != []


def test_all_that_is_wrong_is_told_at_once(client):
    response = client.get("/api/v1/aanpakken?x=1&thema=verbinding&thema=y&niveau=z")
    errors = response.json()["errors"]
    places = [(e["location"]["name"], e["location"].get("index")) for e in errors]
    assert places == [("x", None), ("thema", 1), ("niveau", 0)]


def test_of_very_many_mistakes_some_are_told_and_how_many_more_there_are(client):
    query = "&".join(f"x{number}=1" for number in range(900))
    problem = client.get(f"/api/v1/aanpakken?{query}").json()
    assert len(problem["errors"]) == MEESTE_FOUTEN
    assert problem["detail"].endswith(f"En nog {900 - MEESTE_FOUTEN} fouten.")


def test_what_a_page_would_leave_out_is_refused():
    """An API that ignores a filter gives hits that nobody asked for."""
    stand = current_stand()
    for collectie in ALLE:
        if isinstance(collectie, Geheelcollectie):
            for facet in collectie.filter.facets:
                with pytest.raises(OngeldigError):
                    asked = QueryDict(f"{facet.key}=bestaatniet")
                    lees_vraag(collectie, asked, stand)
