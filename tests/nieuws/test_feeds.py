"""Feeds are valid Atom (RFC 4287), and say what the lists say."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.utils import timezone

from aanpakken.facets import AanpakFilter
from aanpakken.models import Aanpak
from interventies.models import Databank, Interventie, Niveau
from kennisdossier.facets import VoorbeeldFilter
from tests import factories, html
from tests.meta.test_house import FEEDS
from tests.tools.often import often
from wijkwijzer.core.models import Status
from wijkwijzer.facets.lists import PER_PAGINA, volgvraag
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "http://testserver"


def feed(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  # our own


def said(element: ElementTree.Element, name: str) -> str:
    (one,) = element.findall(f"{ATOM}{name}")
    return one.text or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    found = element.findall(f"{ATOM}link")
    return {one.attrib["rel"]: one.attrib["href"] for one in found}


def entries(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(f"{ATOM}entry")


def ids(client, address: str) -> list[str]:
    return [said(entry, "id") for entry in entries(feed(client, address))]


def is_a_time(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_all_that_atom_asks_of_it(client, path):
    address = f"/{path}/feed.atom"
    root = feed(client, address)
    assert root.tag == f"{ATOM}feed"
    assert said(root, "title")
    assert said(root, "id") == f"{HERE}{address}"
    assert is_a_time(said(root, "updated"))
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert links(root)["self"] == f"{HERE}{address}"
    assert links(root)["alternate"] == f"{HERE}/{path}/"
    found = entries(root)
    assert found
    for entry in found:
        assert said(entry, "title")
        assert said(entry, "id").startswith(f"{HERE}/id/")
        assert links(entry)["alternate"].startswith(f"{HERE}/{path}/")
        assert is_a_time(said(entry, "updated"))
        assert said(entry, "published") <= said(entry, "updated")
        assert said(entry, "summary")
    assert len({said(entry, "id") for entry in found}) == len(found)


def asked(filterset, random: Random) -> str:
    """A query with some values that exist, some that do not, and an order."""
    stand = current_stand()
    pairs = []
    for facet in random.sample(filterset.facets, 2):
        values = [*filterset(QueryDict(), stand).index.waarden(facet.key)]
        if values:
            pairs.append((facet.key, random.choice(values)))
    extra = [("leeftijd", "14"), ("q", "bewoners"), ("thema", "x"), ("pagina", "2")]
    pairs += random.sample(extra, random.randrange(2))
    pairs += random.sample([("sorteer", "recent"), ("sorteer", "naam")], 1)
    return urlencode(pairs)


@pytest.mark.parametrize(
    ("path", "filterset"),
    [("aanpakken", AanpakFilter), ("praktijkvoorbeelden", VoorbeeldFilter)],
)
def test_a_feed_has_the_hits_of_the_page_in_the_same_order(client, path, filterset):
    random = Random(13)
    stand = current_stand()
    records = stand.records(filterset.declared)
    some = 0
    for _ in range(often("QUERIES", 25)):
        query = asked(filterset, random)
        hits = filterset(QueryDict(query), stand).treffers()[:PER_PAGINA]
        expected = [records[p].uuid for p in hits]
        found = [
            i.rpartition("/")[2] for i in ids(client, f"/{path}/feed.atom?{query}")
        ]
        assert [i.replace("-", "") for i in found] == expected, query
        some += bool(found)
    assert some > 5


def test_the_pages_of_a_feed_have_every_hit_once_and_are_one_feed(client):
    for _ in range(PER_PAGINA):
        factories.make_aanpak()
    address = "/aanpakken/feed.atom"
    first, second = (feed(client, f"{address}?pagina={page}") for page in (1, 2))
    found = [said(e, "id") for root in (first, second) for e in entries(root)]
    assert len({*found}) == len(found) == Aanpak.objects.gepubliceerd().count()
    assert links(first)["next"] == f"{HERE}{address}?pagina=2"
    assert links(second)["previous"] == f"{HERE}{address}"
    assert said(first, "id") == said(second, "id")


@pytest.mark.parametrize("path", ["aanpakken", "interventies", "praktijkvoorbeelden"])
def test_a_list_tells_programs_and_people_of_its_feed_with_its_filters(client, path):
    document = html.read(client.get(f"/{path}/?thema=zeggenschap&niveau=x").content)
    address = document.one("link", type="application/atom+xml")["href"]
    assert address.partition("?")[0] == f"/{path}/feed.atom"
    # What the list knows of the question, and no more.
    assert ("thema=zeggenschap" in address) == (path != "interventies")
    assert "niveau" not in address
    (shown,) = (a for a in document.all("a", type="application/atom+xml"))
    assert shown["href"] == address
    assert client.get(address).status_code == 200


def test_who_follows_a_list_gets_what_changed_last_first():
    stand = current_stand()
    asked_for = volgvraag(AanpakFilter(QueryDict("thema=zeggenschap&q=x"), stand))
    assert asked_for == "?q=x&thema=zeggenschap&sorteer=recent"


def test_a_feed_says_what_was_asked_and_does_not_exist(client):
    root = feed(client, "/aanpakken/feed.atom?thema=bestaatniet&laag=gemeente&q=*")
    assert "“bestaatniet” bestaat niet" in said(root, "subtitle")
    assert "In “*” staat geen woord om op te zoeken." in said(root, "subtitle")
    assert "*" not in said(root, "title")
    assert "Gemeente" in said(root, "title")
    assert "niet alles wat je vroeg bestaat" in said(root, "title")


def test_what_xml_cannot_hold_is_left_out_of_a_feed(client):
    factories.make_aanpak(naam="Een\x0bnaam", samenvatting="Wie <b> & \x01 wat?")
    root = feed(client, "/aanpakken/feed.atom?thema=%00%0B%EF%BF%BF&q=naam%02")
    assert "bestaat niet" in said(root, "subtitle")
    (entry,) = (e for e in entries(root) if "naam" in said(e, "title"))
    assert said(entry, "summary").startswith("<p>Wie &lt;b&gt; &amp; ")


def test_a_feed_without_hits_is_valid_and_the_same_at_every_visit(client):
    address = "/aanpakken/feed.atom?doelgroep=ouderen&leeftijd=3"
    assert entries(feed(client, address)) == []
    assert client.get(address).content == client.get(address).content


def test_a_renamed_record_keeps_its_id_and_a_withdrawn_one_is_gone(client):
    record = Aanpak.objects.get(slug="abcd")
    address = "/aanpakken/feed.atom?sorteer=recent"
    before = ids(client, address)
    record.slug = "anders"
    record.save()
    factories.publish(record)
    first = entries(feed(client, address))[0]
    assert said(first, "id") == f"{HERE}/id/aanpak/{record.uuid}"
    assert links(first)["alternate"] == f"{HERE}/aanpakken/anders/"
    assert {*before} == {*ids(client, address)}
    factories.withdraw(record)
    assert {*before} - {*ids(client, address)} == {said(first, "id")}


def test_an_unpublished_change_is_in_no_feed_and_changes_no_time(client):
    record = Aanpak.objects.get(slug="abcd")
    before = client.get("/aanpakken/feed.atom").content
    record.naam = "Nog geheim"
    record.save()
    factories.make_aanpak(naam="Ook geheim", status=Status.CONCEPT)
    assert client.get("/aanpakken/feed.atom").content == before


# Recognitions


def entry_of(client, record: Interventie) -> ElementTree.Element:
    found = entries(feed(client, "/interventies/feed.atom"))
    times = [said(entry, "updated") for entry in found]
    assert times == sorted(times, reverse=True)
    (entry,) = (e for e in found if said(e, "id").endswith(str(record.uuid)))
    return entry


def updated(client, record: Interventie) -> datetime:
    return datetime.fromisoformat(said(entry_of(client, record), "updated"))


@pytest.fixture
def entry_of_last_year() -> Interventie:
    record = factories.make_interventie(status=Status.CONCEPT)
    return factories.publish(record, at=timezone.now() - timedelta(days=365))


def test_a_recognition_makes_its_entry_new_and_other_words_do_not(
    client, entry_of_last_year
):
    record = entry_of_last_year
    before = updated(client, record)
    record.toelichting = "Anders gezegd."
    record.save()
    factories.publish(record)
    assert updated(client, record) == before
    factories.make_erkenning(record, niveau=Niveau.objects.first(), datum="2026")
    assert updated(client, record) > before


def test_a_recognition_that_ended_makes_its_entry_new_on_that_day(
    client, entry_of_last_year
):
    record = entry_of_last_year
    day = timezone.localdate() - timedelta(days=10)
    record.erkenningen.create(
        databank=Databank.objects.first(),
        niveau=Niveau.objects.get(slug="effectief"),
        geldig_tot=str(day - timedelta(days=1)),
        bron_url=factories.BRON_URL,
    )
    factories.publish(record, at=timezone.now() - timedelta(days=30))
    assert "verlopen sinds" in said(entry_of(client, record), "summary")
    assert timezone.localtime(updated(client, record)).date() == day
