"""What readers notice of slow or costly clients: `make attacks`.

One server as `make start` runs it, on the real content. A reader asks a page that is
kept fifty times a second, and one that must be made five times; beside it goes one kind
of attack at a time, from the same machine. Printed are milliseconds of both under each
attack and at rest just before it, so that other work on the machine is in both; how
many times as long a page to be made takes (the median), how much longer a kept page
takes (p99), answers that were no page, and the machine's load.

ATTACK_SECONDS (30) is how long each of them takes; ATTACKS=guess,brochure are only
those whose names have one of these words.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from random import randrange
from secrets import token_hex
from statistics import quantiles

from tests.tools.site import running_site

SECONDS = int(os.environ.get("ATTACK_SECONDS", "30"))
KEPT, MADE = "/aanpakken/", "/aanpakken/?leeftijd={}&keer={}"
CHOSEN = "&".join(
    f"aanpak={slug}"
    for slug in ("abcd", "futsal-chabbab", "citytrainers", "thuis-op-straat")
)
# Each has another title, so none of them is kept.
COSTLY, PRINTED = f"/selectie/?{CHOSEN}", f"/selectie/brochure.pdf?{CHOSEN}"

P = (50, 99)
HEAD = f"{'':26}kept p50 |     p99 | made p50 |     p99 |    × | + ms | errors | load"

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Target:
    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = str(parts.hostname), int(parts.port or 80)

    async def connect(self, place: tuple[str, int] | None = None) -> Connection:
        """``place``: from which of this machine's own addresses."""
        return await asyncio.open_connection(self.host, self.port, local_addr=place)

    def head(self, method: str, path: str, *headers: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", *headers]
        return "\r\n".join([*lines, "", ""]).encode()

    async def ask(self, path: str, connection: Connection | None = None) -> int:
        """The status of a page that was read whole."""
        reader, writer = connection or await self.connect()
        writer.write(self.head("GET", path, "Accept-Encoding: br"))
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        lengths = [line[15:] for line in lines if line.startswith("content-length:")]
        await reader.readexactly(int(lengths[0]))
        if connection is None:
            writer.close()
        return int(lines[0].split()[1])


# Attacks: each goes on until it is cancelled


async def silent(target: Target, sent: bytes, drop: float | None = None) -> None:
    """Hold a connection; with ``drop``, send a byte each so many seconds."""
    while True:
        try:
            reader, writer = await target.connect()
            writer.write(sent)
            while drop and not reader.at_eof():
                await asyncio.sleep(drop)
                writer.write(b"x")
                await writer.drain()
            await reader.read()
            writer.close()
        except OSError:
            await asyncio.sleep(0.5)


async def hurry(target: Target, path: str) -> None:
    for number in count():
        try:
            await target.ask(f"{path}&als=brochure&titel={number}-{token_hex(4)}")
        except (OSError, asyncio.IncompleteReadError):
            await asyncio.sleep(0.1)


async def guess(target: Target, *, elsewhere: bool = False) -> None:
    """Try passwords of one account; ``elsewhere``: each from another place and name.

    Nothing counts then as too often, so that every password is hashed.
    """
    while True:
        name, place = "redacteur", None
        if elsewhere:
            name, place = (
                token_hex(8),
                (f"127.{randrange(1, 255)}.{randrange(255)}.9", 0),
            )
        try:
            reader, writer = await target.connect(place)
            writer.write(target.head("GET", "/admin/login/", "Connection: close"))
            page = (await reader.read()).decode()
            token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            cookie = page.lower().split("set-cookie: ")[1].split(";")[0]
            cookie = page[page.lower().index(cookie) :][: len(cookie)]
            writer.close()
            sent = f"csrfmiddlewaretoken={token}&username={name}&password=gok"
            reader, writer = await target.connect(place)
            writer.write(
                target.head(
                    *("POST", "/admin/login/", f"Cookie: {cookie}"),
                    *(f"Content-Length: {len(sent)}", "Connection: close"),
                    "Content-Type: application/x-www-form-urlencoded",
                )
                + sent.encode()
            )
            await reader.read()
            writer.close()
        except (OSError, IndexError, ValueError):
            await asyncio.sleep(0.1)


Attack = Callable[[Target], Awaitable[None]]
POST = ("POST", "/over/", "Content-Length: 9000")
ATTACKS: dict[str, tuple[int, Attack]] = {
    "100 silent bodies": (100, lambda t: silent(t, t.head(*POST))),
    "100 trickling bodies": (100, lambda t: silent(t, t.head(*POST), 0.5)),
    "100 slow headers": (100, lambda t: silent(t, t.head("GET", "/")[:-2], 1)),
    "2 000 idle connections": (2000, lambda t: silent(t, b"")),
    "30 clients on a brochure": (30, lambda t: hurry(t, COSTLY)),
    "50 clients on other PDFs": (50, lambda t: hurry(t, PRINTED)),
    "16 password guessers": (16, guess),
    "16 guessers from anywhere": (16, lambda t: guess(t, elsewhere=True)),
}


def attack(url: str, name: str) -> None:
    """In a process of its own: who attacks does not share the reader's loop."""
    many, one = ATTACKS[name]

    async def all_of_them() -> None:
        target = Target(url)
        await asyncio.gather(*(one(target) for _ in range(many)))

    asyncio.run(all_of_them())


# The reader


async def read(
    target: Target, per_second: float, path: Callable[[int], str], took: list[float]
) -> int:
    """Ask so often, whatever an answer takes; return how many were no page."""
    wrong, end = 0, time.monotonic() + SECONDS
    connection = await target.connect()
    for number in count():
        if (begin := time.monotonic()) >= end:
            return wrong
        try:
            wrong += await target.ask(path(number), connection) != 200
        except (OSError, asyncio.IncompleteReadError):
            # A connection that was idle may have been closed: once more, anew.
            connection = await target.connect()
            wrong += await target.ask(path(number), connection) != 200
        took.append((time.monotonic() - begin) * 1000)
        await asyncio.sleep(max(0, begin + 1 / per_second - time.monotonic()))
    return wrong


@dataclass
class Seen:
    """Milliseconds of both kinds of page, and how many answers were no page."""

    kept: list[float]
    made: list[float]
    wrong: int

    def line(self, name: str, rest: Seen | None = None) -> str:
        cells = [f"{at(took, p):8.1f}" for took in (self.kept, self.made) for p in P]
        slower = f"{at(self.made, 50) / at(rest.made, 50):6.1f}" if rest else " " * 6
        later = f"{at(self.kept, 99) - at(rest.kept, 99):6.0f}" if rest else " " * 6
        load = f"{os.getloadavg()[0]:5.1f}"
        return f"{name:26}" + " |".join(
            [*cells, slower, later, f"{self.wrong:6}", load]
        )


async def measure(url: str) -> Seen:
    target, kept, made, mark = Target(url), list[float](), list[float](), token_hex(4)
    wrong = await asyncio.gather(
        read(target, 50, lambda n: KEPT, kept),
        read(target, 5, lambda n: MADE.format(n % 90, f"{mark}-{n}"), made),
    )
    return Seen(kept, made, sum(wrong))


def at(took: list[float], percent: int) -> float:
    return quantiles(took, n=100)[percent - 1]


@asynccontextmanager
async def beside(url: str, name: str) -> AsyncIterator[None]:
    process = get_context("spawn").Process(target=attack, args=(url, name))
    process.start()
    await asyncio.sleep(3)
    try:
        yield
    finally:
        process.kill()
        process.join()


async def main() -> None:
    asked = os.environ.get("ATTACKS", "").split(",")
    with running_site() as url:
        print(HEAD)
        target = Target(url)
        for _ in range(20):
            await target.ask(KEPT)
            await target.ask(MADE.format(1, token_hex(4)))
        for name in ATTACKS:
            if any(word in name for word in asked):
                rest = await measure(url)
                print(rest.line("at rest"), flush=True)
                async with beside(url, name):
                    print((await measure(url)).line(name, rest), flush=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
