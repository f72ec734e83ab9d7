"""What the door is compared with: the least that keeps a page, under WSGI.

It never asks whether a page is still true, so nothing that is right can be as short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import brotli

from wijkwijzer.wsgi import application as django

Answer = tuple[str, list[tuple[str, str]], bytes]
kept: dict[tuple[str, str], Answer] = {}


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    key = environ["PATH_INFO"], environ["QUERY_STRING"]
    if key not in kept:
        kept[key] = _made(environ)
    status, headers, body = kept[key]
    start(status, headers)
    return [body]


def _made(environ: dict[str, Any]) -> Answer:
    begun: list[Any] = []
    answer = django(environ, lambda *begin: begun.extend(begin))
    body = brotli.compress(b"".join(answer))
    status, headers = begun[:2]
    own = [h for h in headers if h[0].lower() != "content-length"]
    own += [("Content-Encoding", "br"), ("Content-Length", str(len(body)))]
    return status, own, body
