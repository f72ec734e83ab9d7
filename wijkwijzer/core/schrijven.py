"""A command that cannot write its file says which, and why; it shows no traceback."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.management.base import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a system says in English, for who has to do something about it.
REDENEN = {
    errno.EACCES: "dat mag je niet",
    errno.EPERM: "dat mag je niet",
    errno.ENOENT: "dat bestaat niet",
    errno.EISDIR: "dat is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EEXIST: "dat bestaat al",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "je hebt niet meer ruimte op deze schijf",
    errno.EROFS: "op deze schijf kun je alleen lezen",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf geeft een fout",
}


def reden(fout: OSError) -> str:
    """Why the system refused, in words; its own where we have none."""
    return REDENEN.get(fout.errno or 0) or fout.strerror or str(fout)


def waarom(fout: Exception) -> str:
    """Why something failed; of what the system refused, with its file if known."""
    if not isinstance(fout, OSError):
        return str(fout)
    return f"{fout.filename}: {reden(fout)}" if fout.filename else reden(fout)


@contextmanager
def te_schrijven() -> Iterator[None]:
    try:
        yield
    except OSError as fout:
        raise CommandError(
            f"{fout.filename} is niet te schrijven: {reden(fout)}"
        ) from fout
