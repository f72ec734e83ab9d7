"""Recognition: what a source said, what it left open, and what only a rule expects."""

from __future__ import annotations

from datetime import date

import pytest

from interventies.models import (
    Databank,
    Erkenning,
    Erkenningsstatus,
    Geldigheidsregel,
    Interventie,
    Niveau,
)
from tests import factories

pytestmark = pytest.mark.usefixtures("inhoud")

TODAY = date(2026, 11, 24)
KENNISCENTRUM = "kenniscentrum-sport-en-bewegen"


def level(slug: str) -> Niveau:
    return Niveau.objects.get(slug=slug)


def with_rule(**kwargs) -> Erkenning:
    pk = factories.make_erkenning(**kwargs).pk
    return Erkenning.objects.with_regel().get(pk=pk)


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
    found = Interventie.objects.with_erkenningsstatus(TODAY).get(pk=interventie.pk)
    assert found.erkenningsstatus == status


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
    erkenning = with_rule(
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
    assert with_rule(**complete).verwachte_einddatum()
    assert with_rule(**complete | fact).verwachte_einddatum() is None


def test_without_a_rule_nothing_is_expected():
    Geldigheidsregel.objects.all().delete()
    erkenning = with_rule(datum="2020", niveau=level("goed-onderbouwd"))
    assert erkenning.verwachte_einddatum() is None


@pytest.mark.parametrize(
    ("end", "expired"),
    [("2026-11-23", True), ("2026-11-24", False), ("2026", False), (None, None)],
)
def test_a_recognition_has_expired_only_when_a_stated_end_has_passed(end, expired):
    assert with_rule(geldig_tot=end, datum="2001").is_verlopen(TODAY) is expired


def test_the_strongest_recognition_is_the_highest_level_and_then_the_latest():
    interventie = factories.make_interventie()
    assert interventie.sterkste_erkenning() is None
    unknown = factories.make_erkenning(interventie, datum="2025")
    assert interventie.sterkste_erkenning() == unknown
    factories.make_erkenning(interventie, niveau=level("goed-beschreven"), datum="2024")
    old = factories.make_erkenning(
        interventie, niveau=level("goed-onderbouwd"), datum="2010"
    )
    assert interventie.sterkste_erkenning() == old
    new = factories.make_erkenning(
        interventie, niveau=level("goed-onderbouwd"), datum="2015"
    )
    assert interventie.sterkste_erkenning() == new


def test_a_higher_level_ranks_above_every_lower_one():
    ranked = Niveau.objects.order_by("volgorde").values_list("slug", flat=True)
    assert [*ranked][:3] == ["goed-beschreven", "goed-onderbouwd", "effectief"]


def test_only_a_published_aanpak_is_shown_with_its_register_entry():
    aanpak = factories.make_aanpak(interventie=factories.make_interventie())
    interventie = Interventie.objects.get(aanpak=aanpak)
    assert interventie.zichtbare_aanpak() == aanpak
    aanpak.status = "concept"
    aanpak.save()
    assert Interventie.objects.get(aanpak=aanpak).zichtbare_aanpak() is None
    assert factories.make_interventie().zichtbare_aanpak() is None


def test_records_read_well_in_the_admin():
    interventie = factories.make_interventie(naam="Proef")
    movisie = Databank.objects.get(slug="movisie")
    erkenning = factories.make_erkenning(interventie, databank=movisie)
    assert str(erkenning) == "Proef: niveau niet bekend"
    assert str(factories.make_vermelding(interventie, databank=movisie)) == (
        "Proef bij Movisie"
    )
    rule = Geldigheidsregel.objects.get(databank=movisie, niveau=level("effectief"))
    assert str(rule) == "Movisie, Effectief: 5 jaar"


@pytest.mark.parametrize("model", [Databank, Niveau, Interventie])
def test_a_natural_key_finds_its_record_again(model):
    for record in model.objects.all():
        assert model.objects.get_by_natural_key(*record.natural_key()) == record
