"""The application as it runs in production, and a bare view that is never kept.

The bare view passes the threads of the door, Django's handler and every middleware, and
nothing else of ours.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from wijkwijzer.asgi import application as site
from wijkwijzer.asgi import django
from wijkwijzer.web.door.asked import Asked
from wijkwijzer.web.door.pools import READERS
from wijkwijzer.web.door.replies import ask_django

__all__ = ["application", "django", "site"]


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http" or not scope["path"].startswith("/kaal/"):
        await site(scope, receive, send)
        return
    pool = site.pools[READERS]
    environ = Asked(scope).environ(BytesIO(), 0)
    reply = await pool.run(lambda: ask_django(django, environ).reply(head=False))
    await reply.send(send)
