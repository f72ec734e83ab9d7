"""The database stops or hangs: what readers see, what writers keep, how it comes back.

PostgreSQL is asked through a relay that a test can close, as when the server is gone,
or hold, as when it hangs: its kernel goes on taking what is sent.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.tools import databases
from tests.web import wsgi
from tests.web.wsgi import ask
from wijkwijzer.memory.breaker import breaker
from wijkwijzer.memory.postgresql.connections import PatientConnection
from wijkwijzer.web.door.door import Door
from wijkwijzer.wholes import current

# Seconds; on a site it is 2 (web/door/warm.py).
PATIENCE = 0.5
NOTICE = "kunnen we niet bij onze gegevens"

pytestmark = [pytest.mark.long, pytest.mark.postgresql]


class Relay:
    """Passes on what is sent to PostgreSQL and back, as long as it may."""

    def __init__(self, host: str, port: int) -> None:
        self._to = host, port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.flows, self.ended = Event(), Event()
        self.flows.set()
        self._refuses = False
        self._both: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while not self.ended.is_set():
            with suppress(OSError):
                ours, _ = self._listener.accept()
                if self._refuses:
                    ours.close()
                    continue
                theirs = socket.create_connection(self._to)
                self._both += [ours, theirs]
                Thread(target=self._pass_on, args=(ours, theirs), daemon=True).start()

    def _pass_on(self, ours: socket.socket, theirs: socket.socket) -> None:
        other = {ours: theirs, theirs: ours}
        with suppress(OSError, ValueError), DefaultSelector() as selector:
            for end in other:
                selector.register(end, EVENT_READ)
            while True:
                for key, _ in selector.select(0.2):
                    self.flows.wait()
                    if not (sent := key.fileobj.recv(65_536)):
                        return
                    other[key.fileobj].sendall(sent)

    def stop(self) -> None:
        """As a server that is stopped: connections end, and no new one begins."""
        self._refuses = True
        for end in self._both:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._both.clear()

    def hang(self) -> None:
        """As a process that is stopped with SIGSTOP."""
        self.flows.clear()

    def go_on(self) -> None:
        self._refuses = False
        self.flows.set()

    def end(self) -> None:
        self.ended.set()
        self.go_on()
        self.stop()
        self._listener.close()


@pytest.fixture
def relay(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    own = connection.settings_dict
    relay = Relay(own["HOST"] or "127.0.0.1", int(own["PORT"] or 5432))
    pool = {**own["OPTIONS"]["pool"], "timeout": PATIENCE}
    options = {**own["OPTIONS"], "pool": pool}
    monkeypatch.setattr(PatientConnection, "patience", PATIENCE)
    with databases.elsewhere(HOST="127.0.0.1", PORT=relay.port, OPTIONS=options):
        # Another address has a pool of its own.
        monkeypatch.setattr(DatabaseWrapper, "_connection_pools", {})
        try:
            yield relay
        finally:
            relay.go_on()
            breaker.close()
            connection.close()
            connection.close_pool()
            relay.end()


@pytest.fixture
def door(relay: Relay) -> Iterator[Door]:
    watch = current.new_watch(breaker)
    yield wsgi.site(numbers=watch)
    end = time.monotonic() + 10
    while not watch._answered.is_set():
        assert time.monotonic() < end
        time.sleep(0.01)


def timed(work: Callable[[], object]) -> float:
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


outages = pytest.mark.parametrize("happens", [Relay.stop, Relay.hang])


@outages
def test_pages_answer_at_once_without_the_database_and_without_it_again_later(
    relay, door, happens
):
    assert NOTICE not in ask(door, "/over/").text
    ask(door, "/aanpakken/buurtcirkel/")
    happens(relay)
    # The first may wait until it is known; of the others nobody does.
    assert timed(lambda: ask(door, "/aanpakken/?leeftijd=14")) < 3 * PATIENCE + 1
    seen_before, made, searched = (
        "/over/",
        "/aanpakken/?leeftijd=15",
        "/zoeken/?q=buurt",
    )
    for address in (seen_before, made, searched, "/aanpakken/buurtcirkel/", "/"):
        # A busy machine takes its time; the database would take PATIENCE for each.
        answer = ask(door, address)
        assert answer.status == 200, address
        assert NOTICE in answer.text
        assert answer.headers["warning"]
    relay.go_on()
    end = time.monotonic() + 10
    while NOTICE in ask(door, "/over/").text:
        assert time.monotonic() < end, "it did not come back"
        time.sleep(0.05)
    assert not breaker


@outages
def test_who_asks_what_only_the_database_knows_is_told_when_to_come_back(
    relay, door, happens
):
    assert ask(door, "/kennisdossier/samenlevingsopbouw/reageren/").status in {200, 404}
    happens(relay)
    ask(door, "/over/")
    answer = ask(door, "/admin/login/", "POST")
    assert answer.status in {403, 503}


@outages
def test_an_editor_gets_the_page_with_what_could_not_be_saved(relay, door, happens):
    ask(door, "/over/")
    happens(relay)
    sent = {"HTTP_ORIGIN": "http://testserver", "HTTP_COOKIE": f"sessionid={'x' * 32}"}
    answer = ask(door, "/admin/aanpakken/aanpak/1/change/", "POST", **sent)
    assert answer.status == 503
    assert "Wat je typte, is er nog" in answer.text


@outages
def test_a_question_without_an_answer_ends_and_the_next_is_refused_at_once(
    relay, happens
):
    def asks() -> None:
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    happens(relay)
    assert timed(asks) < 4 * PATIENCE + 1
    breaker.open("known by now")
    for _ in range(20):
        assert timed(asks) < PATIENCE


def test_a_command_waits_as_long_as_it_takes(relay, monkeypatch):
    monkeypatch.setattr(PatientConnection, "patience", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [PATIENCE * 2])
    assert not breaker


def test_a_slow_answer_within_the_limit_is_an_answer(relay):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [PATIENCE / 5])
        assert cursor.fetchall()
    assert not breaker
