"""Recognition: what a source said, what it left open, and what only a rule expects."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from aanpakken.detail import aanpak_van
from interventies.models import (
    Databank,
    Erkenningsstatus,
    Geldigheidsregel,
    Interventie,
    Niveau,
)
from interventies.terms import DatabankTerm
from interventies.whole import ErkenningPart, InterventieDocument
from tests import factories
from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.wholes.current import current_stand

pytestmark = pytest.mark.usefixtures("inhoud")

TODAY = date(2026, 11, 24)
KENNISCENTRUM = "kenniscentrum-sport-en-bewegen"


def level(slug: str) -> Niveau:
    return Niveau.objects.get(slug=slug)


def seen(interventie: Interventie) -> InterventieDocument:
    document = current_stand().get(InterventieDocument, interventie.slug)
    assert document
    return document


def recognition(**fields) -> ErkenningPart:
    """A recognition as readers see it."""
    (part,) = seen(factories.make_erkenning(**fields).interventie).erkenningen
    return part


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        # A source says when it ends.
        ({"geldig_tot": "2020"}, Erkenningsstatus.VERLOPEN),
        ({"geldig_tot": "2026-11-23"}, Erkenningsstatus.VERLOPEN),
        ({"geldig_tot": "2026-11-24"}, Erkenningsstatus.GELDIG),
        ({"geldig_tot": "2026"}, Erkenningsstatus.GELDIG),
        # What a source says, goes before the usual term.
        ({"geldig_tot": "2030", "datum": "2001"}, Erkenningsstatus.GELDIG),
        # Only the usual term, five years here, says when it would end.
        ({"datum": "2021-11-23"}, Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN),
        ({"datum": "2021-11-24"}, Erkenningsstatus.ONBEKEND),
        ({"datum": "2021-10"}, Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN),
        ({"datum": "2021-11"}, Erkenningsstatus.ONBEKEND),
        ({"datum": "2021"}, Erkenningsstatus.ONBEKEND),
        # A decision is no later than the page that tells of it.
        ({"bron_datum": "2021-10"}, Erkenningsstatus.WAARSCHIJNLIJK_VERLOPEN),
        ({"bron_datum": "2022-02-07"}, Erkenningsstatus.ONBEKEND),
        ({"datum": "2022", "bron_datum": "2001"}, Erkenningsstatus.ONBEKEND),
        # No rule fits, or there is nothing to count from.
        ({"datum": "2001", "niveau": None}, Erkenningsstatus.ONBEKEND),
        ({}, Erkenningsstatus.ONBEKEND),
    ],
)
def test_whether_a_recognition_holds_follows_from_a_stated_end_or_the_usual_term(
    facts, status
):
    niveau = level("goed-onderbouwd")
    assert recognition(**{"niveau": niveau} | facts).status(TODAY) == status


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"geldig_tot": "2030-03"}, "geldig tot maart 2030"),
        ({"geldig_tot": "2020-07-18"}, "verlopen sinds 18 juli 2020"),
        ({"datum": "2017-06"}, "waarschijnlijk verlopen sinds juni 2022"),
        ({"datum": "2017-06-18"}, "waarschijnlijk verlopen sinds juni 2022"),
        ({"datum": "2017"}, "waarschijnlijk verlopen sinds 2022"),
        (
            {"bron_datum": "2017-09-21"},
            "waarschijnlijk verlopen sinds september 2022 of eerder",
        ),
        ({"datum": "2024"}, "geldigheid niet bekend"),
        ({}, "geldigheid niet bekend"),
    ],
)
def test_a_badge_says_in_words_whether_a_recognition_holds(facts, words):
    erkenning = factories.make_erkenning(niveau=level("goed-onderbouwd"), **facts)
    (geldigheid,) = seen(erkenning.interventie).geldigheden(TODAY)
    assert geldigheid.in_woorden == words


def test_a_term_beyond_the_calendar_expects_no_end():
    known = recognition(datum="2020", niveau=level("effectief"))
    erkenning = replace(known, datum=Deeldatum(9998))
    assert erkenning.verwachte_einddatum() is None
    assert erkenning.status(TODAY) == Erkenningsstatus.ONBEKEND


@pytest.mark.parametrize(
    ("databank", "niveau", "end"),
    [
        (KENNISCENTRUM, "goed-beschreven", "2023-06-18"),
        (KENNISCENTRUM, "goed-onderbouwd", "2025-06-18"),
        (KENNISCENTRUM, "effectief", "2025-06-18"),
        ("movisie", "goed-beschreven", "2025-06-18"),
        ("nji", "effectief-eerste-aanwijzingen", "2025-06-18"),
    ],
)
def test_an_end_is_expected_by_the_rule_of_databank_and_main_level(
    databank, niveau, end
):
    erkenning = recognition(
        databank=Databank.objects.get(slug=databank),
        niveau=level(niveau),
        datum="2020-06-18",
    )
    assert str(erkenning.verwachte_einddatum()) == end


def test_every_databank_has_a_rule_for_every_main_level():
    main = Niveau.objects.filter(hoofdniveau=None).count()
    assert Geldigheidsregel.objects.count() == 7 * main
    shorter = Geldigheidsregel.objects.exclude(jaren=5)
    assert [(r.databank.slug, r.niveau.slug, r.jaren) for r in shorter] == [
        (KENNISCENTRUM, "goed-beschreven", 3)
    ]


@pytest.mark.parametrize(
    "fact",
    [
        {"datum": None},
        {"niveau": None},
        {"geldig_tot": "2030"},
    ],
)
def test_nothing_is_expected_when_a_fact_is_missing_or_the_end_is_stated(fact):
    complete = {"datum": "2020-06-18", "niveau": level("goed-onderbouwd")}
    assert recognition(**complete).verwachte_einddatum()
    assert recognition(**complete | fact).verwachte_einddatum() is None


def test_without_a_rule_nothing_is_expected():
    Geldigheidsregel.objects.all().delete()
    erkenning = recognition(datum="2020", niveau=level("goed-onderbouwd"))
    assert erkenning.verwachte_einddatum() is None


def telling(*recognitions: dict[str, str]) -> tuple[str, str] | None:
    """Level and status of what tells most of an entry with these recognitions."""
    interventie = factories.make_interventie()
    for facts in recognitions:
        slug = facts.get("niveau")
        factories.make_erkenning(
            interventie, **{**facts, "niveau": level(slug) if slug else None}
        )
    found = seen(interventie).geldigheid(TODAY)
    return found and (found.niveau.slug if found.niveau else "", str(found.status))


UNKNOWN = {"geldig_tot": "9000"}
LOW, HIGH = {"niveau": "goed-beschreven"}, {"niveau": "effectief"}
STEP = {"niveau": "effectief-goede-aanwijzingen"}
VALID, EXPIRED = {"geldig_tot": "2030"}, {"geldig_tot": "2020"}
LAPSED = {"datum": "2010"}


@pytest.mark.parametrize(
    ("recognitions", "expected"),
    [
        ([], None),
        ([UNKNOWN], ("", "geldig")),
        # A level that is known says more than one that is not.
        ([UNKNOWN, LOW | LAPSED], ("goed-beschreven", "waarschijnlijk-verlopen")),
        # What still stands, before what lapsed or probably did.
        ([LOW, HIGH | LAPSED], ("goed-beschreven", "onbekend")),
        ([LOW | VALID, HIGH | EXPIRED], ("goed-beschreven", "geldig")),
        # Then the highest level, and a step counts above the level itself.
        ([LOW | VALID, HIGH], ("effectief", "onbekend")),
        ([LOW | LAPSED, HIGH | EXPIRED], ("effectief", "verlopen")),
        ([HIGH, STEP], ("effectief-goede-aanwijzingen", "onbekend")),
        # Of the same level, what is surest.
        ([HIGH, HIGH | VALID], ("effectief", "geldig")),
        ([HIGH | EXPIRED, HIGH | LAPSED], ("effectief", "waarschijnlijk-verlopen")),
    ],
)
def test_an_entry_shows_the_highest_level_that_stands_else_the_highest_that_lapsed(
    recognitions, expected
):
    assert telling(*recognitions) == expected
    assert telling(*reversed(recognitions)) == expected


def test_of_two_that_say_the_same_the_latest_dated_decision_is_shown():
    interventie = factories.make_interventie()
    for day in ("2010-03", "2012-05", None):
        factories.make_erkenning(
            interventie, niveau=level("effectief"), datum=day, bron_datum="2013"
        )
    found = seen(interventie).geldigheid(TODAY)
    assert str(found.erkenning.datum) == "2012-05"


def test_recognitions_stand_by_databank_then_by_date_and_what_has_none_last():
    interventie = factories.make_interventie()
    first, second = Databank.objects.order_by("volgorde")[:2]
    for databank, day in (
        (second, "2019"),
        (first, None),
        (first, "2020"),
        (first, "2"),
    ):
        factories.make_erkenning(
            interventie, databank=databank, datum=day and day.ljust(4, "0")
        )
    shown = [
        (g.erkenning.databank.slug, str(g.erkenning.datum or ""))
        for g in seen(interventie).geldigheden(TODAY)
    ]
    assert shown == [
        (first.slug, "2000"),
        (first.slug, "2020"),
        (first.slug, ""),
        (second.slug, "2019"),
    ]


def test_pages_that_tell_the_same_of_one_databank_tell_of_one_decision():
    interventie = factories.make_interventie()
    niveau = level("goed-onderbouwd")
    for day in (None, "2019", "2017-09"):
        factories.make_erkenning(interventie, niveau=niveau, bron_datum=day)
    factories.make_erkenning(interventie, niveau=niveau, datum="2024")
    factories.make_erkenning(interventie, niveau=niveau, orgaan="een panel")
    dated, told, other = seen(interventie).geldigheden(TODAY)
    assert [str(e.bron_datum or "") for e in told.volgens] == ["2017-09", "2019", ""]
    # It was taken at the latest when the oldest page told of it.
    assert told.in_woorden == "waarschijnlijk verlopen sinds september 2022 of eerder"
    assert [len(g.volgens) for g in (dated, told, other)] == [1, 3, 1]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, ["van wanneer tot wanneer Goed Onderbouwd geldt"]),
        ({"datum": "2024"}, []),
        ({"bron_datum": "2017"}, ["sinds wanneer Goed Onderbouwd gold"]),
        ({"geldig_tot": "2030"}, ["sinds wanneer Goed Onderbouwd geldt"]),
        (
            {"niveau": None},
            ["het niveau van de erkenning", "de datum van de erkenning"],
        ),
        ({"niveau": None, "datum": "2024"}, ["het niveau van de erkenning"]),
    ],
)
def test_one_line_names_what_no_source_says_of_a_recognition(facts, line):
    erkenning = factories.make_erkenning(**{"niveau": level("goed-onderbouwd")} | facts)
    assert seen(erkenning.interventie).nog_niet_bekend(TODAY) == line


def test_a_date_that_one_databank_gives_is_not_asked_of_another():
    interventie = factories.make_interventie()
    movisie, nji = (Databank.objects.get(slug=slug) for slug in ("movisie", "nji"))
    facts = {"niveau": level("effectief")}
    factories.make_erkenning(interventie, databank=nji, datum="2017-06", **facts)
    factories.make_erkenning(interventie, databank=movisie, bron_datum="2017", **facts)
    factories.make_vermelding(interventie, databank=movisie)
    assert seen(interventie).nog_niet_bekend(TODAY) == [
        "of de aanpak nu in de databank van Movisie staat"
    ]


def test_a_higher_level_ranks_above_every_lower_one():
    ranked = Niveau.objects.order_by("volgorde").values_list("slug", flat=True)
    assert [*ranked][:3] == ["goed-beschreven", "goed-onderbouwd", "effectief"]


# Whether it is in a databank


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        (["onbekend"], ["onbekend"]),
        (["niet", "onbekend"], ["niet"]),
        (["eerder", "niet"], ["eerder"]),
        (["eerder", "nu", "niet"], ["nu"]),
    ],
)
def test_of_each_databank_one_listing_says_whether_it_is_in_there(places, expected):
    interventie = factories.make_interventie()
    for place in places:
        factories.make_vermelding(interventie, in_databank=place)
    document = seen(interventie)
    assert [v.in_databank.value for v in document.databankplaatsen()] == expected
    assert len(document.staat_nu_in()) == expected.count("nu")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Movisie", "Movisie"),
        ("Nederlands Jeugdinstituut", "het Nederlands Jeugdinstituut"),
        ("RIVM Centrum Gezond Leven", "RIVM Centrum Gezond Leven"),
        ("Kenniscentrum Sport en Bewegen", "Kenniscentrum Sport en Bewegen"),
        ("Trimbos-instituut", "het Trimbos-instituut"),
        (
            "Nederlands Centrum Jeugdgezondheid",
            "het Nederlands Centrum Jeugdgezondheid",
        ),
    ],
)
def test_a_sentence_names_a_databank_with_its_article(name, told):
    databank = DatabankTerm()
    databank.naam = name
    assert databank.in_een_zin == told


def test_an_earlier_listing_is_told_by_the_page_that_has_a_date():
    interventie = factories.make_interventie()
    for day in (None, "2016-06-10"):
        factories.make_vermelding(interventie, in_databank="eerder", bron_datum=day)
    (place,) = seen(interventie).databankplaatsen()
    assert str(place.bron_datum) == "2016-06-10"


# The aanpak that it is about


def about(interventie: Interventie) -> str | None:
    found = aanpak_van(current_stand(), seen(interventie))
    return found.slug if found else None


def test_only_a_published_aanpak_is_shown_with_its_register_entry():
    entry = factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=entry, status="concept")
    assert about(entry) is None
    factories.publish(aanpak)
    assert about(entry) == aanpak.slug
    factories.withdraw(aanpak)
    assert about(entry) is None


def test_an_entry_goes_with_the_aanpak_that_names_it_where_readers_see_it():
    entry, other = factories.make_interventie(), factories.make_interventie()
    aanpak = factories.make_aanpak(interventie=entry)
    aanpak.interventie = other
    aanpak.save()
    assert (about(entry), about(other)) == (aanpak.slug, None)
    factories.publish(aanpak)
    assert (about(entry), about(other)) == (None, aanpak.slug)


def test_the_usual_term_names_its_level_since_a_databank_has_more_than_one():
    beschreven, onderbouwd = (
        recognition(
            databank=Databank.objects.get(slug=KENNISCENTRUM),
            niveau=level(slug),
            datum="2020",
        ).gewone_termijn
        for slug in ("goed-beschreven", "goed-onderbouwd")
    )
    assert beschreven == "Goed Beschreven geldt hier meestal 3 jaar"
    assert onderbouwd == "Goed Onderbouwd geldt hier meestal 5 jaar"
