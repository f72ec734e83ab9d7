"""What is sent with a request, read on the event loop: that costs no thread."""

from __future__ import annotations

import asyncio
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

from wijkwijzer.web.door.asked import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from wijkwijzer.web.door.asked import Asked
    from wijkwijzer.web.door.pools import Kind

# Larger ones go to disk, so many at a time.
SPOOL_FROM = 64 * 1024
MAX_SPOOLED = 16
# Bytes per second, once this many seconds are over; and how long nothing may come.
MIN_RATE, GRACE, SILENCE = 1024, 3, 10


class GoneError(Exception):
    """The client went away before it had sent everything, or sent no body at all."""


class Bodies:
    """Reads bodies. ``spooled`` is how many are on disk now."""

    def __init__(self) -> None:
        self.spooled = 0

    async def read(
        self, asked: Asked, kind: Kind, receive: Callable[[], Awaitable[Any]]
    ) -> tuple[IO[bytes], int]:
        """The body and its length.

        Raises RefusedError: 400 of a length that is no number, 408 of who is too slow,
        413 of what is too large, 503 when too many large ones come in at once. And
        GoneError.
        """
        declared = asked.headers.get(b"content-length", b"0")
        if not declared.isdigit():
            raise RefusedError(400)
        if len(declared) > 12 or int(declared) > kind.max_bytes:
            raise RefusedError(413)
        body: IO[bytes] = SpooledTemporaryFile(SPOOL_FROM)  # noqa: SIM115
        large = False
        try:
            length = 0
            async for piece in _pieces(receive, kind.seconds):
                length += len(piece)
                if length > kind.max_bytes:
                    raise RefusedError(413)
                if length > SPOOL_FROM and not large:
                    if self.spooled >= MAX_SPOOLED:
                        raise RefusedError(503)
                    self.spooled, large = self.spooled + 1, True
                body.write(piece)
            body.seek(0)
        except BaseException:
            body.close()
            raise
        finally:
            # From here on it has a place in a queue, of which there are few.
            self.spooled -= large
        return body, length


async def _pieces(receive: Callable[[], Awaitable[Any]], seconds: int) -> Any:
    begin, length, more = monotonic(), 0, True
    while more:
        left = begin + seconds - monotonic()
        try:
            message = await asyncio.wait_for(receive(), min(SILENCE, max(left, 0)))
        except TimeoutError:
            raise RefusedError(408) from None
        if message["type"] == "http.disconnect":
            raise GoneError
        piece = message.get("body", b"")
        more = message.get("more_body", False)
        length += len(piece)
        took = monotonic() - begin
        if more and took > GRACE and length < MIN_RATE * took:
            raise RefusedError(408)
        yield piece
