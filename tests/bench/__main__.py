"""`make bench`: what the promises of speed are worth, in one run on this machine.

Needs Linux and wrk. Prints docs/benchmarks.md and writes it. BENCH_SIZES=21,1000
measures some sizes only, BENCH_ROUNDS=9 takes more time for steadier figures.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from secrets import token_hex
from statistics import median
from typing import Any

from tests.bench.load import Load, measure
from tests.bench.pages import LIST, pages
from tests.tools.needs import apt_install
from wijkwijzer.core.omgeving import SERVER_ARGUMENTS, SERVEROMGEVING

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
REPORT = ROOT / "docs" / "benchmarks.md"
REAL = 21
SIZES = [
    int(n) for n in os.environ.get("BENCH_SIZES", "21,1000,10000,100000").split(",")
]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
CONNECTIONS = 8
# How soon readers find what was published, in seconds.
CHANGES = {10_000: 1, 100_000: 5}
PLAIN = "list, not compressed"
NAMES = {
    "list": "cached list",
    "detail": "cached detail page",
    "home": "cached home",
    "api": "cached API list",
    PLAIN: "cached list, not compressed",
    "filtered": "filtered list, not cached",
    "search": "search with all counts, not cached",
}


@dataclass
class Figures:
    """Everything that was measured at one size."""

    inside: dict[str, Any]
    rounds: dict[str, list[tuple[Load, Load]]] = field(default_factory=dict)
    # Megabytes of the worker: the most it had, and its own; and once all is built anew.
    memory: tuple[float, float] = (0, 0)
    memory_after: tuple[float, float] = (0, 0)
    # From a publication until it is found, and the longest wait for a page meanwhile.
    change_s: float = 0
    slowest_ms: float = 0
    # The cached list, by the least that keeps a page under WSGI, the same under ASGI,
    # and by the door.
    least: list[tuple[Load, Load, Load]] = field(default_factory=list)

    def ratio(self, name: str) -> float:
        """How many times as many requests per second as the bare view."""
        return median(x.per_second / bare.per_second for bare, x in self.rounds[name])

    def cpu_ratio(self, name: str) -> float:
        """The same in processor time of the server: steadier on a busy machine."""
        return median(bare.cpu_us / (x.cpu_us or 1) for bare, x in self.rounds[name])


def python(folder: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "VAR_DIR": str(folder),
        "LOCAL_START": "True",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }


def prepare(size: int) -> Path:
    """Return the folder with a database of this size: the real content, or made up."""
    folder = FOLDER / ("real" if size == REAL else "synthetic")
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        python(folder, "manage.py", "migrate", "--verbosity=0")
        python(folder, "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        if size == REAL:
            python(folder, "manage.py", "laad_inhoud")
    if size != REAL:
        python(folder, "manage.py", "generate_aanpakken", str(size))
    return folder


WSGI = ("tests.bench.least_wsgi:application", "--interface", "wsgi")
ASGI = ("tests.bench.least_asgi:application",)


@contextmanager
def server(
    folder: Path, application: str = "tests.bench.asgi:application", *other: str
) -> Iterator[tuple[str, int]]:
    """Yield the address of a server with one worker, and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", application),
            *("--host", "127.0.0.1", "--port", str(port), *SERVER_ARGUMENTS, *other),
            *("--workers", "1", "--log-level", "error"),
        ],
        cwd=ROOT,
        env=SERVEROMGEVING | environment(folder),
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        # The first page is there once the index has been built.
        end = time.monotonic() + 300
        while True:
            try:
                read(base + LIST)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        # Python's own resource tracker is a child as well; the worker came last.
        yield base, max(map(int, children_of(process.pid)))
    finally:
        # With what a worker started to build: the folder that it writes in goes away.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def read(address: str, encoding: str = "br") -> bytes:
    request = urllib.request.Request(
        address.replace(" ", "%20"), headers={"Accept-Encoding": encoding}
    )
    content: bytes = urllib.request.urlopen(request, timeout=300).read()
    return content


def children_of(process: int) -> Iterator[str]:
    """Yield the numbers of the processes that its threads started."""
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        # A thread may end while we look.
        with suppress(OSError):
            yield from file.read_text().split()


def memory_of(process: int) -> tuple[float, float]:
    """Return the megabytes of a process: its peak, and what is its own.

    The peak counts every page in it, also those of files that are mapped and shared
    with other processes. Its own is what would be free if it ended.
    """
    folder = Path(f"/proc/{process}")
    peak = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())[1]
    rollup = (folder / "smaps_rollup").read_text()
    own = re.search(r"Private_Dirty:\s+(\d+)", rollup)[1]
    return int(peak) / 1024, int(own) / 1024


def measure_size(size: int) -> Figures:
    folder = prepare(size)
    figures = Figures(json.loads(python(folder, "-m", "tests.bench.inside")))
    slug = "buurtcirkel" if size == REAL else "synthetisch-1"
    kinds = pages(slug)
    everything = [path for paths in kinds.values() for path in paths]
    with server(folder) as (base, worker):
        for name, paths in (kinds | {PLAIN: [LIST]}).items():
            # What a browser asks for, and the same bytes from the bare view.
            encoding = "identity" if name == PLAIN else "br"
            size_of = figures.inside["pages"][name.partition(",")[0]]
            bare = [f"/kaal/{size_of['br' if encoding == 'br' else 'bytes']}/"]
            for path in paths:
                read(base + path, encoding)
            # In turns: what else the machine does then slows both.
            figures.rounds[name] = [
                (
                    measure(base, worker, bare, encoding, CONNECTIONS),
                    measure(base, worker, paths, encoding, CONNECTIONS),
                )
                for _ in range(ROUNDS)
            ]
            print(f"  {name:22} {figures.ratio(name):6.2f} × bare", flush=True)
        figures.memory = memory_of(worker)
        change_and_wait(figures, folder, base, slug)
        # The worst there is: everything is built anew, beside the pages.
        python(folder, "manage.py", "rebuild_search_index")
        for path in everything:
            read(base + path)
        while any(children_of(worker)):
            time.sleep(0.2)
        for path in everything:
            read(base + path)
        figures.memory_after = memory_of(worker)
    if size == REAL:
        figures.least = against_least(folder)
    return figures


def against_least(folder: Path) -> list[tuple[Load, Load, Load]]:
    """In turns: what else the machine does then slows all three."""
    with (
        server(folder, *WSGI) as wsgi,
        server(folder, *ASGI) as asgi,
        server(folder) as door,
    ):
        return [
            (
                measure(*wsgi, [LIST], "br", CONNECTIONS),
                measure(*asgi, [LIST], "br", CONNECTIONS),
                measure(*door, [LIST], "br", CONNECTIONS),
            )
            for _ in range(ROUNDS)
        ]


def change_and_wait(figures: Figures, folder: Path, base: str, slug: str) -> None:
    """Publish one entry under another name, and search until it is found by that."""
    # Unlike the word of a smaller size, whose entries a larger one keeps: those are not
    # to be found as a correction of this one.
    word = f"Zz{token_hex(8)}"
    published = float(python(folder, "-m", "tests.bench.publish", slug, word))
    for number in count():
        asked = time.perf_counter()
        url = f"{base}{LIST}?q={word.lower()}&keer={number}"
        # Marked: results for a word like it do not count.
        found = f"<mark>{word}</mark>".encode() in read(url, "identity")
        waited = time.perf_counter() - asked
        figures.slowest_ms = max(figures.slowest_ms, waited * 1000)
        if found:
            break
        time.sleep(0.1)
    figures.change_s = time.time() - published


# The report

Cell = Callable[[Figures], str]


def table(rows: list[list[str]]) -> str:
    """Return a Markdown table that also reads well as plain text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def by_size(found: dict[int, Figures], title: str, rows: dict[str, Cell]) -> str:
    head = [title, *map(grouped, found)]
    body = [[label, *map(cell, found.values())] for label, cell in rows.items()]
    return table([head, *body])


def grouped(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def ratios(found: dict[int, Figures]) -> str:
    rows: dict[str, Cell] = {
        label: lambda f, name=name: f"{f.ratio(name):.2f} ({f.cpu_ratio(name):.2f})"
        for name, label in NAMES.items()
    }
    return by_size(found, "times a bare view (in processor time)", rows)


def costs(found: dict[int, Figures]) -> str:
    page = "{cpu_ms:.2f}, {db_ms:.2f} ({queries:.0f})"
    memory = "{:.0f} ({:.0f})"
    rows: dict[str, Cell] = {
        name: lambda f, name=name: page.format(**f.inside["pages"][name])
        for name in ("list", "filtered", "search", "detail", "home", "api")
    } | {
        "index built in, s": lambda f: f"{f.inside['build_s']:.2f}",
        "a publication is found after, s": lambda f: f"{f.change_s:.2f}",
        "slowest page meanwhile, ms": lambda f: f"{f.slowest_ms:.0f}",
        "memory of a worker, MB (its own)": lambda f: memory.format(*f.memory),
        "the same after all was built anew": lambda f: memory.format(*f.memory_after),
    }
    return by_size(found, "ms of processor, of database (queries)", rows)


def shares_of_least(
    turns: list[tuple[Load, Load, Load]],
) -> dict[str, tuple[str, bool]]:
    """How much of the least there is the door reaches, with what that least is."""
    shares = [
        (asgi.per_second / wsgi.per_second, door.per_second / wsgi.per_second)
        for wsgi, asgi, door in turns
    ]
    least, door = (median(column) for column in zip(*shares, strict=True))
    of_asgi = median(door / asgi for asgi, door in shares)
    under_wsgi = f"{door:.2f} ×; under ASGI that is {least:.2f} ×"
    return {
        "under WSGI": (under_wsgi, door >= 0.75),
        "under ASGI": (f"{of_asgi:.2f} ×", of_asgi >= 0.75),
    }


def promises(found: dict[int, Figures]) -> str:
    """Return the promises of speed, each with what was measured."""
    rows = [["promise", "measured", "kept"]]

    def add(text: str, measured: str, kept: bool) -> None:
        rows.append([text, measured, "yes" if kept else "NO"])

    cached = [name for name, label in NAMES.items() if label.startswith("cached")]
    worst = min(figures.ratio(name) for figures in found.values() for name in cached)
    add("cached page ≥ 3 × a bare view", f"{worst:.1f} ×, the worst", worst >= 3)
    worst = min(figures.ratio("api") for figures in found.values())
    add("cached API list ≥ 3 × a bare view", f"{worst:.1f} ×, the worst", worst >= 3)
    if REAL in found:
        for text, share in shares_of_least(found[REAL].least).items():
            add(f"cached page ≥ 0.75 × the least that keeps it {text}", *share)
        ratio = found[REAL].ratio("filtered")
        text = "filtered list at 21, not cached ≥ 1/20 of a bare view"
        add(text, f"1/{1 / ratio:.1f}", ratio >= 1 / 20)
    for size, seconds in CHANGES.items():
        if size in found:
            measured = found[size].change_s
            text = f"a publication at {grouped(size)} is found within {seconds} s"
            add(text, f"{measured:.2f} s", measured <= seconds)
    if REAL in found:
        page = found[REAL].inside["pages"]["detail"]
        text = "detail page, not cached ≤ 4 queries and ≤ 6 ms of processor"
        kept = page["queries"] <= 4 and page["cpu_ms"] <= 6
        add(text, f"{page['queries']:.0f}, {page['cpu_ms']:.1f} ms", kept)
    if {1000, 100_000} <= found.keys():
        small, large = (
            found[n].inside["pages"]["search"]["cpu_ms"] for n in (1000, 100_000)
        )
        add(
            "search with all counts at 100 000 ≤ 2 × the time at 1 000",
            f"{large:.1f} ms to {small:.1f} ms: {large / small:.2f} ×",
            large <= 2 * small,
        )
    if 100_000 in found:
        peak, own = found[100_000].memory_after
        text = "worker at 100 000 ≤ 250 MB, also when all is built anew"
        add(text, f"{peak:.0f} MB, {own:.0f} of its own", peak <= 250)
    return table(rows)


def machine() -> str:
    models = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores shared"
        f" by server and client,\n  Python {platform.python_version()}, SQLite; load "
        f"before the run {os.getloadavg()[0]:.1f}"
    )


def report(found: dict[int, Figures], where: str, seconds: float) -> str:
    return f"""# Benchmarks

Written by `make bench`, in one run of {seconds / 60:.1f} minutes on {datetime.now(UTC).date()}.

- Machine: {where}.
- Server: granian with one worker, behind the door (ADR 0012), MALLOC_ARENA_MAX=2. Client: wrk, {CONNECTIONS}
  connections, `Accept-Encoding: br`.
- Sizes: {REAL} is the real content, the others come from `manage.py generate_aanpakken`.
- A bare view is a Django view that returns as many bytes as the page beside it, through
  the same handler and middleware, in turns with that page: {ROUNDS} rounds of a second
  each, of which the median counts. Read the ratios: requests per second differ between
  machines, and between moments on a busy one. The ratio in processor time of the server
  is the steadier one when something else runs beside the benchmark.
- Not cached: each request has a new query string, so its page is rendered, counted,
  compressed and kept.
- Memory of a worker: the most it ever had (VmHWM), and between brackets what is its own
  at the end (Private_Dirty). The first counts every page in it, also those of the
  catalogue's file that all workers share, and is what the promise is held against.
  Both include the page cache, which is full by then.

## Promises

{promises(found)}

## Ratios

{ratios(found)}

## Cost of one page

{costs(found)}
"""  # noqa: E501


def main() -> None:
    if not shutil.which("wrk"):
        apt_install(["wrk"])
    start, where = time.monotonic(), machine()
    shutil.rmtree(FOLDER, ignore_errors=True)
    found = {}
    for size in sorted(SIZES):
        print(f"── {grouped(size)} aanpakken ──", flush=True)
        found[size] = measure_size(size)
    shutil.rmtree(FOLDER, ignore_errors=True)
    text = report(found, where, time.monotonic() - start)
    REPORT.write_text(text, encoding="utf-8")
    print(text, f"Written: {REPORT.relative_to(ROOT)}", sep="\n")


if __name__ == "__main__":
    main()
