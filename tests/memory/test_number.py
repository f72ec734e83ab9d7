"""The numbers that say whether readers can see something new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from tests import factories
from tests.deelname.tegelijk import tegelijk
from wijkwijzer.memory import number
from wijkwijzer.memory.models import Nummer, Nummersoort, Wijziging
from wijkwijzer.memory.number import Changes, Nummers, fold, raise_number, read
from wijkwijzer.memory.number import read_changes as changes
from wijkwijzer.wholes.models import Publicatie

INHOUD, REACTIES = Nummersoort.INHOUD, Nummersoort.REACTIES


def base_of(soort: Nummersoort) -> int:
    return Nummer.objects.get(soort=soort).basis


# Reading and raising


@pytest.mark.parametrize(("soort", "delta"), [(INHOUD, (1, 0)), (REACTIES, (0, 1))])
def test_a_change_of_one_kind_raises_the_number_of_that_kind(inhoud, soort, delta):
    before = read()
    raise_number(soort, "een_tabel")
    assert read() == (before.inhoud + delta[0], before.reacties + delta[1])


def test_a_change_of_the_content_says_of_which_table_and_which_row(inhoud):
    before = changes()
    doelgroep = factories.make_doelgroep()
    raise_number(INHOUD, "een_tabel")
    raise_number(REACTIES, "stem")
    after = changes()
    new = [change[1:] for change in after.listed if change not in before.listed]
    assert new == [("aanpakken_doelgroep", doelgroep.pk), ("een_tabel", None)]
    assert after.number == before.number + 2 == read().inhoud


def test_changes_are_told_in_their_order_wherever_their_rows_lie(inhoud):
    raise_number(INHOUD, "eerst")
    raise_number(INHOUD, "daarna")
    # PostgreSQL writes it behind the other.
    Wijziging.objects.filter(tabel="eerst").update(rij=1)
    assert [change.table for change in changes().listed[-2:]] == ["eerst", "daarna"]


def test_reading_costs_one_query(inhoud, django_assert_num_queries):
    for reads in (read, changes):
        with django_assert_num_queries(1):
            reads()


def test_without_any_row_the_numbers_are_0(inhoud):
    Nummer.objects.all().delete()
    assert read() == Nummers(0, 0)
    assert changes() == (0, ())


def test_a_rolled_back_change_does_not_count(inhoud):
    before = changes()
    with transaction.atomic():
        factories.make_doelgroep()
        assert changes().number == before.number + 1
        transaction.set_rollback(True)
    assert changes() == before


def test_the_admin_shows_what_a_number_and_a_change_are():
    assert str(Nummer(soort="inhoud", basis=7)) == "inhoud: 7"
    assert str(Wijziging(tabel="aanpakken_vorm", rij=3)) == "aanpakken_vorm 3"
    assert str(Wijziging(tabel="aanpakken_vorm")) == "aanpakken_vorm"


# Folding


@pytest.fixture
def few(monkeypatch) -> None:
    """Fold from five changes on."""
    monkeypatch.setattr(number, "VOUW_VANAF", 5)


def make_changes(soort: Nummersoort, count: int) -> None:
    for _ in range(count):
        raise_number(soort, "een_tabel")


def test_a_fold_counts_what_is_listed_and_the_number_stays(inhoud, few):
    make_changes(INHOUD, 13)
    before = read()
    fold()
    assert read() == before
    assert changes() == (before.inhoud, ())
    make_changes(INHOUD, 1)
    assert read().inhoud == before.inhoud + 1


def test_each_kind_is_folded_by_itself(inhoud, few):
    fold()
    make_changes(REACTIES, 5)
    make_changes(INHOUD, 4)
    before, base = read(), base_of(INHOUD)
    fold()
    assert read() == before
    assert base_of(REACTIES) == before.reacties
    assert base_of(INHOUD) == base
    assert Wijziging.objects.filter(soort=INHOUD).count() == 4
    assert not Wijziging.objects.filter(soort=REACTIES).exists()


@pytest.mark.parametrize("change", [factories.publish, factories.withdraw])
def test_what_readers_see_changing_is_folded_once_it_is_committed(
    inhoud, few, django_capture_on_commit_callbacks, change
):
    aanpak = factories.make_aanpak()
    aanpak.naam = "Anders"
    aanpak.save()
    make_changes(INHOUD, 5)
    with django_capture_on_commit_callbacks() as later:
        change(aanpak)
        assert changes().listed, "not in the transaction of the change"
    before = read()
    for callback in later:
        callback()
    assert changes() == (before.inhoud, ())


def test_a_fold_that_fails_fails_no_publication(
    own_connections,
    monkeypatch,
    caplog,
):
    def fail() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(number, "fold", fail)
    aanpak = factories.make_aanpak()
    factories.withdraw(aanpak)
    assert Publicatie.objects.get(uuid=aanpak.uuid).versie.reden
    assert "database is locked" in caplog.text


# Many at once

WRITERS, ROUNDS = 4, 40


def test_folding_beside_writers_and_readers_loses_no_change(
    own_connections,
    few,
):
    many = connection.vendor == "postgresql"
    rounds = ROUNDS if many else 8
    before = read()

    def work(_, who: int) -> list[int]:
        seen = [read().inhoud]
        for turn in range(rounds):
            if who < WRITERS:
                make_changes(INHOUD, 1)
                if turn % 3 == who % 3:
                    fold()
            elif who == WRITERS:
                fold()
            seen.append(read().inhoud)
        return seen

    for seen in tegelijk(WRITERS + 3, work):
        assert seen == sorted(seen), "a number that was seen once never becomes lower"
    assert read() == (before.inhoud + WRITERS * rounds, before.reacties)


@pytest.fixture
def impatient(own_connections) -> Iterator[bool]:
    """Whoever waits for a lock fails; False where there is one writer at a time."""
    if connection.vendor != "postgresql":
        yield False
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '500ms'")
        yield True
        cursor.execute("RESET lock_timeout")


def impatiently(work: Callable[[], Any]) -> Any:
    """The same in another thread, with a connection of its own."""

    def begin(*_: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
            try:
                return work()
            finally:
                cursor.execute("RESET lock_timeout")

    (result,) = tegelijk(1, begin)
    return result


def test_nobody_waits_for_who_folds(impatient, few):
    if not impatient:
        return
    make_changes(INHOUD, 6)
    before = changes()

    def other() -> Changes:
        make_changes(INHOUD, 1)
        fold()
        return changes()

    with transaction.atomic():
        fold()
        assert not changes().listed
        found = impatiently(other)
    assert found.number == before.number + 1
    assert found.base == before.base, "the other one is folding"
    assert changes().number == before.number + 1
    assert len(changes().listed) == 1


def test_who_folds_waits_for_no_open_transaction_and_leaves_its_change(impatient, few):
    if not impatient:
        return
    make_changes(INHOUD, 6)
    before = read().inhoud
    with transaction.atomic():
        raise_number(INHOUD, "van_een_ander")
        impatiently(fold)
        mine = changes()
        assert [c.table for c in mine.listed] == ["van_een_ander"]
        assert mine.number == before + 1
    assert read().inhoud == before + 1
