"""Ask the door, or a WSGI application, something, as a server does."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
from django.core.handlers.wsgi import WSGIHandler

from wijkwijzer.api.adres import WORTEL
from wijkwijzer.memory.breaker import Breaker
from wijkwijzer.memory.number import Nummers
from wijkwijzer.web.door.door import Door
from wijkwijzer.web.door.pools import Pool
from wijkwijzer.web.door.replies import refusals
from wijkwijzer.wholes.current import _go_on, ask_numbers


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
        encoding = self.headers.get("content-encoding", "identity")
        return unpack.get(encoding, bytes)(self.body).decode()


def ask(app: Any, address: str = "/over/", method: str = "GET", **extra: str) -> Answer:
    """Send a request; ``extra`` is how WSGI names headers and what goes with them."""
    asked = ask_door if isinstance(app, Door) else ask_wsgi
    return asked(app, address, method, {"HTTP_HOST": "testserver"} | extra)


def scope_of(address: str, method: str, extra: dict[str, str]) -> dict[str, Any]:
    """A request as an ASGI server describes it."""
    path, _, query = address.partition("?")
    names = {"CONTENT_LENGTH", "CONTENT_TYPE"}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": extra.get("wsgi.url_scheme", "http"),
        "path": unquote(path),
        "raw_path": quote(path, safe="/%").encode(),
        "query_string": query.encode(),
        "headers": [
            (name.removeprefix("HTTP_").replace("_", "-").lower().encode(), v.encode())
            for name, v in extra.items()
            if name in names or name.startswith("HTTP_")
        ],
    }


def ask_door(door: Door, address: str, method: str, extra: dict[str, str]) -> Answer:
    """As an ASGI server asks."""
    scope = scope_of(address, method, extra)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    run(lambda: door(scope, receive, send))
    start, *pieces = sent
    assert {m["type"] for m in pieces} == {"http.response.body"}
    assert [m.get("more_body", False) for m in pieces][-1] is False
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(
        start["status"], headers, b"".join(m.get("body", b"") for m in pieces)
    )


@contextmanager
def no_loop() -> Iterator[None]:
    """As in a thread without one: on a loop, Django has connections of its own."""
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(outer)


def run(work: Callable[[], Any]) -> Any:
    """Run on a loop of its own, in this thread, also where a browser has one."""
    with no_loop(), asyncio.Runner() as runner:
        return runner.run(work())


class InThisThread(Pool):
    """No threads: what a test did in its transaction is seen."""

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        with no_loop():
            return function(*arguments)


def ask_wsgi(app: Any, address: str, method: str, extra: dict[str, str]) -> Answer:
    """As a WSGI server asks, with both sides held to the standard."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        **extra,
    }
    setup_testing_defaults(environ)
    begin: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status, headers, exc_info=None):
        begin.append((status, list(headers)))
        # Some servers add to the list they are given.
        headers.append(("Server", "test"))
        return lambda data: None

    answer = validator(app)(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    ((status, headers),) = begin
    headers = {name.lower(): value for name, value in headers}
    return Answer(int(status[:3]), headers, body)


class Counted:
    """A WSGI application that knows what reached it."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.paths: list[str] = []

    @property
    def count(self) -> int:
        return len(self.paths)

    def __call__(self, environ, start_response):
        self.paths.append(environ["PATH_INFO"])
        return self.app(environ, start_response)


def site(**kwargs: Any) -> Door:
    """The door before the real site."""
    django = WSGIHandler()
    own = {
        "refusals": refusals(django),
        "api_refusals": refusals(django, WORTEL),
        "pool": InThisThread,
    }
    options = {"max_bytes": 10**7} | own | kwargs
    return Door(Counted(django), **options)


class Known:
    """Numbers without a watch: those that it is given, and whether they are of now."""

    def __init__(self, numbers: Nummers | None = None) -> None:
        self.numbers, self.breaker = numbers, Breaker()

    def __call__(self) -> tuple[Nummers | None, bool]:
        return self.numbers, not self.breaker

    def glance(self) -> tuple[Nummers | None, bool] | None:
        return self()


class Now(Known):
    """The numbers as the database has them, asked in this thread."""

    def __call__(self) -> tuple[Nummers, bool]:
        with no_loop():
            numbers = ask_numbers()
            _go_on(numbers)
            return numbers, True


def asked(door: Door) -> int:
    """Return how many requests have reached Django."""
    return door._django.count


def reached(door: Door, *addresses: str) -> list[str]:
    """Ask these; return which of them reached Django."""
    before = asked(door)
    for address in addresses:
        assert ask(door, address).status == 200, address
    return door._django.paths[before:]
