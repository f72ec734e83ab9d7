"""A date is written as people say it, and comes back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwijzer.core.datums import Deeldatum
from wijkwijzer.core.datumtaal import lees_datum

DAYS = st.dates().map(lambda d: Deeldatum(d.year, d.month, d.day))
MONTHS = st.dates().map(lambda d: Deeldatum(d.year, d.month))
YEARS = st.integers(1, 9999).map(Deeldatum)


@given(st.one_of(DAYS, MONTHS, YEARS))
def test_every_date_reads_from_its_own_words_and_from_its_iso_text(datum):
    assert lees_datum(datum.in_woorden) == datum
    assert lees_datum(str(datum)) == datum


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 juni 2022", "2022-06-03"),
        ("  3  Juni   2022 ", "2022-06-03"),
        ("3-6-2022", "2022-06-03"),
        ("03/06/2022", "2022-06-03"),
        ("3.6.2022", "2022-06-03"),
        ("2022-6-3", "2022-06-03"),
        ("juni 2022", "2022-06"),
        ("jun. 2022", "2022-06"),
        ("mrt 2022", "2022-03"),
        ("6-2022", "2022-06"),
        ("2022", "2022"),
        ("29 februari 2024", "2024-02-29"),
    ],
)
def test_the_ways_in_which_editors_write_a_date(text, iso):
    assert str(lees_datum(text)) == iso


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31 juni 2022", "31 juni bestaat niet."),
        ("31-6-2022", "31 juni bestaat niet."),
        ("29 februari 2023", "29 februari 2023 bestaat niet."),
        ("0 juni 2022", "0 juni bestaat niet."),
        ("3-13-2022", "Een maand 13 bestaat niet: kies 1 tot en met 12."),
        ("juno 2022", "“juno” is geen maand."),
        ("0000", "Het jaar 0000 bestaat niet."),
        ("3 juni 22", "Dit is geen datum."),
        ("٣ juni 2022", "Dit is geen datum."),
    ],
)
def test_what_is_no_date_is_told_in_dutch(text, told):
    with pytest.raises(ValueError, match=r"^" + told[:-1]):
        lees_datum(text)
