"""What is searched for in vain is counted, of nobody in particular."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web import wsgi
from wijkwijzer.core.netwerk import netwerk
from wijkwijzer.search import gemist
from wijkwijzer.search.gemist import Gemist
from wijkwijzer.search.models import Zoekdag, Zoekvrager, Zoekwoord

IN_VAIN = "/zoeken/?q=Zwembadtegel"


@pytest.fixture
def counted(db) -> Gemist:
    return Gemist()


def ask(counter: Gemist, text: str, *askers: int) -> None:
    for asker in askers:
        counter.noteer(text, f"192.0.2.{asker}")


def words() -> dict[str, int]:
    return dict(Zoekwoord.objects.values_list("woord", "vragers"))


def test_what_three_asked_can_be_read_and_what_two_asked_cannot(counted):
    ask(counted, "  Zwembad ", 1)
    ask(counted, "zwembad", 1, 2)
    counted.bewaar()
    assert words() == {}
    assert "zwembad" not in str(Zoekvrager.objects.values_list())
    # Another process, a minute later.
    other = Gemist()
    ask(other, "ZWEMBAD", 2, 3)
    ask(other, "de naam van iemand", 3)
    other.bewaar()
    assert words() == {"zwembad": 3}


def test_nobody_is_kept_and_what_counts_them_goes_with_the_day(counted, monkeypatch):
    ask(counted, "zwembad", 1, 2, 3)
    counted.bewaar()
    assert "192.0.2" not in str(
        [*Zoekvrager.objects.values(), *Zoekdag.objects.values()]
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(gemist.timezone, "localdate", lambda: tomorrow)
    counted.bewaar()
    assert not Zoekdag.objects.exists()
    assert not Zoekvrager.objects.exists()
    assert words() == {"zwembad": 3}
    later = tomorrow + gemist.WEG_NA
    monkeypatch.setattr(gemist.timezone, "localdate", lambda: later)
    counted.bewaar()
    assert words() == {}


@pytest.mark.parametrize(
    "text",
    ["", "   ", "jan@voorbeeld.example", "06 12 34 56 78", "06-12345678", "a" * 61],
)
def test_what_can_be_of_a_person_is_never_counted(counted, text):
    ask(counted, text, 1, 2, 3)
    assert counted.neem() == set()


def test_who_asks_endlessly_fills_neither_memory_nor_database(counted, monkeypatch):
    for number in range(gemist.MEESTE_PER_VRAGER * 3):
        ask(counted, f"woord{number}x", 1)
    assert len(counted.neem()) == gemist.MEESTE_PER_VRAGER
    monkeypatch.setattr(gemist, "MEESTE", 30)
    for asker in range(1, 60):
        ask(counted, "woord", asker)
    assert len(counted.neem()) == 30
    monkeypatch.setattr(gemist, "PER_VRAGER_PER_DAG", 5)
    for number in range(10):
        ask(counted, f"nog{'x' * number}", 1)
    counted.bewaar()
    assert Zoekvrager.objects.count() == 5
    monkeypatch.setattr(gemist, "PER_DAG", 6)
    ask(counted, "nieuw", 2, 3, 4)
    counted.bewaar()
    assert Zoekvrager.objects.count() == 6


def test_one_holder_of_many_addresses_is_one_asker(counted):
    for number in range(5):
        counted.noteer("zwembad", f"2001:db8:1:{number}::{number}")
    assert len(counted.neem()) == 1
    assert netwerk("::ffff:192.0.2.1", 48) == "192.0.2.1"


# At the door


def test_a_page_from_memory_counts_as_well_and_one_with_hits_does_not(
    inhoud, one_connection
):
    door = wsgi.site(numbers=wsgi.Now())
    for path in ("/zoeken/?q=buurt", "/zoeken/", "/", IN_VAIN, "/zoeken/?q=buurt"):
        assert wsgi.ask(door, path).status == 200
    assert {word for _, word, _ in door.gemist.neem()} == {"zwembadtegel"}
    assert wsgi.ask(door, IN_VAIN).status == 200
    assert {word for _, word, _ in door.gemist.neem()} == {"zwembadtegel"}
