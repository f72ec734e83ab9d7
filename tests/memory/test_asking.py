"""One process asks for the numbers; others read in Redis what it heard."""

from __future__ import annotations

import time
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from redis import Redis

from tests.tools.machines import RedisServer, require
from wijkwijzer.memory import asking
from wijkwijzer.memory.asking import Numbers, Shared
from wijkwijzer.memory.models import Nummersoort, Wijziging
from wijkwijzer.memory.number import Nummers, raise_number, read


@pytest.fixture(scope="module")
def server():
    require("redis-server")
    server = RedisServer()
    yield server
    server.kill()


@pytest.fixture
def ask(db, server, monkeypatch):
    """Processes that use one Redis, where an answer lasts as long as a test."""
    monkeypatch.setattr(asking, "CURRENT", 60_000)
    with Redis.from_url(server.url) as redis:
        redis.flushdb()
    return lambda: Numbers(Shared(server.url))


def test_what_one_process_heard_no_other_asks(ask, django_assert_num_queries):
    first, second = ask(), ask()
    heard = first()
    with django_assert_num_queries(0):
        assert second() == heard


def test_an_answer_is_for_a_moment(ask, monkeypatch):
    monkeypatch.setattr(asking, "CURRENT", 20)
    first, second = ask(), ask()
    first()
    raise_number(Nummersoort.INHOUD)
    time.sleep(0.1)
    assert second() == read()


def test_without_redis_the_database_is_asked(db, caplog):
    require("redis-server")
    gone = RedisServer()
    numbers = Numbers(Shared(gone.url))
    gone.kill()
    raise_number(Nummersoort.REACTIES)
    assert numbers() == read()
    assert numbers.shared.is_away
    assert "Redis antwoordt niet" in caplog.text


def test_a_redis_that_was_away_is_left_alone_for_a_while_and_used_again(
    ask, monkeypatch
):
    numbers = ask()
    numbers.shared.put(Nummers(7, 7))
    numbers.shared._away_until = time.monotonic() + 60
    assert numbers.shared.get() is None
    numbers.shared._away_until = time.monotonic()
    assert numbers.shared.get() == Nummers(7, 7)


def test_what_is_no_number_counts_as_no_answer(ask, server):
    numbers = ask()
    with Redis.from_url(server.url) as redis:
        redis.set(numbers.shared._key, "wat anders")
    assert numbers() == read()


@pytest.fixture
def stranger():
    """What answers something else at the address of Redis, whatever is asked."""
    answers: list[bytes] = []

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while self.request.recv(10_000):
                    self.request.sendall(answers[0])

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0", answers
        server.shutdown()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b":abc\r\n",
        b"*2\r\n$1\r\n1\r\n$1\r\n1\r\n" * 9,
        b"*1\r\n" * 5000,
        b"$4\r\n\xff\xfe 1\r\n" * 9,
    ],
    ids=["a web server", "no number", "lists", "lists in lists", "no text"],
)
def test_what_is_no_redis_counts_as_none(db, stranger, answer):
    url, answers = stranger
    answers.append(answer)
    for numbers in [Numbers(Shared(url))] * 3:
        assert numbers() == read()


@pytest.mark.parametrize(
    "url", ["localhost:6379", "http://:geheim@a/", "redis://:geheim@a:haven/0"]
)
def test_an_address_that_is_none_is_said_to_be_so_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must look") as error:
        Shared(url)
    assert "geheim" not in str(error.value)


def test_sites_with_another_key_do_not_read_each_others_numbers(ask, settings):
    ask().shared.put(Nummers(5, 5))
    settings.SECRET_KEY = "another-" + "1" * 50
    assert ask().shared.get() is None


def test_an_older_answer_does_not_take_a_process_back(ask):
    numbers = ask()
    before = numbers()
    raise_number(Nummersoort.INHOUD)
    numbers.seen = now = read()
    numbers.shared.put(before)
    assert numbers() == now


@pytest.mark.parametrize("soort", [*Nummersoort])
def test_a_database_that_misses_changes_gets_numbers_that_nobody_saw(ask, soort):
    """As a replica that took over before it had everything."""
    numbers = ask()
    raise_number(soort)
    seen = numbers()
    Wijziging.objects.filter(soort=soort).delete()
    assert read().is_before(seen)
    numbers.shared.put(Nummers())
    after = numbers()
    assert not after.is_before(seen)
    assert after.inhoud > seen.inhoud
    assert after == read()
