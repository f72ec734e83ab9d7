"""A command that cannot write its file says which, and why; it shows no traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.management.base import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def te_schrijven() -> Iterator[None]:
    try:
        yield
    except OSError as fout:
        raise CommandError(
            f"{fout.filename} is niet te schrijven: {fout.strerror}"
        ) from fout
