"""A long mixed load while an editor publishes: `make soak`.

First what the site can do of this mix is measured, then it gets 80 % of that for
SOAK_SECONDS (600), with a publication every ten seconds. Printed are, a line each
minute, milliseconds, answers that were no page, and the memory of the workers.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.bench.attacks import Target
from tests.tools.site import local_environment, running_site

SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
SHARE = 0.8
CLIENTS = 12
# How many of a hundred requests, and for what. Of the last four no page is kept.
MIX = [
    (70, "kept", lambda n: KEPT[n % len(KEPT)]),
    (14, "list", lambda n: f"/aanpakken/?leeftijd={n % 90}&keer={n}"),
    (7, "search", lambda n: f"/zoeken/?q={WORDS[n % len(WORDS)]}&keer={n}"),
    (8, "detail", lambda n: f"{DETAILS[n % len(DETAILS)]}?keer={n}"),
    (1, "brochure", lambda n: f"/selectie/?aanpak=abcd&als=brochure&titel={n}"),
]
KEPT = [
    "/",
    "/aanpakken/",
    "/aanpakken/abcd/",
    "/aanpakken/matrix/",
    "/themas/",
    "/wie/",
]
HEAD = (
    f"{'':10} |  asked | kept p50 |     p99 | made p50 |     p99 | errors | load | MB"
)
DETAILS = ["/aanpakken/abcd/", "/aanpakken/futsal-chabbab/", "/interventies/"]
WORDS = ["jongeren", "burenruzie", "eenzaamheid", "sport", "theater", "gemeente"]


class Minute:
    """What came back in one minute, by kind of page."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {kind: [] for _, kind, _ in MIX}
        self.wrong = 0

    def line(self, name: str, workers: list[int]) -> str:
        kept = self.took["kept"]
        made = [t for kind, took in self.took.items() if kind != "kept" for t in took]
        cells = [f"{at(t, p):8.1f}" for t in (kept, made) for p in (50, 99)]
        memory = " ".join(f"{resident(pid):5.0f}" for pid in workers)
        asked = f"{len(kept) + len(made):8}"
        load = f"{os.getloadavg()[0]:5.1f}"
        cells += [f"{self.wrong:6}", load, f" {memory}"]
        return " |".join([f"{name:10}", asked, *cells])


def at(took: list[float], percent: int) -> float:
    return quantiles(took, n=100)[percent - 1] if len(took) > 1 else 0.0


def resident(process: int) -> float:
    """Megabytes of memory that a process has to itself or shares."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def workers_of(folder: str) -> list[int]:
    """The processes that serve this site, by the folder in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            named = f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes()
        except OSError:
            continue
        if named and (b"spawn_main" in command or b"granian" in command):
            found.append(int(process.name))
    return sorted(found)


async def client(
    target: Target, pause: float, until: float, seen: list[Minute]
) -> None:
    """Ask pages of the mix; with ``pause``, on average so many seconds apart."""
    dice = random.Random(f"{pause}{id(seen)}{time.monotonic()}")
    kinds = [kind for share, *kind in MIX for _ in range(share)]
    connection = await target.connect()
    due = time.monotonic() + dice.random() * pause
    for _ in count():
        if (now := time.monotonic()) >= until:
            return
        if pause:
            await asyncio.sleep(max(0.0, due - now))
            # Who comes does not wait for who came before.
            due += dice.expovariate(1 / pause)
        kind, path = dice.choice(kinds)
        begin = time.monotonic()
        try:
            wrong = await target.ask(path(dice.randrange(10**6)), connection) != 200
        except (OSError, asyncio.IncompleteReadError):
            wrong = True
            connection = await target.connect()
        seen[-1].wrong += wrong
        seen[-1].took[kind].append((time.monotonic() - begin) * 1000)


async def load(
    target: Target, clients: int, pause: float, seconds: float, seen: list[Minute]
) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(target, pause, until, seen) for _ in range(clients)))


async def publish(folder: str, until: float) -> None:
    """Publish another name of an aanpak every ten seconds; the last one is awaited."""
    own = local_environment() | {"VAR_DIR": folder, "LOCAL_START": "True"}
    for number in count():
        await asyncio.sleep(10)
        if time.monotonic() >= until:
            return
        command = [sys.executable, "-m", "tests.bench.publish", "abcd", f"{number}"]
        await asyncio.to_thread(subprocess.run, command, env=own, stdout=-3, check=True)


async def tell(seen: list[Minute], workers: list[int]) -> None:
    for minute in count(1):
        await asyncio.sleep(60)
        seen.append(Minute())
        print(seen[-2].line(f"minute {minute}", workers), flush=True)


async def main() -> None:
    with TemporaryDirectory() as folder, running_site(Path(folder)) as url:
        target, seen = Target(url), [Minute()]
        await load(target, CLIENTS, 0, 5, [Minute()])
        await load(target, CLIENTS, 0, 20, seen)
        capacity = sum(map(len, seen[0].took.values())) / 20
        workers = workers_of(folder)
        print(HEAD)
        print(seen[0].line("capacity", workers))
        print(f"{capacity:.0f} requests a second; now {SHARE:.0%} of that", flush=True)
        seen = [Minute()]
        publishing = asyncio.create_task(publish(folder, time.monotonic() + SECONDS))
        telling = asyncio.create_task(tell(seen, workers))
        many = CLIENTS * 4
        await load(target, many, many / (capacity * SHARE), SECONDS, seen)
        await publishing
        telling.cancel()
        print(f"errors in all: {sum(minute.wrong for minute in seen)}")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
