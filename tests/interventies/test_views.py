"""Pages of the register."""

from __future__ import annotations

import re

import pytest

from interventies.models import Databank, Niveau
from interventies.whole import InterventieDocument
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")


def page(client, address: str) -> html.Element:
    response = client.get(address)
    assert response.status_code == 200
    return html.read(response.content)


def row(client, name: str) -> str:
    (found,) = (
        tr.text
        for tr in page(client, "/interventies/").all("tr")
        if any(cell.text == name for cell in tr.all("th"))
    )
    return found


def test_the_register_shows_level_date_and_validity_per_entry(client):
    text = row(client, "Resto VanHarte")
    assert "Goed Beschreven" in text
    assert "december 2015" in text
    assert "Movisie" in text
    assert "Movisie: staat er nu in" in text
    assert "Waarschijnlijk verlopen sinds december 2020" in text


def test_an_entry_without_recognition_says_so(client):
    assert "Geen erkenning gevonden" in row(client, "Wijktheater")


@pytest.mark.parametrize(("end", "words"), [("9000", "Geldig"), ("2001", "Verlopen")])
def test_a_stated_end_shows_whether_the_recognition_holds(client, end, words):
    factories.make_erkenning(factories.make_interventie(naam="Proef"), geldig_tot=end)
    assert words in row(client, "Proef")


@pytest.mark.parametrize(
    ("place", "short", "words"),
    [
        ("nu", "staat er nu in", "Staat nu in de databank van Movisie."),
        (
            "eerder",
            "stond er eerder in (juni 2016)",
            "Staat niet meer in de databank van Movisie. Stond er eerder in, "
            "volgens een pagina van juni 2016.",
        ),
        ("niet", "staat er niet in", "Staat niet in de databank van Movisie."),
        (
            "onbekend",
            "niet bekend of het er nu in staat",
            "of de aanpak nu in de databank van Movisie staat",
        ),
    ],
)
def test_register_and_aanpak_say_the_same_of_whether_a_databank_has_it(
    client, place, short, words
):
    entry = factories.make_interventie(naam="Proef")
    movisie = Databank.objects.get(slug="movisie")
    factories.make_vermelding(
        entry, databank=movisie, in_databank=place, bron_datum="2016-06"
    )
    aanpak = factories.make_aanpak(interventie=entry)
    assert f"Movisie: {short}" in row(client, "Proef")
    for address in (entry.get_absolute_url(), aanpak.get_absolute_url()):
        assert words in page(client, address).one("main").text


def test_the_register_counts_what_it_lists_and_what_is_in_a_databank_now(client):
    factories.make_vermelding(in_databank="nu")
    factories.make_vermelding(in_databank="eerder")
    main = page(client, "/interventies/").one("main")
    listed = html.result_count(page(client, "/interventies/"))
    rows = [tr for tr in main.all("tr") if "staat er nu in" in tr.text]
    assert rows
    assert f"over {listed} aanpakken die in een databank staan of stonden" in main.text
    assert f"{len(rows)} daarvan staan nu in een databank" in main.text


def test_the_history_has_the_oldest_event_of_each_databank_first(client):
    interventie = factories.make_interventie()
    movisie, nji = (Databank.objects.get(slug=s) for s in ("movisie", "nji"))
    for databank, day in [(nji, "2021"), (movisie, "2020-07"), (movisie, "2019")]:
        factories.make_erkenning(
            interventie,
            databank=databank,
            datum=day,
            niveau=Niveau.objects.get(slug="effectief"),
        )
    factories.make_vermelding(interventie, databank=movisie, bron_datum="2015")
    history = page(client, interventie.get_absolute_url()).one(class_="history")
    assert [h.text.split()[0] for h in history.all("h3")] == ["Movisie", "Nederlands"]
    assert [time.text for time in history.all("time") if in_strong(time)] == [
        *("2019", "juli 2020", "2021")
    ]
    assert "Zonder datum" in history.text
    assert "pagina van 2015" in history.text


def in_strong(element: html.Element) -> bool:
    return any(above.name == "strong" for above in element.above())


def test_an_entry_that_no_databank_names_says_so(client):
    interventie = factories.make_interventie()
    text = page(client, interventie.get_absolute_url()).one("main").text
    assert "Geen databank gevonden" in text
    assert (
        "Nog niet bekend: wie de eigenaar is en wanneer dit gecontroleerd is." in text
    )


def test_what_is_not_known_is_said_in_one_line(client):
    entries = current_stand().all(InterventieDocument)
    assert len(entries) == 17
    for entry in entries:
        article = page(client, entry.get_absolute_url()).one("article")
        unknown = [*article.all("p", class_="not-known")]
        found = re.findall(r"(?i)\b(?:niet bekend|onbekend)", article.text)
        assert len(found) == len(unknown) <= 1, entry.slug


def test_a_decision_that_two_pages_tell_of_stands_once_with_both(client):
    sources = ("vgn.nl", "buurtcirkel.nl")
    for address in ("/aanpakken/buurtcirkel/", "/interventies/buurtcirkel/"):
        main = page(client, address).one("main")
        (decision,) = (
            *main.all("ul", class_="recognitions"),
            *main.all("li", class_="decision"),
        )
        assert all(source in decision.text for source in sources)
        assert decision.text.count("Goed Beschreven") <= 2


def test_an_entry_links_to_its_aanpak_and_back(client):
    links = {
        (path, a.get("href"))
        for path in ("/interventies/abcd/", "/aanpakken/abcd/")
        for a in page(client, path).one("main").all("a")
    }
    assert ("/interventies/abcd/", "/aanpakken/abcd/") in links
    assert ("/aanpakken/abcd/", "/interventies/abcd/") in links


def test_what_readers_see_of_an_entry_is_what_was_published(client):
    entry = factories.make_interventie(naam="Proef")
    databank = Databank.objects.get(slug="movisie")
    entry.vermeldingen.create(
        databank=databank, soort="onbekend", bron_url="https://a.example"
    )
    entry.naam = "Nog niet"
    entry.save()
    text = page(client, entry.get_absolute_url()).one("main").text
    assert "Geen databank gevonden" in text
    assert "Nog niet" not in page(client, "/interventies/").text
    factories.publish(entry)
    text = page(client, entry.get_absolute_url()).one("main").text
    assert "Movisie" in text
    assert "Nog niet" in page(client, "/interventies/").text


def test_an_entry_without_an_aanpak_that_readers_see_leads_to_none(client):
    entry = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=entry)
    address = entry.get_absolute_url()
    link = f'href="{aanpak.get_absolute_url()}"'
    assert link in client.get(address).content.decode()
    factories.withdraw(aanpak)
    assert link not in client.get(address).content.decode()


def test_an_entry_that_was_withdrawn_says_why(client):
    entry = factories.make_interventie(naam="Proef")
    factories.withdraw(entry, "De databank bestaat niet meer.")
    response = client.get(entry.get_absolute_url())
    assert response.status_code == 410
    assert "De databank bestaat niet meer." in response.content.decode()
    names = [cell.text for cell in page(client, "/interventies/").all("th")]
    assert "Proef" not in names
