"""A store that speaks S3, as a process of its own, and a bucket in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

from tests.tools.site import free_port

# Any will do here; a store of a site has its own.
KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}
PATIENCE = 60

names = count(1)


@dataclass
class Store:
    process: subprocess.Popen[bytes]
    url: str

    def hang(self) -> None:
        """Take connections and answer nothing, as a machine that is stuck."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.process.pid, signal.SIGCONT)

    def make_bucket(self) -> str:
        name = f"pictures-{next(names)}-{uuid4().hex[:6]}"
        # This store looks at no signature.
        made = urllib.request.Request(f"{self.url}/{name}", method="PUT")
        urllib.request.urlopen(made, timeout=10).close()
        return name

    def settings(self, bucket: str) -> dict[str, str]:
        return {"MEDIA_S3_BUCKET": bucket, "MEDIA_S3_ENDPOINT": self.url}


@contextmanager
def running() -> Iterator[Store]:
    port = free_port()
    server = Path(sys.executable).parent / "moto_server"
    process = subprocess.Popen(
        [sys.executable, server, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    store = Store(process, f"http://127.0.0.1:{port}")
    try:
        end = time.monotonic() + PATIENCE
        while not _answers(store):
            assert process.poll() is None, "the store does not start"
            assert time.monotonic() < end, "the store does not answer"
            time.sleep(0.1)
        yield store
    finally:
        process.kill()
        process.wait()


def _answers(store: Store) -> bool:
    try:
        urllib.request.urlopen(store.url, timeout=5).close()
    except OSError:
        return False
    return True
