"""The site behind a real server: clients that are slow, silent or many, and kill -9."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from pathlib import Path
from threading import Event
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from tests import html
from tests.deelname.formulieren import sleutel
from tests.meta.test_untrusted_posts import VELDEN
from tests.tools import content, s3, workers
from tests.tools.site import free_port, local_environment
from wijkwijzer.core.omgeving import SERVER_ARGUMENTS
from wijkwijzer.deelname.spam import Formulier

pytestmark = [pytest.mark.long, pytest.mark.once, pytest.mark.enable_socket]

APPLICATION = "wijkwijzer.asgi:application"
# A page that is not there within this many seconds is not there for a reader.
SOON = 5
SERVERS = {
    "granian": [
        *("granian", APPLICATION, "--workers", "2", *SERVER_ARGUMENTS),
        # Shorter than on a site: a test waits for it.
        *("--http1-header-read-timeout", "3000"),
    ],
    "uvicorn": ["uvicorn", APPLICATION, "--workers", "2", "--no-access-log"],
}


class Server:
    def __init__(self, name: str, folder: Path, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", *SERVERS[name], "--port", str(self.port)],
            env=local_environment() | own | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def get(self, path: str = "/over/", timeout: float = SOON) -> bytes:
        url = f"{self.url}{path}"
        with urllib.request.urlopen(url, timeout=timeout) as answer:  # noqa: S310
            text: bytes = answer.read()
            return text

    def get_patiently(self) -> bytes:
        return self.get(timeout=30)

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                self.get()
                return
            except OSError:
                assert time.monotonic() < end, "the server does not answer"
                time.sleep(0.1)

    def connect(self, sent: bytes = b"") -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), SOON)
        connection.sendall(sent)
        return connection

    def answer(self, sent: bytes) -> bytes:
        with closing(self.connect(sent)) as connection:
            return connection.recv(65_536)

    def workers(self) -> list[int]:
        return workers.of(self.process.pid)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(name: str, folder: Path, **settings: str) -> Iterator[Server]:
    shutil.copy(content.sqlite(), folder)
    server = Server(name, folder, **settings)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module", params=[*SERVERS])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with serving(request.param, tmp_path_factory.mktemp("site")) as server:
        yield server


@pytest.fixture
def granian(tmp_path: Path) -> Iterator[Server]:
    """The server of a site, for what uvicorn leaves to a proxy, and to be stopped."""
    with serving("granian", tmp_path) as server:
        yield server


POST = b"POST /over/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\n"
PICTURE = (
    b"GET /media/afbeeldingen/plein.png HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Connection: close\r\n\r\n"
)
HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"


@pytest.mark.parametrize(
    ("sent", "many"),
    [(POST, 100), (POST + b"x", 100), (HALF, 100), (b"", 1500)],
    ids=["silent bodies", "bodies that began", "slow headers", "idle connections"],
)
def test_readers_are_served_while_many_others_hold_a_connection(server, sent, many):
    with ExitStack() as stack:
        for _ in range(many):
            stack.enter_context(closing(server.connect(sent)))
        # One that is kept, and one that is made.
        assert b"<main" in server.get()
        assert b"<main" in server.get(f"/aanpakken/?leeftijd={many % 90}")


@pytest.mark.parametrize(
    "head",
    [
        b"POST /over/ HTTP/1.1\r\nHost: a\r\nContent-Length: 600000000\r\n\r\n",
        b"POST /admin/ HTTP/1.1\r\nHost: a\r\nContent-Length: 600000000\r\n\r\n",
    ],
)
def test_half_a_gigabyte_is_refused_before_it_comes(server, head):
    answer = server.answer(head)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"content-security-policy" in answer.lower()


def test_chunks_that_are_none_are_an_error_of_who_sends_them(server):
    answer = server.answer(
        b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 400")


def test_a_page_says_the_same_over_either_server(server):
    answer = server.answer(
        b"HEAD /over/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n"
        b"Connection: close\r\n\r\n"
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"content-encoding: br" in head.lower()
    assert body == b""


def test_a_body_in_chunks_reaches_a_form(server):
    answer = server.answer(
        b"POST /over/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
    )
    # Without its cookie against forgery, or because nothing can be sent there.
    assert answer.partition(b"\r\n")[0].split()[1] in {b"403", b"405"}


class Writer:
    """A browser that shares an example."""

    PATH = "/praktijkvoorbeelden/delen/"

    def __init__(self, server: Server) -> None:
        self.url = f"{server.url}{self.PATH}"
        cookies = urllib.request.HTTPCookieProcessor()
        self.browser = urllib.request.build_opener(cookies)
        form = self.browser.open(self.url).read().decode()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        own = {"csrfmiddlewaretoken": token[1], "sleutel": sleutel(Formulier.VOORBEELD)}
        self.fields = VELDEN | own

    def send(self) -> tuple[int, str]:
        sent = urlencode(self.fields).encode()
        try:
            answer = self.browser.open(self.url, sent)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode()


def test_what_is_written_while_the_database_is_locked_comes_back_soon(server):
    writer = Writer(server)
    with closing(sqlite3.connect(server.folder / "wijkwijzer.sqlite3")) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        begin = time.monotonic()
        status, text = writer.send()
        # Two for the lock; the others are for a busy machine.
        assert time.monotonic() - begin < 2 + SOON
        assert status == 503, html.read(text).one("main").text
        assert VELDEN["omschrijving"] in text
        assert b"<main" in server.get("/aanpakken/?leeftijd=33")
        other.execute("ROLLBACK")
    assert "Bedankt" in writer.send()[1]


def test_readers_are_served_while_the_pictures_do_not_come(store, tmp_path):
    bucket = store.settings(store.make_bucket())
    with ExitStack() as stack:
        server = stack.enter_context(serving("granian", tmp_path, **bucket, **s3.KEYS))
        store.hang()
        stack.callback(store.go_on)
        asked = [
            stack.enter_context(closing(server.connect(PICTURE))) for _ in range(100)
        ]
        for number in range(20):
            assert b"<main" in server.get(f"/aanpakken/?leeftijd={number}", 3)
        for answer in asked:
            answer.settimeout(30)
        answers = {answer.recv(65_536).partition(b"\r")[0] for answer in asked}
        assert answers == {b"HTTP/1.1 503 Service Unavailable"}


class Reader:
    """Asks on and on over one connection, and makes another when it is closed."""

    def __init__(self, server: Server, number: int) -> None:
        self.server, self.number = server, number
        self.answered = self.reused = 0
        self.failed: list[Exception] = []

    def read_until(self, stop: Event) -> None:
        connection = self._connect()
        while not stop.is_set():
            first = connection.sock is None
            try:
                self._ask(connection)
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
                # The server may close what is idle just when it is used: a browser
                # and a proxy ask again. Never one that was made for this.
                self.reused += not first
                if first:
                    self.failed.append(error)
            except (OSError, HTTPException, AssertionError) as error:
                self.failed.append(error)
            else:
                self.answered += 1
                # Enough to be there at every moment; this is no test of speed.
                time.sleep(0.02)
                continue
            connection.close()
            connection = self._connect()
        connection.close()

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def _ask(self, connection: HTTPConnection) -> None:
        # A page that is kept, or one that is made.
        made = f"/aanpakken/?leeftijd={self.answered % 90}"
        connection.request("GET", made if self.number % 2 else "/over/")
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read().rstrip().endswith(b"</html>")


def test_a_reload_under_load_fails_no_request_but_on_a_connection_that_was_idle(
    granian,
):
    stop, readers = Event(), [Reader(granian, number) for number in range(6)]
    with ThreadPoolExecutor(len(readers)) as pool, ExitStack() as stack:
        stack.callback(stop.set)
        for reader in readers:
            pool.submit(reader.read_until, stop)
        before = {*granian.workers()}
        granian.process.send_signal(signal.SIGHUP)
        workers.wait_for_others(granian.process.pid, before, granian.get_patiently)
    lost = [error for reader in readers for error in reader.failed]
    if not workers.waiting_are_handed_over():
        # The system resets who waits in the queue of a worker that ends: a moment each.
        lost = [error for error in lost if not isinstance(error, ConnectionResetError)]
    assert lost == []
    assert all(reader.answered > 10 for reader in readers)
    # One that each of the old workers had, at most.
    assert sum(reader.reused for reader in readers) <= 2 * len(readers)


def test_workers_that_are_killed_come_back_and_stopping_answers_what_was_asked(granian):
    """In this order, on one server: it is not there for anything after."""
    hung_up_on_slow_headers(granian)
    killed_workers_come_back(granian)
    stops_gracefully(granian)


def hung_up_on_slow_headers(server: Server) -> None:
    with closing(server.connect(HALF)) as connection:
        connection.settimeout(15)
        answer = connection.recv(1000)
    assert answer.partition(b"\r\n")[0] in {b"", b"HTTP/1.1 408 Request Timeout"}


def killed_workers_come_back(server: Server) -> None:
    before = server.workers()
    assert len(before) == 2
    for worker in before:
        os.kill(worker, signal.SIGKILL)
        failed, end = 0, time.monotonic() + 60
        while worker in server.workers() or len(server.workers()) < 2:
            assert time.monotonic() < end, "no worker came back"
            try:
                server.get()
            except OSError:
                failed += 1
            time.sleep(0.05)
        # Those that were with the worker that went.
        assert failed <= 10
        server.wait()
    assert not {*before} & {*server.workers()}


def stops_gracefully(server: Server) -> None:
    with closing(server.connect()) as connection:
        connection.sendall(
            b"GET /aanpakken/?leeftijd=77 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Connection: close\r\n\r\n"
        )
        time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)
        answer = read_all(connection.recv)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.rstrip().endswith(b"</html>")


def read_all(receive: Callable[[int], bytes]) -> bytes:
    return b"".join(iter(lambda: receive(65_536), b""))
