"""Many at the same time, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections
from django.test import Client


def tegelijk(aantal: int, zend: Callable[[Client, int], Any]) -> list[Any]:
    """So many browsers that press the button in the same moment."""
    start = Barrier(aantal)

    def een(nummer: int) -> Any:
        try:
            start.wait(30)
            return zend(Client(), nummer)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(aantal) as pool:
        return list(pool.map(een, range(aantal)))
