"""The timeline of a register entry: only what has a date, as precise as it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string

from interventies.models import Databank, Interventie, Niveau
from interventies.tijdlijn import teken_tijdlijnen, tijdlijnen
from interventies.whole import InterventieDocument
from tests import factories, html
from wijkwijzer.wholes.current import current_stand

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("inhoud")


def timeline(interventie: Interventie) -> html.Element:
    document = current_stand().get(InterventieDocument, interventie.slug)
    lines = tijdlijnen(document, TODAY)
    context = {"tijdlijn": teken_tijdlijnen(lines, TODAY)}
    return html.read(render_to_string("components/tijdlijn.html", context))


def test_a_page_that_tells_of_a_decision_is_not_told_again_as_a_listing():
    interventie = factories.make_interventie()
    page = factories.make_erkenning(interventie).bron_url
    factories.make_vermelding(interventie, bron_url=page)
    factories.make_vermelding(interventie, in_databank="nu")
    document = current_stand().get(InterventieDocument, interventie.slug)
    ((_, events),) = tijdlijnen(document, TODAY)
    assert [getattr(event.object, "in_databank", None) for event in events] == [
        None,
        "nu",
    ]


def test_an_older_listing_does_not_deny_that_the_databank_has_it_now(client):
    interventie = factories.make_interventie()
    factories.make_vermelding(interventie, in_databank="eerder")
    gone = html.read(client.get(interventie.get_absolute_url()).content).text
    factories.make_vermelding(interventie, in_databank="nu")
    back = html.read(client.get(interventie.get_absolute_url()).content)
    assert "Staat niet meer in de databank" in gone
    assert "Staat niet meer in de databank" not in back.text
    assert "Eerdere vermelding" in back.one(class_="history").text


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        ("nu", "interventie", "Vermelding, als interventie"),
        ("nu", "onbekend", "Vermelding"),
        ("eerder", "interventie", "Eerdere vermelding, als interventie"),
        (
            "niet",
            "praktijkvoorbeeld",
            "Pagina buiten de databank, als praktijkvoorbeeld",
        ),
        ("onbekend", "onbekend", "Opname volgens een bron"),
    ],
)
def test_the_history_says_what_was_found_and_the_top_whether_it_is_in_there(
    client, place, kind, words
):
    entry = factories.make_interventie()
    factories.make_vermelding(
        entry, in_databank=place, soort=kind, bron_datum="2016-06-10"
    )
    page = html.read(client.get(entry.get_absolute_url()).content).one("article")
    history = page.one(class_="history")
    assert [found.text for found in history.all("strong")] == [words]
    assert "pagina van 10 juni 2016" in history.text
    assert " de databank van " not in history.text
    assert page.text.count(" de databank van ") == 1 + (place == "onbekend")


def test_without_a_dated_decision_there_is_no_timeline():
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie)
    factories.make_vermelding(interventie)
    assert not [*timeline(interventie).all("svg")]


def test_an_expected_end_is_drawn_differently_from_a_stated_one():
    movisie = Databank.objects.get(slug="movisie")
    level = Niveau.objects.get(slug="goed-onderbouwd")
    stated, expected = factories.make_interventie(), factories.make_interventie()
    fact = {"databank": movisie, "niveau": level, "datum": "2020-06-18"}
    factories.make_erkenning(stated, geldig_tot="2025-06-18", **fact)
    factories.make_erkenning(expected, **fact)

    def ends(interventie: Interventie) -> list[str]:
        lines = timeline(interventie).all("line", class_="span")
        return [line["class"] for line in lines]

    assert ends(stated) == ["span"]
    assert ends(expected) == ["span expected"]


def test_a_decision_without_rule_or_end_is_a_dot_without_a_line():
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie, datum="2020")
    svg = timeline(interventie)
    assert len([*svg.all("circle", class_="decision")]) == 1
    assert not [*svg.all("line", class_="span")]


@pytest.mark.parametrize(
    ("facts", "open_dot"),
    [
        ({"datum": "2010"}, True),
        ({"datum": "2010", "geldig_tot": "2012"}, True),
        ({"datum": "2010", "geldig_tot": "2030"}, False),
        ({"datum": "2024"}, False),
    ],
)
def test_a_decision_that_lapsed_or_probably_did_is_an_open_dot(facts, open_dot):
    interventie = factories.make_interventie()
    level = Niveau.objects.get(slug="goed-onderbouwd")
    factories.make_erkenning(interventie, niveau=level, **facts)
    (dot,) = timeline(interventie).one("svg").all("circle")
    assert ("lapsed" in dot["class"].split()) is open_dot


def test_the_day_of_now_stands_on_the_axis():
    interventie = factories.make_interventie()
    factories.make_erkenning(interventie, datum="1990")
    svg = timeline(interventie).one("svg")
    (now,) = svg.all("line", class_="today")
    assert 90 < float(now["x1"].rstrip("%")) <= 100


def test_a_long_history_still_fits_the_axis():
    interventie = factories.make_interventie()
    for year in ("1960", "1999-02-03", "2026-11"):
        factories.make_erkenning(interventie, datum=year)
    svg = timeline(interventie).one("svg")
    places = [float(c["cx"].rstrip("%")) for c in svg.all("circle")]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    years = [int(text.text) for text in svg.all("text") if text.text.isdigit()]
    assert 1 <= len(years) <= 8
