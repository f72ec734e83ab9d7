"""The least that keeps a page under ASGI: what the server itself costs.

Like its twin under WSGI (``tests/bench/least_wsgi.py``) it never asks whether a page is
still true.
"""

from __future__ import annotations

from typing import Any

from wijkwijzer.asgi import application as site

kept: dict[tuple[str, bytes], list[dict[str, Any]]] = {}


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        await site(scope, receive, send)
        return
    key = scope["path"], scope["query_string"]
    if key not in kept:
        kept[key] = await _made(scope, receive)
    for message in kept[key]:
        await send(message)


async def _made(scope: Any, receive: Any) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []

    async def listen(message: dict[str, Any]) -> None:
        said.append(message)

    await site(scope, receive, listen)
    return said
