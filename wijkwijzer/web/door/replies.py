"""What goes back to a client."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wijkwijzer.core.middleware import REFUSAL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from datetime import datetime
    from wsgiref.types import WSGIApplication

    Send = Callable[[dict[str, Any]], Awaitable[None]]

Headers = list[tuple[bytes, bytes]]

# What streams and is at most this large is read at once: then no thread waits for who
# reads slowly.
MAX_AT_ONCE = 1024**2
# How long a client may take for one piece.
PATIENCE = 60

REFUSALS = (400, 408, 413, 500, 503)


@dataclass(slots=True)
class Reply:
    """A status, headers, and the body: whole, or ``rest`` in pieces."""

    status: int
    headers: Headers
    body: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    async def send(self, send: Send) -> None:
        start = {"status": self.status, "headers": self.headers}
        await send({"type": "http.response.start", **start})
        if self.rest is None:
            await send({"type": "http.response.body", "body": self.body})
            return
        try:
            # Not in a pool: who is being answered is refused no more.
            while piece := await asyncio.to_thread(next, self.rest, b""):
                message = {"type": "http.response.body", "body": piece}
                await asyncio.wait_for(send(message | {"more_body": True}), PATIENCE)
            await send({"type": "http.response.body"})
        finally:
            await asyncio.to_thread(self.close)


def ask_django(django: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Let Django make an answer; in a thread."""
    begin: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: Any, exc_info: Any = None) -> Any:
        begin.append((status, headers))

    made = django(environ, start_response)
    status, headers = begin[-1]
    return Answer(int(status[:3]), headers, made)


@dataclass(slots=True)
class Answer:
    """An answer of Django as WSGI gives it. It must be closed, or become a reply."""

    status: int
    headers: list[tuple[str, str]]
    made: Iterable[bytes]

    def close(self) -> None:
        """End the request as a server does: Django gives back its connection."""
        if close := getattr(self.made, "close", None):
            close()

    def reply(self, *, head: bool) -> Reply:
        headers = encoded(self.headers)
        length = int(dict(headers).get(b"content-length", MAX_AT_ONCE + 1))
        if head:
            body = b""
        elif isinstance(self.made, HttpResponse):
            body = self.made.content
        elif length <= MAX_AT_ONCE:
            body = b"".join(self.made)
        else:
            return Reply(self.status, headers, b"", iter(self.made), self.close)
        self.close()
        return Reply(self.status, headers, body)


def encoded(headers: Iterable[tuple[str, str]]) -> Headers:
    """As ASGI has them; Django gives a cookie with a space before it."""
    return [
        (name.lower().encode("latin-1"), value.strip().encode("latin-1"))
        for name, value in headers
    ]


def refusals(django: WSGIApplication, path: str = "/") -> dict[int, Reply]:
    """The pages of the door itself, made beforehand: then no thread may be free.

    Django makes them, so that they have the headers of every page; those of another
    ``path`` may look otherwise: a program is told why in JSON.
    """
    scheme = "https" if settings.HTTPS else "http"
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
    }
    if header := settings.SECURE_PROXY_SSL_HEADER:
        environ[header[0]] = header[1] if settings.HTTPS else "http"
    return {
        status: ask_django(django, environ | {REFUSAL: status}).reply(head=False)
        for status in REFUSALS
    }


def notice(since: datetime) -> bytes:
    """What a page says on top that is made without the database."""
    time = date_format(localtime(since), "TIME_FORMAT")
    return render_to_string("components/storing.html", {"tijd": time}).encode()
