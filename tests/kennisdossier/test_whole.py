"""What an example says of itself, without a database."""

from __future__ import annotations

import pytest

from kennisdossier.whole import CijferPart
from wijkwijzer.core.datums import Deeldatum


@pytest.mark.parametrize(
    "cijfer",
    [
        ("Jaar van de foto", "2017"),
        ("Jaar waarin het begon", "2014 of 2015"),
        ("Openingsdatum", "3 mei 2019"),
        ("Startjaar", "1998"),
    ],
)
def test_a_figure_that_is_itself_a_day_or_a_year_needs_no_day(cijfer):
    kenmerk, waarde = cijfer
    assert CijferPart(kenmerk=kenmerk, waarde=waarde).gedateerd


@pytest.mark.parametrize(
    "cijfer",
    [
        ("Leden", "2017", ""),
        ("Bezoekers per jaar", "2000", ""),
        ("Jaarlijkse bezoekers", "2000", ""),
        ("Jaar en kosten", "2000", "euro"),
        ("Jaarduur van de cursus", "12", ""),
        ("Jaar van de cursus", "4", ""),
        ("Looptijd bij het verslag", "4", "maanden"),
    ],
)
def test_every_other_figure_was_true_on_some_day(cijfer):
    kenmerk, waarde, eenheid = cijfer
    figure = CijferPart(kenmerk=kenmerk, waarde=waarde, eenheid=eenheid)
    assert not figure.gedateerd
    dated = CijferPart(
        kenmerk=kenmerk, waarde=waarde, eenheid=eenheid, peildatum=Deeldatum(2020)
    )
    assert dated.gedateerd
