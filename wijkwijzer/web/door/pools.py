"""Threads in kinds, so that one kind of request never takes those of another."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep, thread_time
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from wijkwijzer.web.door.asked import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wijkwijzer.web.door.asked import Asked

T = TypeVar("T")
KB, MB = 1024, 1024**2


@dataclass(frozen=True)
class Kind:
    """How many at a time, how many may wait, and what may be sent with it."""

    name: str
    threads: int
    queue: int
    max_bytes: int = 256 * KB
    seconds: int = 10
    # How long its one thread rests after it reckoned, in times that reckoning: others
    # of this process have what Python locks to themselves meanwhile.
    rest: float = 0


READERS = Kind("readers", threads=4, queue=32)
# A page of many records takes ten times as long as another.
EXPENSIVE = Kind("expensive", threads=1, queue=8, rest=2)
WRITES = Kind("writes", threads=2, queue=16)
# Pictures, from a slow line.
EDITORS = Kind("editors", threads=2, queue=16, max_bytes=12 * MB, seconds=60)
# Who asks for the page or guesses a password takes nothing from who is signed in. Who
# was signed out brings what they typed, as much as Django reads of a form.
SIGNING_IN = Kind(
    "signing in", threads=1, queue=8, max_bytes=3 * MB, seconds=60, rest=2
)
# Whoever watches us must hear of it when the others are all taken.
PROBES = Kind("probes", threads=1, queue=8)
# They may come from another machine, which may not answer.
PICTURES = Kind("pictures", threads=2, queue=32)
# What is made of a page that is kept: it never waits for the database.
KEPT = Kind("kept", threads=1, queue=64)
KINDS = (READERS, EXPENSIVE, WRITES, EDITORS, SIGNING_IN, PROBES, PICTURES, KEPT)

# Where a password is asked for and hashed.
ADDRESSES_OF_PASSWORDS = ("/admin/login/", "/admin/wachtwoord/", "/admin/password_")
ADDRESSES_OF_PROBES = ("/livez", "/readyz", "/metrics")

# Path, and what is in the query then.
COSTLY = (
    ("/selectie/", b"als=brochure"),
    ("/aanpakken/vergelijken/", b"aanpak="),
    ("/aanpakken/vergelijken.svg", b""),
    ("/aanpakken/vergelijken.png", b""),
    ("/aanpakken/matrix.png", b""),
    ("/api/v1/alles.json", b""),
    ("/gegevens/wijkwijzer.zip", b""),
    ("/deelbeeld.png", b""),
)
# All pages of a list as a file, whatever list it is.
EXPORT = "/export."
# What is set anew for who asks, and waited for.
PRINTED = (".pdf", ".docx")
# The picture of a record; the permalink it is of is in any case.
PICTURE = ("/id/", ".png")


def kind_of(asked: Asked) -> Kind:
    if asked.path.startswith("/admin/"):
        signs_in = asked.path.startswith(ADDRESSES_OF_PASSWORDS)
        return SIGNING_IN if signs_in else EDITORS
    if not asked.reads and not asked.path.endswith(PRINTED):
        return WRITES
    if asked.path in ADDRESSES_OF_PROBES:
        return PROBES
    if asked.path.startswith(settings.MEDIA_URL):
        return PICTURES
    begin, end = PICTURE
    costly = (
        EXPORT in asked.path
        or asked.path.endswith(PRINTED)
        or (asked.path.startswith(begin) and asked.path.endswith(end))
        or any(asked.path == path and mark in asked.query for path, mark in COSTLY)
    )
    return EXPENSIVE if costly else READERS


class Pool:
    """The threads of one kind. Who finds no place to wait is refused at once."""

    def __init__(self, kind: Kind) -> None:
        self._threads = ThreadPoolExecutor(kind.threads, kind.name)
        self._rest, self._rests_until = kind.rest, 0.0
        self.places = kind.threads + kind.queue
        self.taken = 0

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """What the function returns; RefusedError (503) when all places are taken."""
        if self.taken >= self.places:
            raise RefusedError(503)
        loop = asyncio.get_running_loop()
        self.taken += 1
        try:
            work = self._threads.submit(self._do, function, *arguments)
        except RuntimeError:
            # No thread can be started now.
            self.taken -= 1
            raise RefusedError(503) from None
        # When the work is done: who asked may have gone before.
        work.add_done_callback(lambda _: loop.call_soon_threadsafe(self._leave))
        return await asyncio.wrap_future(work)

    def _do(self, function: Callable[..., T], *arguments: object) -> T:
        """In the thread. Who comes after a rest waits for it, not who came before."""
        if not self._rest:
            return function(*arguments)
        sleep(max(0, self._rests_until - monotonic()))
        begin = thread_time()
        try:
            return function(*arguments)
        finally:
            reckoned = thread_time() - begin
            self._rests_until = monotonic() + self._rest * reckoned

    def _leave(self) -> None:
        self.taken -= 1
