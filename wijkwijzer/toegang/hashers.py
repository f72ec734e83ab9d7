"""Argon2 within what this site can spare."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

from django.contrib.auth.hashers import Argon2PasswordHasher

NICE = 10


def _give_way() -> None:
    """Of this thread alone: elsewhere than on Linux that would be of the process."""
    if sys.platform == "linux":
        own = get_native_id()
        nice = max(NICE, os.getpriority(os.PRIO_PROCESS, own))
        os.setpriority(os.PRIO_PROCESS, own, nice)


# One at a time in a process. A thread that does nothing else may be slow: it holds
# nothing that others wait for, as the thread of a request holds what Python locks.
_thread = ThreadPoolExecutor(1, "argon2", initializer=_give_way)


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, two passes, one thread: above what OWASP asks at least.

    Django's own takes 100 MiB and eight threads for each: more than the two cores that
    we count on. Here one is reckoned at a time per process, so two processes take
    92 MiB while they do, and readers go first.
    """

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return _thread.submit(super().encode, password, salt).result()

    def verify(self, password: str, encoded: str) -> bool:
        return _thread.submit(super().verify, password, encoded).result()
