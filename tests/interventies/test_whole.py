"""Recognition: what a source said, what it left open, and what only a rule expects."""

from __future__ import annotations

from datetime import date

import pytest

from aanpakken.detail import aanpak_van
from interventies.models import (
    Databank,
    Erkenning,
    Erkenningsstatus,
    Geldigheidsregel,
    Interventie,
    Niveau,
)
from interventies.whole import ErkenningPart, InterventieDocument
from tests import factories
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
    ("ends", "status"),
    [
        ([], Erkenningsstatus.GEEN),
        ([None], Erkenningsstatus.ONBEKEND),
        (["2020"], Erkenningsstatus.VERLOPEN),
        (["2026-11-24"], Erkenningsstatus.GELDIG),
        (["2026"], Erkenningsstatus.GELDIG),
        (["2020", None], Erkenningsstatus.ONBEKEND),
        (["2020", None, "2030-01"], Erkenningsstatus.GELDIG),
        (["2020", "2021-03-01"], Erkenningsstatus.VERLOPEN),
    ],
)
def test_the_status_follows_from_stated_ends_only(ends, status):
    interventie = factories.make_interventie()
    for end in ends:
        # Long ago, so that a computed end would have passed.
        factories.make_erkenning(
            interventie,
            geldig_tot=end,
            datum="2001",
            niveau=level("goed-onderbouwd"),
        )
    assert seen(interventie).erkenningsstatus(TODAY) == status


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


@pytest.mark.parametrize(
    ("end", "expired"),
    [("2026-11-23", True), ("2026-11-24", False), ("2026", False), (None, None)],
)
def test_a_recognition_has_expired_only_when_a_stated_end_has_passed(end, expired):
    assert recognition(geldig_tot=end, datum="2001").is_verlopen(TODAY) is expired


def test_the_strongest_recognition_is_the_highest_level_and_then_the_latest():
    interventie = factories.make_interventie()

    def strongest(erkenning: Erkenning) -> bool:
        found = seen(interventie).sterkste_erkenning()
        return bool(found) and found.bron_url == erkenning.bron_url

    assert seen(interventie).sterkste_erkenning() is None
    assert seen(interventie).hoogste_niveau() is None
    assert strongest(factories.make_erkenning(interventie, datum="2025"))
    assert seen(interventie).hoogste_niveau() is None
    lower = level("goed-beschreven")
    assert strongest(factories.make_erkenning(interventie, niveau=lower, datum="2024"))
    higher = level("goed-onderbouwd")
    for day in ("2010", "2015"):
        assert strongest(
            factories.make_erkenning(interventie, niveau=higher, datum=day)
        )
    assert not strongest(
        factories.make_erkenning(interventie, niveau=higher, datum="2012")
    )
    assert seen(interventie).hoogste_niveau().slug == "goed-onderbouwd"


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
        (part.databank.slug, str(part.datum or ""))
        for part in seen(interventie).erkenningen_per_databank()
    ]
    assert shown == [
        (first.slug, "2000"),
        (first.slug, "2020"),
        (first.slug, ""),
        (second.slug, "2019"),
    ]


def test_a_higher_level_ranks_above_every_lower_one():
    ranked = Niveau.objects.order_by("volgorde").values_list("slug", flat=True)
    assert [*ranked][:3] == ["goed-beschreven", "goed-onderbouwd", "effectief"]


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
