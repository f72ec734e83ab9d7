"""Requests per second and processor time of a server under load, by wrk."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
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


@dataclass
class Load:
    per_second: float
    cpu_us: float  # of the server, for one request


def measure(
    base: str, worker: int, paths: list[str], encoding: str, connections: int
) -> Load:
    """Load a server for a second: with one path, or each request with a new address."""
    command = ["wrk", "-t1", f"-c{connections}", "-d1s"]
    command += ["-H", f"Accept-Encoding: {encoding}"]
    with tempfile.TemporaryDirectory() as folder:
        if len(paths) > 1:
            script = Path(folder, "paths.lua")
            listed = ", ".join(f'"{quote(path, safe="/?&=")}"' for path in paths)
            script.write_text(LUA.format(paths=listed), encoding="utf-8")
            command += ["-s", str(script), base]
        else:
            command.append(base + paths[0])
        before = processor_us(worker)
        output = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        used = processor_us(worker) - before
    if "Non-2xx or 3xx responses" in output:
        raise SystemExit(f"{paths[0]}: requests failed\n{output}")
    requests = int(re.search(r"(\d+) requests in", output)[1])
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return Load(per_second, used / max(requests, 1))


def processor_us(process: int) -> float:
    """Return the processor time that a process has used."""
    stat = Path(f"/proc/{process}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") * 1e6
