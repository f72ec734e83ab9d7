"""Dates are exactly as precise as their source."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import modelform_factory
from hypothesis import given
from hypothesis import strategies as st

from interventies.models import Erkenning, Interventie
from tests import factories
from wijkwijzer.core.datums import Deeldatum


@pytest.mark.parametrize(
    ("text", "parts", "precision"),
    [
        ("2020-06-18", (2020, 6, 18), "dag"),
        ("2020-07", (2020, 7, None), "maand"),
        ("2020", (2020, None, None), "jaar"),
        (" 2020 ", (2020, None, None), "jaar"),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(text, parts, precision):
    datum = Deeldatum.lees(text)
    assert (datum.jaar, datum.maand, datum.dag) == parts
    assert datum.precisie == precision
    assert str(datum) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "20",
            "20200",
            "2020-7",
            "2020-13",
            "2020-00",
            "2020-05-00",
            "2020-02-30",
            "2021-02-29",
        ),
        *("18-06-2020", "2020/07", "juli 2020", "٢٠٢٠", "2020-07-", "0000"),
        "2020\n-07",
    ],
)
def test_text_that_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Deeldatum.lees(text)


def test_a_day_without_a_month_does_not_exist():
    with pytest.raises(ValueError, match="month"):
        Deeldatum(2020, None, 18)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-06-18", "18 juni 2020"),
        ("2026-03-04", "4 maart 2026"),
        ("2020-07", "juli 2020"),
        ("2020", "2020"),
    ],
)
def test_a_date_in_words_adds_no_day_or_month(text, words):
    assert Deeldatum.lees(text).in_woorden == words


@pytest.mark.parametrize(
    ("text", "years", "later"),
    [
        ("2020-06-18", 5, "2025-06-18"),
        ("2020-07", 5, "2025-07"),
        ("2020", 3, "2023"),
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
    ],
)
def test_years_later_is_the_same_day_and_29_february_becomes_the_28th(
    text, years, later
):
    assert str(Deeldatum.lees(text).plus_jaren(years)) == later


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2020-06-18", date(2020, 6, 18)),
        ("2020-02", date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 28)),
        ("2020", date(2020, 12, 31)),
    ],
)
def test_the_last_day_is_the_last_one_that_can_be_meant(text, last):
    assert Deeldatum.lees(text).laatste_dag == last


def test_dates_sort_by_time_and_the_vague_one_comes_first():
    ordered = ["2019-12-31", "2020", "2020-06", "2020-06-18", "2020-07", "2021"]
    dates = [Deeldatum.lees(text) for text in ordered]
    shuffled = dates[3:] + dates[:3]
    assert sorted(shuffled) == dates
    assert dates[1] < dates[2] <= dates[3]
    assert dates[5] > dates[4]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_survives_writing_and_reading(day):
    datum = Deeldatum.lees(day.isoformat())
    assert str(datum) == day.isoformat()
    assert datum.laatste_dag == day


# The field


@pytest.mark.parametrize("text", ["2020-06-18", "2020-07", "2020"])
def test_the_database_gives_back_what_was_saved(inhoud, text):
    pk = factories.make_erkenning(datum=text).pk
    datum = Erkenning.objects.get(pk=pk).datum
    assert datum == Deeldatum.lees(text)
    assert isinstance(datum, Deeldatum)
    with connection.cursor() as cursor:
        cursor.execute("SELECT datum FROM interventies_erkenning WHERE id = %s", [pk])
        assert cursor.fetchone() == (text,)


def test_an_unknown_date_is_null_in_the_database(inhoud):
    pk = factories.make_erkenning(datum="").pk
    assert Erkenning.objects.get(pk=pk).datum is None
    assert Erkenning.objects.filter(pk=pk, datum__isnull=True).exists()


def test_saving_an_invalid_date_is_refused(inhoud):
    with pytest.raises(ValidationError):
        factories.make_erkenning(datum="juli 2020")


def test_the_database_finds_and_orders_dates(inhoud):
    interventie = factories.make_interventie()
    for text in ("2021", "2020-07", "2020-06-18"):
        factories.make_erkenning(interventie, datum=text)
    events = Erkenning.objects.filter(interventie=interventie)
    assert [str(e.datum) for e in events.order_by("datum")] == [
        *("2020-06-18", "2020-07", "2021")
    ]
    assert events.get(datum=Deeldatum(2020, 7)).datum == Deeldatum(2020, 7)
    assert events.filter(datum__gte="2020-07").count() == 2


EigenaarForm = modelform_factory(Interventie, fields=["eigenaar_bron_datum"])


def test_a_form_reads_a_date_and_shows_it_again(inhoud):
    form = EigenaarForm({"eigenaar_bron_datum": "2019-08"})
    assert form.is_valid()
    assert form.instance.eigenaar_bron_datum == Deeldatum(2019, 8)
    again = EigenaarForm(instance=form.instance)
    assert 'value="augustus 2019"' in str(again["eigenaar_bron_datum"])


@pytest.mark.parametrize("text", ["vorig jaar", "2019-8-1-1", "3 juni", "x" * 500])
def test_a_form_explains_in_dutch_how_to_write_a_date(inhoud, text):
    form = EigenaarForm({"eigenaar_bron_datum": text})
    assert not form.is_valid()
    assert form.errors["eigenaar_bron_datum"] == [
        "Dit is geen datum. Schrijf bijvoorbeeld “3 juni 2022”, “juni 2022” of “2022”."
    ]


def test_a_date_may_stay_open_in_a_form(inhoud):
    form = EigenaarForm({"eigenaar_bron_datum": ""})
    assert form.is_valid()
    assert form.instance.eigenaar_bron_datum is None


def test_a_fixture_holds_the_date_as_text(inhoud):
    field = Erkenning._meta.get_field("datum")
    assert field.value_to_string(Erkenning(datum=Deeldatum(2020, 7))) == "2020-07"
    assert field.value_to_string(Erkenning()) == ""
