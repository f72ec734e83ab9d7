"""What a declaration is read with is made once, whoever comes first."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.conf import settings

READ = """
import sys
from threading import Barrier, Thread

import django, msgspec

django.setup()
from wijkwijzer.wholes.documents import DocumentReader

THREADS = 4
sys.setswitchinterval(1e-6)


def read(declared):
    together.wait()
    DocumentReader(None).read(declared, '{"first": {"rows": [{"text": "x"}]}}')
    read_by.append(declared)


for _ in range(100):
    Row = msgspec.defstruct("Row", [("text", str), ("number", int | None, None)])
    Part = msgspec.defstruct("Part", [("rows", list[Row]), ("more", list[Row], [])])
    Whole = msgspec.defstruct("Whole", [("first", Part), ("second", Part | None, None)])
    together, read_by = Barrier(THREADS), []
    threads = [Thread(target=read, args=(Whole,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_by) == THREADS
"""


@pytest.mark.long
def test_threads_that_read_a_kind_for_the_first_time_end_no_process():
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
