"""How the number is known without a query per reader, also when nobody answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from django.db import OperationalError

from wijkwijzer.memory import watch as module
from wijkwijzer.memory.breaker import Breaker
from wijkwijzer.memory.number import Nummers
from wijkwijzer.memory.watch import Watch


class Asked(Watch):
    """A watch on a number that a test sets, with other waits."""

    PATIENCE = 5

    def __init__(self) -> None:
        super().__init__(self.put)
        self.asked = 0
        self.answer: Callable[[], int] = lambda: 1

    def put(self) -> Nummers:
        self.asked += 1
        return Nummers(self.answer())


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    monkeypatch.setattr(module.connections, "close_all", lambda: None)
    watch = Asked()
    yield watch
    watch._answered.wait(10)


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def fail() -> int:
    raise OperationalError("connection refused")


def test_the_database_is_asked_once_for_many_readers(watch):
    watch.INTERVAL, watch.MAX_AGE = 3600, 7200
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: watch(), range(200)))
    assert watch.asked == 1
    assert {numbers.inhoud for numbers, current in answers if current} == {1}


def test_nobody_asks_while_nobody_reads(watch):
    watch.INTERVAL = watch.MAX_AGE = 0
    watch()
    asked = watch.asked
    time.sleep(0.05)
    assert watch.asked == asked


def test_an_answer_that_is_too_old_is_waited_for(watch):
    watch.INTERVAL = watch.MAX_AGE = 0
    for number in range(1, 20):
        watch.answer = lambda number=number: number
        assert watch()[0].inhoud == number


def test_within_a_second_everyone_knows_or_is_told_that_nobody_knows():
    assert Watch.MAX_AGE + Watch.PATIENCE <= 1
    assert Watch.INTERVAL < Watch.MAX_AGE


def test_after_a_failure_the_last_answer_stays_until_one_succeeds(watch, caplog):
    watch.INTERVAL = 0
    assert watch() == (Nummers(1), True)
    watch.answer = fail
    wait_until(lambda: not watch()[1])
    wait_until(lambda: watch() and watch.asked > 5)
    assert watch() == (Nummers(1), False)
    watch.answer = lambda: 2
    wait_until(lambda: watch()[1])
    assert watch()[0].inhoud == 2
    assert [record.getMessage() for record in caplog.records] == [
        "De database antwoordt niet: connection refused",
        "De database antwoordt weer.",
    ]


def test_a_database_that_was_never_there_has_no_number(watch):
    watch.answer = fail
    assert watch() == (None, False)


def test_a_database_that_hangs_holds_nobody_up_twice(watch):
    watch()
    release = Event()
    watch.INTERVAL = watch.MAX_AGE = 0
    watch.PATIENCE = 0.01
    watch.answer = lambda: release.wait(30) and 2
    assert watch() == (Nummers(1), False)
    watch.PATIENCE = 3600
    asked_before = watch.asked
    for _ in range(100):
        assert watch()[1] is False
    assert watch.asked == asked_before
    release.set()
    wait_until(lambda: watch()[1])
    assert watch()[0].inhoud == 2


def going_on(watch: Asked) -> Event:
    """Let the watch take its time over the next number, until the event."""
    assert watch() == (Nummers(1), True)
    made = Event()
    watch.INTERVAL = watch.MAX_AGE = 0
    watch.PATIENCE = 0.05
    watch.answer = lambda: 2
    watch._go_on = lambda numbers: made.wait(30)
    return made


def test_who_waits_for_what_a_number_is_of_is_not_told_that_nobody_answers(
    watch, caplog
):
    made = going_on(watch)
    watch.GOING_ON = 30
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(watch)
        time.sleep(0.3)
        assert not waits.done()
        made.set()
        assert waits.result(10) == (Nummers(2), True)
    assert not caplog.records


def test_what_takes_too_long_to_make_is_waited_for_no_longer(watch, caplog):
    made = going_on(watch)
    watch.GOING_ON = 0.05
    try:
        assert watch() == (Nummers(1), True)
    finally:
        made.set()
    wait_until(lambda: watch() == (Nummers(2), True))
    assert not caplog.records


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_broke_is_replaced(watch):
    watch.INTERVAL = watch.MAX_AGE = 0
    watch.answer = lambda: 1 / 0
    watch()
    wait_until(lambda: not watch._thread.is_alive())
    watch.answer = lambda: 1
    wait_until(lambda: watch()[0] is not None)


class NoThread(Thread):
    def start(self) -> None:
        raise RuntimeError("can't start new thread")


def test_a_thread_that_cannot_start_holds_nobody_up_and_the_next_tries_again(
    watch, monkeypatch, caplog
):
    watch.INTERVAL, watch.MAX_AGE, watch.PATIENCE = 0, 0, 30
    with monkeypatch.context() as full:
        full.setattr(module, "Thread", NoThread)
        begin = time.monotonic()
        for _ in range(3):
            assert watch() == (None, False)
        assert time.monotonic() - begin < 10, (
            "nobody waits for an answer that cannot come"
        )
    assert not watch._lock.locked()
    assert [r.getMessage() for r in caplog.records] == [
        "De database antwoordt niet: can't start new thread"
    ]
    wait_until(lambda: watch() == (Nummers(1), True))


def test_what_was_known_stays_when_its_thread_is_gone_and_none_can_start(
    watch, monkeypatch
):
    watch.INTERVAL = watch.MAX_AGE = 0
    assert watch() == (Nummers(1), True)
    monkeypatch.setattr(module, "Thread", NoThread)
    monkeypatch.setattr(watch, "_thread", None)
    assert watch() == (Nummers(1), False)


def test_only_who_probes_may_ask_while_the_breaker_is_open():
    own = Breaker()
    assert not own.refuses
    own.open("no answer")
    since = own.since
    own.open("still none")
    assert own.since == since
    with own.probing():
        assert not own.refuses
    assert own.refuses
    own.close()
    assert not own.refuses
