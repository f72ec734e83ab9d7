"""What the tests of the API share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.web import wsgi
from wijkwijzer.api.limiet import limiet
from wijkwijzer.web.door.door import Door


@pytest.fixture(autouse=True)
def not_asked_before(settings) -> None:
    """Tests ask more than a reader would; the limit has tests of its own."""
    settings.API_PER_MINUUT = 10**9
    limiet.vergeet()


@pytest.fixture
def door(inhoud: None, one_connection: None) -> Door:
    """The door before the real site."""
    return wsgi.site(numbers=wsgi.Now())


@pytest.fixture
def behind_door(door: Door) -> Callable[..., Iterable[bytes]]:
    """The site with its door, for who speaks WSGI."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        address = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        asked = f"{address}?{query}" if query else address
        sent = {n: v for n, v in environ.items() if n.startswith("HTTP_")}
        # Not everybody who asks here can unpack.
        sent.pop("HTTP_ACCEPT_ENCODING", None)
        answer = wsgi.ask(door, asked, environ["REQUEST_METHOD"], **sent)
        start_response(f"{answer.status} x", [*answer.headers.items()])
        return [answer.body]

    return application


@pytest.fixture
def served(behind_door: Callable[..., Iterable[bytes]]) -> Iterator[str]:
    """The address of a server with the content of the tests; on SQLite only."""
    from pytest_django.live_server_helper import LiveServer

    connection.ensure_connection()
    server = LiveServer("127.0.0.1")
    httpd = server.thread.httpd
    httpd.set_app(behind_door)
    httpd.daemon_threads = False
    yield server.url
    server.stop()
