"""Ask a WSGI application something, as a server does."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
from django.core.handlers.wsgi import WSGIHandler

from wijkwijzer.memory.number import Nummers
from wijkwijzer.web.paginacache import Paginacache
from wijkwijzer.wholes.current import _ask


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
    """Send a request, with both sides held to the WSGI standard."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
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


def site(**kwargs: Any) -> Paginacache:
    """The page cache around the real site."""
    return Paginacache(Counted(WSGIHandler()), **{"max_bytes": 10**7} | kwargs)


def now() -> tuple[Nummers, bool]:
    """The numbers as the database has them, asked in this thread."""
    return _ask(), True


def asked(cache: Paginacache) -> int:
    """Return how many requests have reached Django."""
    return cache._django.count


def reached(cache: Paginacache, *addresses: str) -> list[str]:
    """Ask these; return which of them reached Django."""
    before = asked(cache)
    for address in addresses:
        assert ask(cache, address).status == 200, address
    return cache._django.paths[before:]
