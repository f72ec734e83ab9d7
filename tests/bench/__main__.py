"""`make bench`: what the promises of speed are worth, in one run on this machine.

Prints one table of ratios and writes docs/benchmarks.md. BENCH_SIZES=21,1000 measures
some sizes only, BENCH_ROUNDS=9 takes more time for steadier figures.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from secrets import token_hex
from statistics import median
from typing import Any

from tests.bench.load import Load, has_wrk, measure
from tests.bench.pages import LIST, pages
from wijkwijzer.core.omgeving import SERVEROMGEVING

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
REPORT = ROOT / "docs" / "benchmarks.md"
REAL = 21
SIZES = [
    int(n) for n in os.environ.get("BENCH_SIZES", "21,1000,10000,100000").split(",")
]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
CONNECTIONS = 8


@dataclass
class Memory:
    """Megabytes of one process: the most it had, and what is now its own."""

    peak: float
    own: float


@dataclass
class Figures:
    """Everything that was measured at one size."""

    inside: dict[str, Any]
    rounds: dict[str, list[tuple[Load, Load]]] = field(default_factory=dict)
    memory: Memory | None = None
    # The same after a change of content, when all pages and the index are new.
    memory_after: Memory | None = None
    rebuild_s: float = 0
    # The longest that a reader waited for a page while the index was rebuilt.
    slowest_ms: float = 0

    def ratio(self, name: str) -> float:
        """How many times as many requests per second as the bare view."""
        return median(x.per_second / bare.per_second for bare, x in self.rounds[name])

    def cpu_ratio(self, name: str) -> float:
        """The same in processor time of the server: steadier on a busy machine."""
        return median(bare.cpu_us / (x.cpu_us or 1) for bare, x in self.rounds[name])

    def middle(self, name: str, *, bare: bool = False) -> Load:
        """The round in the middle, by its requests per second."""
        loads = [pair[0 if bare else 1] for pair in self.rounds[name]]
        return sorted(loads, key=lambda load: load.per_second)[len(loads) // 2]


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "VAR_DIR": str(folder),
        "LOCAL_START": "True",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }


def manage(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(folder), check=True)


def prepare(size: int) -> Path:
    """Return the folder with a database of this size: the real content, or made up."""
    folder = FOLDER / ("real" if size == REAL else "synthetic")
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        manage(folder, "migrate", "--verbosity=0")
        manage(folder, "collectstatic", "--no-input", "--verbosity=0")
        if size == REAL:
            files = [str(file) for file in sorted((ROOT / "fixtures").glob("*.yaml"))]
            manage(folder, "loaddata", "--verbosity=0", *files)
    if size != REAL:
        manage(folder, "generate_aanpakken", str(size))
    return folder


def measure_inside(folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.inside"],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the address of a server with one worker, and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "tests.bench.wsgi:application"),
            *("--host", "127.0.0.1", "--port", str(port), "--interface", "wsgi"),
            *("--http", "1", "--no-ws", "--workers", "1", "--blocking-threads", "4"),
            *("--log-level", "error"),
        ],
        cwd=ROOT,
        env=SERVEROMGEVING | environment(folder),
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base)
        # Python's own resource tracker is a child as well; the worker came last.
        yield base, max(map(int, children_of(process.pid)), default=0)
    finally:
        # With what a worker started to build: the folder that it writes in goes away.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(base: str) -> None:
    """Wait until the first page is there; the index has then been built."""
    end = time.monotonic() + 300
    while True:
        try:
            urllib.request.urlopen(base + LIST, timeout=300).read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def memory_of(process: int) -> Memory | None:
    """Return what a process has in memory; None where that is not known.

    The peak counts every page in it, also those of files that are mapped and shared
    with other processes. Its own is what would be free if it ended.
    """
    folder = Path(f"/proc/{process}")
    if not (folder / "smaps_rollup").exists():
        return None
    peak = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())[1]
    rollup = (folder / "smaps_rollup").read_text()
    own = re.search(r"Private_Dirty:\s+(\d+)", rollup)[1]
    return Memory(int(peak) / 1024, int(own) / 1024)


def change_and_wait(figures: Figures, folder: Path, base: str, slug: str) -> None:
    """Give one entry another name, and search until it is found by that name."""
    # Unlike the word of a smaller size, whose entries a larger one keeps: those are not
    # to be found as a correction of this one.
    word = f"Zz{token_hex(8)}"
    with closing(sqlite3.connect(folder / "wijkwijzer.sqlite3", timeout=60)) as data:
        change = "UPDATE aanpakken_aanpak SET naam = naam || ' ' || ? WHERE slug = ?"
        data.execute(change, [word, slug])
        data.commit()
    start = time.perf_counter()
    for number in count():
        asked = time.perf_counter()
        url = f"{base}{LIST}?q={word.lower()}&keer={number}"
        # Marked: results for a word like it do not count.
        found = f"<mark>{word}</mark>".encode() in urllib.request.urlopen(url).read()
        waited = time.perf_counter() - asked
        figures.slowest_ms = max(figures.slowest_ms, waited * 1000)
        if found:
            break
        time.sleep(0.1)
    figures.rebuild_s = time.perf_counter() - start


def processor_us(process: int) -> float:
    """Return the processor time that a process has used; 0 where that is not known."""
    file = Path(f"/proc/{process}/stat")
    if not file.exists():
        return 0
    user, system = file.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") * 1e6


def measure_size(size: int) -> Figures:
    folder = prepare(size)
    figures = Figures(measure_inside(folder))
    slug = "buurtcirkel" if size == REAL else "synthetisch-1"
    with server(folder) as (base, worker):
        for name, paths in pages(slug).items():
            # What a browser asks for, and the same bytes from the bare view.
            measure_pair(figures, base, worker, name, paths, "br")
        uncompressed = "list, not compressed"
        measure_pair(figures, base, worker, uncompressed, [LIST], "identity")
        figures.memory = memory_of(worker)
        change_and_wait(figures, folder, base, slug)
        # Pages make it build what else is new, beside them; the next ones use that.
        read_all(base, slug)
        wait_for_builds(worker)
        read_all(base, slug)
        figures.memory_after = memory_of(worker)
    return figures


def read_all(base: str, slug: str) -> None:
    for paths in pages(slug).values():
        for path in paths:
            read(base + path)


def wait_for_builds(process: int) -> None:
    """Wait until no thread of the process has a process of its own any more."""
    while any(children_of(process)):
        time.sleep(0.2)


def children_of(process: int) -> Iterator[str]:
    """Yield the numbers of the processes that its threads started."""
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        # A thread may end while we look.
        with suppress(OSError):
            yield from file.read_text().split()


def read(address: str, encoding: str = "br") -> None:
    request = urllib.request.Request(
        address.replace(" ", "%20"), headers={"Accept-Encoding": encoding}
    )
    urllib.request.urlopen(request, timeout=60).read()


def measure_pair(
    figures: Figures,
    base: str,
    worker: int,
    name: str,
    paths: list[str],
    encoding: str,
) -> None:
    def load(paths: list[str]) -> Load:
        before = processor_us(worker)
        found = measure(base, paths, 1, CONNECTIONS, encoding)
        if found.failed:
            raise SystemExit(f"{name}: {found.failed} requests failed")
        found.cpu_us = (processor_us(worker) - before) / max(found.requests, 1)
        return found

    size = figures.inside["pages"][name.partition(",")[0]]
    length = size["br" if encoding == "br" else "bytes"]
    for path in paths:
        read(base + path, encoding)
    # In turns: what else the machine does then slows both.
    figures.rounds[name] = [
        (load([f"/kaal/{length}/"]), load(paths)) for _ in range(ROUNDS)
    ]
    speed = figures.middle(name).per_second
    print(
        f"  {name:22} {speed:9.0f}/s  {figures.ratio(name):6.2f} × bare"
        f" ({figures.cpu_ratio(name):.2f} × in processor time)",
        flush=True,
    )


# The report


NAMES = {
    "list": "cached list",
    "detail": "cached detail page",
    "home": "cached home",
    "list, not compressed": "cached list, not compressed",
    "filtered": "filtered list, not cached",
    "search": "search with all counts, not cached",
}


def table(rows: list[list[str]]) -> str:
    """Return a Markdown table that also reads well as plain text."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def grouped(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def ratios(found: dict[int, Figures]) -> str:
    rows = [["times the requests/s of a bare view", *(grouped(n) for n in found)]]
    rows += [
        [label, *(f"{figures.ratio(name):.2f}" for figures in found.values())]
        for name, label in NAMES.items()
    ]
    return table(rows)


def cpu_ratios(found: dict[int, Figures]) -> str:
    rows = [["in processor time of the server", *(grouped(n) for n in found)]]
    rows += [
        [label, *(f"{figures.cpu_ratio(name):.2f}" for figures in found.values())]
        for name, label in NAMES.items()
    ]
    return table(rows)


def speeds(found: dict[int, Figures]) -> str:
    rows = [["requests/s (p50, p99 in ms)", *(grouped(n) for n in found)]]
    lines = [("bare view of the list's size", "list", True)]
    lines += [(label, name, False) for name, label in NAMES.items()]
    for label, name, bare in lines:
        loads = [figures.middle(name, bare=bare) for figures in found.values()]
        rows.append(
            [
                label,
                *(f"{grouped(x.per_second)} ({x.p50:.1f}, {x.p99:.1f})" for x in loads),
            ]
        )
    return table(rows)


def costs(found: dict[int, Figures]) -> str:
    rows = [["inside one process", *(grouped(n) for n in found)]]
    for name in ("list", "filtered", "search", "detail", "home"):
        inside = [figures.inside["pages"][name] for figures in found.values()]
        rows += [
            [f"{name}: CPU per page, ms", *(f"{x['cpu_ms']:.2f}" for x in inside)],
            [
                f"{name}: database, ms (queries)",
                *(f"{x['db_ms']:.2f} ({x['queries']:.0f})" for x in inside),
            ],
            [f"{name}: kB, with br", *(kilobytes(x) for x in inside)],
        ]
    rows += [
        ["index built in, s", *(f"{f.inside['build_s']:.2f}" for f in found.values())],
        ["a change is found after, s", *(f"{f.rebuild_s:.1f}" for f in found.values())],
        [
            "slowest page meanwhile, ms",
            *(f"{f.slowest_ms:.0f}" for f in found.values()),
        ],
        [
            "memory of a worker, MB (its own)",
            *(megabytes(f.memory) for f in found.values()),
        ],
        [
            "the same after the change",
            *(megabytes(f.memory_after) for f in found.values()),
        ],
    ]
    return table(rows)


def megabytes(memory: Memory | None) -> str:
    return f"{memory.peak:.0f} ({memory.own:.0f})" if memory else "?"


def kilobytes(page: dict[str, float]) -> str:
    return f"{page['bytes'] / 1000:.1f}, {page['br'] / 1000:.1f}"


def promises(found: dict[int, Figures]) -> str:
    """Return the promises of speed, each with what was measured."""
    rows = [["promise", "measured", "kept"]]

    def add(text: str, measured: str, kept: bool) -> None:
        rows.append([text, measured, "yes" if kept else "NO"])

    cached = ["list", "detail", "home", "list, not compressed"]
    worst = min(figures.ratio(name) for figures in found.values() for name in cached)
    add("cached page ≥ 3 × a bare view", f"{worst:.1f} ×, the worst", worst >= 3)
    if REAL in found:
        ratio = found[REAL].ratio("filtered")
        add(
            "filtered list at 21, not cached ≥ 1/20 of a bare view",
            f"1/{1 / ratio:.1f}",
            ratio >= 1 / 20,
        )
    if {1000, 100_000} <= found.keys():
        small, large = (
            found[n].inside["pages"]["search"]["cpu_ms"] for n in (1000, 100_000)
        )
        add(
            "search with all counts at 100 000 ≤ 2 × the time at 1 000",
            f"{large:.1f} ms to {small:.1f} ms: {large / small:.2f} ×",
            large <= 2 * small,
        )
    if 100_000 in found and (memory := found[100_000].memory_after):
        add(
            "worker at 100 000 ≤ 250 MB, also after a change",
            f"{memory.peak:.0f} MB, {memory.own:.0f} of its own",
            memory.peak <= 250,
        )
    return table(rows)


def machine() -> str:
    info = Path("/proc/cpuinfo")
    names = re.findall(
        r"model name\s*: (.*)", info.read_text() if info.exists() else ""
    )
    model = names[0] if names else platform.machine()
    cores, busy = os.cpu_count(), os.getloadavg()[0]
    return (
        f"{model}, {cores} cores shared by server and client,\n  "
        f"Python {platform.python_version()}, SQLite; load before the run {busy:.1f}"
    )


def report(found: dict[int, Figures], where: str, seconds: float) -> str:
    client = "wrk" if has_wrk() else "Python (apt-get install wrk gives a faster one)"
    return f"""# Benchmarks

Written by `make bench`, in one run of {seconds / 60:.1f} minutes on {datetime.now(UTC).date()}.

- Machine: {where}.
- Server: granian with one worker and four threads, MALLOC_ARENA_MAX=2. Client: {client}, {CONNECTIONS}
  connections, `Accept-Encoding: br`.
- Sizes: {REAL} is the real content, the others come from `manage.py generate_aanpakken`.
- A bare view is a Django view that returns as many bytes as the page beside it, through
  the same handler and middleware, in turns with that page: {ROUNDS} rounds of a second
  each, of which the median counts. Read the ratios: requests per second differ between
  machines, and between moments on a busy one.
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

The same in processor time that the server used per request, which is steadier when
something else runs beside the benchmark:

{cpu_ratios(found)}

## Requests per second

{speeds(found)}

## Cost of one page

{costs(found)}
"""  # noqa: E501


def main() -> None:
    start, where = time.monotonic(), machine()
    shutil.rmtree(FOLDER, ignore_errors=True)
    found = {}
    for size in sorted(SIZES):
        print(f"── {grouped(size)} aanpakken ──", flush=True)
        found[size] = measure_size(size)
    shutil.rmtree(FOLDER, ignore_errors=True)
    REPORT.write_text(report(found, where, time.monotonic() - start), encoding="utf-8")
    print(
        f"\n{ratios(found)}\n\n{promises(found)}\n\nWritten: {REPORT.relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()
