"""An embed shows what its page shows, in a frame of registered sites only."""

from __future__ import annotations

import random
import re

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from aanpakken.facets import AanpakFilter
from aanpakken.models import Aanpak
from kennisdossier.models import Begrip
from tests import factories, html
from tests.paginas import INGESLOTEN, Pagina, bereid_voor
from tests.tools.often import often
from tests.web import wsgi
from wijkwijzer.delen.kleuren import kleurblad
from wijkwijzer.delen.models import Insluitdomein, lees_domein
from wijkwijzer.facets.declaration import FACETTEN
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

CARD = "/embed/aanpakken/futsal-chabbab/"
QUERIES = often("QUERIES", 40)


def register(domein: str) -> Insluitdomein:
    site = Insluitdomein(domein=domein, van="Gemeente Zuid")
    site.full_clean()
    site.save()
    return site


def ancestors(response) -> str:
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in response["Content-Security-Policy"].split(";")
    )
    return policy["frame-ancestors"]


# What it shows


def random_query(choice: random.Random) -> str:
    index = current_stand().index(AanpakFilter.declared, FACETTEN)
    query = QueryDict(mutable=True)
    for facet in choice.sample(AanpakFilter.facets, 2):
        values = [*index.waarden(facet.key)]
        query.setlist(facet.key, choice.sample(values, min(len(values), 2)))
    if choice.random() < 0.3:
        query["q"] = choice.choice(["buurt", "kinderen", "eenzaam", "xyzzy"])
    if choice.random() < 0.3:
        query["leeftijd"] = str(choice.randrange(100))
    if choice.random() < 0.5:
        query["sorteer"] = choice.choice(["naam", "recent"])
    return query.urlencode()


def hits(client, address: str) -> list[str]:
    document = html.read(client.get(address).content)
    links = [
        title.one("a")["href"]
        for title in document.all("h1", "h2", "h3", "h4")
        if "card-title" in title.get("class")
    ]
    return [link for link in links if link.startswith("/aanpakken/")]


def test_a_list_has_the_same_hits_in_the_same_order_as_its_page(client):
    choice, found = random.Random(13), 0
    for _ in range(QUERIES):
        query = random_query(choice)
        page = hits(client, f"/aanpakken/?{query}")
        assert hits(client, f"/embed/aanpakken/?{query}") == page, query
        found += len(page)
    assert found > QUERIES


def test_a_list_says_what_it_could_not_use_as_the_page_does(client):
    query = "thema=bestaatniet&leeftijd=abc"
    for path in ("/aanpakken/", "/embed/aanpakken/"):
        text = html.read(client.get(f"{path}?{query}").content).one("main").text
        assert "“bestaatniet” bestaat niet" in text


def test_another_page_of_a_list_opens_in_the_frame_and_all_else_outside_it(client):
    for number in range(25):
        factories.make_aanpak(naam=f"Nummer {number}")
    document = html.read(client.get("/embed/aanpakken/?kleur=licht").content)
    assert document.one("base")["target"] == "_top"
    link = document.one("a", rel="next")
    assert link["target"] == "_self"
    assert link["href"] == "?kleur=licht&pagina=2"


@pytest.mark.parametrize(
    ("embed", "path"),
    [
        (CARD, "/aanpakken/futsal-chabbab/"),
        ("/embed/aanpakken/?thema=zeggenschap", "/aanpakken/?thema=zeggenschap"),
        ("/embed/matrix/", "/aanpakken/matrix/?rij=doelgroep&kolom=thema"),
        ("/embed/wie/", "/wie/"),
        ("/embed/begrippen/leefbaarheid/", "/begrippen/leefbaarheid/"),
    ],
)
def test_every_embed_leads_to_its_page_and_is_not_indexed(client, embed, path):
    document = html.read(client.get(embed).content)
    assert document.one("footer").one("a", class_="logo")["href"] == path
    assert "noindex" in document.one("meta", name="robots")["content"]
    assert document.one("link", rel="canonical")["href"].endswith(path.split("?")[0])


# Colours


def test_an_embed_is_light_or_dark_when_the_address_asks_it(client):
    dark = html.read(client.get(f"{CARD}?kleur=donker").content)
    sheets = [link["href"] for link in dark.all("link") if "kleuren" in link["href"]]
    assert sheets == ["/embed/kleuren/donker.css"]
    sheet = client.get(sheets[0])
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert "--ww-paper: #16161b" in sheet.text
    assert "color-scheme: dark;" in sheet.text
    assert client.get("/embed/kleuren/roze.css").status_code == 404
    for same in (CARD, f"{CARD}?kleur=mee", f"{CARD}?kleur=roze"):
        assert b"kleuren" not in client.get(same).content


def test_a_colour_of_an_embed_is_every_colour_that_differs_in_the_dark():
    light, dark = kleurblad("licht"), kleurblad("donker")
    assert dark.count("--ww-") > 10
    names = [{*re.findall(r"--ww-[\w-]+(?=:)", sheet)} for sheet in (light, dark)]
    assert names[1] <= names[0]


# Who may show it


@pytest.mark.parametrize("pagina", INGESLOTEN, ids=str)
def test_only_we_and_registered_sites_may_frame_an_embed(client, pagina: Pagina):
    bereid_voor()
    register("www.zuid.nl")
    response = client.get(pagina.pad)
    assert response.status_code == pagina.status
    assert ancestors(response) == "'self' www.zuid.nl"
    assert "X-Frame-Options" not in response
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/", "/embed/", "/aanpakken/", "/oembed?url=/wie/"])
def test_nobody_may_frame_anything_else(client, path):
    register("www.zuid.nl")
    response = client.get(path)
    assert ancestors(response) == "'none'"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.django_db(transaction=True)
def test_a_kept_embed_follows_who_is_registered(one_connection):
    door = wsgi.site(numbers=wsgi.Now())

    def policy() -> str:
        return wsgi.ask(door, CARD).headers["content-security-policy"]

    assert "zuid" not in policy()
    site = register("www.zuid.nl")
    assert "'self' www.zuid.nl" in policy()
    site.delete()
    assert "zuid" not in policy()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.Zuid.nl", "www.zuid.nl"),
        (" https://www.zuid.nl/wijken?a=b ", "www.zuid.nl"),
        ("zuid.nl:8443", "zuid.nl:8443"),
        ("intranet", "intranet"),
        ("https://café.nl", "xn--caf-dma.nl"),
    ],
)
def test_a_site_is_kept_as_browsers_compare_it(typed, kept):
    assert lees_domein(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("*", "*.zuid.nl", "'none'", "zuid.nl; script-src *", "a b", "https://"),
        *("1.2.3.4", "zuid.nl:x", "-zuid.nl", "", "a\0.nl", "x" * 300),
    ],
)
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(ValidationError):
        Insluitdomein(domein=typed, van="x").full_clean()


def test_two_ways_to_write_a_site_are_one_site():
    register("www.zuid.nl")
    with pytest.raises(ValidationError):
        register("https://WWW.zuid.nl/")


def test_no_more_sites_than_fit_in_a_header():
    for number in range(30):
        register(f"{'a' * 60}.{'b' * 60}.{'c' * 60}.nummer-{number}.nl")
    with pytest.raises(ValidationError, match="passen niet meer"):
        for number in range(10):
            register(f"{'a' * 60}.{'b' * 60}.{'c' * 60}.meer-{number}.nl")


# Addresses that stay


KINDS = pytest.mark.parametrize(
    ("make", "prefix"),
    [
        (factories.make_aanpak, "/embed/aanpakken/"),
        (
            lambda **kw: factories.make_record(Begrip, definitie="Iets.", **kw),
            "/embed/begrippen/",
        ),
    ],
    ids=["aanpak", "begrip"],
)


@KINDS
def test_an_embed_of_a_renamed_record_leads_to_the_embed_of_today(client, make, prefix):
    record = make(slug="eerste", naam="Eerste")
    record.slug = "tweede"
    record.save()
    factories.publish(record)
    response = client.get(f"{prefix}eerste/?kleur=licht")
    assert response.status_code == 301
    assert response["Location"] == f"{prefix}tweede/?kleur=licht"


@KINDS
def test_an_embed_of_what_was_withdrawn_says_why_until_it_comes_back(
    client, make, prefix
):
    record = make(slug="eerste", naam="Eerste")
    factories.withdraw(record, "Opgegaan in iets groters.")
    response = client.get(f"{prefix}eerste/?kleur=donker")
    assert response.status_code == 410
    document = html.read(response.content)
    assert "Opgegaan in iets groters." in document.one("main").text
    assert "donker.css" in response.text
    assert document.one("base")["target"] == "_top"
    factories.publish(record)
    assert client.get(f"{prefix}eerste/").status_code == 200


@pytest.mark.parametrize("path", ["/aanpakken/", "/embed/aanpakken/", "/id/aanpak/"])
def test_what_was_withdrawn_says_what_may_help_instead(client, inhoud, path):
    aanpak = Aanpak.objects.get(slug="thuis-op-straat")
    factories.withdraw(aanpak, "Bestaat niet meer.")
    name = f"{aanpak.uuid}" if path.startswith("/id/") else f"{aanpak.slug}/"
    response = client.get(f"{path}{name}")
    assert response.status_code == 410
    main = html.read(response.content).one("main")
    api = client.get("/api/v1/aanpakken/thuis-op-straat").json()["alternatieven"]
    offered = [a.text for ul in main.all("ul") for a in ul.all("a")]
    assert offered == [other["naam"] for other in api] != []


def test_no_embed_of_a_concept(client):
    aanpak = factories.make_aanpak(status="concept", naam="Nog geheim")
    response = client.get(f"/embed{aanpak.get_absolute_url()}")
    assert response.status_code == 404
    assert "geheim" not in response.text
    assert Aanpak.objects.filter(pk=aanpak.pk).exists()
