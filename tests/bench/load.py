"""Requests per second and latencies: by wrk, or where that is absent by Python."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

# Each request has another address, so the page cache never has the page.
LUA = """
local paths, n = {{ {paths} }}, 0
request = function()
  n = n + 1
  return wrk.format(nil, paths[n % #paths + 1] .. "&keer=" .. n)
end
"""
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclass
class Load:
    per_second: float
    p50: float
    p99: float
    requests: int
    failed: int
    cpu_us: float = 0


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def measure(
    base: str, paths: list[str], seconds: int, connections: int, encoding: str
) -> Load:
    """Load a server with one path, or with several and each request a new address."""
    run = by_wrk if has_wrk() else by_python
    return run(base, paths, seconds, connections, encoding)


def by_wrk(
    base: str, paths: list[str], seconds: int, connections: int, encoding: str
) -> Load:
    command = [
        *("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"),
        *("-H", f"Accept-Encoding: {encoding}"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        if len(paths) > 1:
            script = Path(folder, "paths.lua")
            listed = ", ".join(f'"{quote(path, safe="/?&=")}"' for path in paths)
            script.write_text(LUA.format(paths=listed), encoding="utf-8")
            command += ["-s", str(script), base]
        else:
            command.append(base + paths[0])
        output = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return Load(
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),
        p50=milliseconds(output, "50%"),
        p99=milliseconds(output, "99%"),
        requests=int(re.search(r"(\d+) requests in", output)[1]),
        failed=int(bad[1]) if bad else 0,
    )


def milliseconds(output: str, label: str) -> float:
    number, unit = re.search(rf"{label}\s+([\d.]+)(us|ms|s|m)\b", output).groups()
    return float(number) * UNITS[unit]


def by_python(
    base: str, paths: list[str], seconds: int, connections: int, encoding: str
) -> Load:
    host = base.removeprefix("http://")
    numbers = count()
    times: list[float] = []
    failed: list[int] = []
    end = time.perf_counter() + seconds

    def one() -> None:
        connection = http.client.HTTPConnection(host, timeout=60)
        while (begin := time.perf_counter()) < end:
            number = next(numbers)
            path = quote(paths[number % len(paths)], safe="/?&=")
            if len(paths) > 1:
                path += f"&keer={number}"
            connection.request("GET", path, headers={"Accept-Encoding": encoding})
            response = connection.getresponse()
            response.read()
            times.append((time.perf_counter() - begin) * 1000)
            if response.status != 200:
                failed.append(response.status)

    threads = [threading.Thread(target=one) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=100)
    return Load(len(times) / seconds, cuts[49], cuts[98], len(times), len(failed))
